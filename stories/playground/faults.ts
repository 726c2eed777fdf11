import type { FaultChanges } from '../../src/sandbox/faults.js';
import type { OpenWearablesChanges } from '../../src/sandbox/open-wearables/faults.js';

export interface Mishap<Changes> {
  readonly name: string;
  readonly label: string;
  readonly changes: Changes;
}

/** The mishaps worth a switch: what a visitor is likely to meet, and what a host wants to have seen once. */
export const ofSweatstack: readonly Mishap<FaultChanges>[] = [
  { name: 'deny', label: 'The visitor says no', changes: { deny: true } },
  { name: 'coop', label: 'The window loses its opener', changes: { coop: { express: 'same-origin', authorize: 'same-origin' } } },
  { name: 'private', label: 'The application is private', changes: { privateApp: true } },
  { name: 'state', label: 'Another state comes back', changes: { wrongState: true } },
  { name: 'token-once', label: 'No tokens at the first try (503)', changes: { answers: { token: { status: 503, times: 1 } } } },
  { name: 'stream-refused', label: 'The stream is refused (500)', changes: { answers: { stream: 500 } } },
  { name: 'slow', label: 'Everything takes two seconds', changes: { delays: { token: 2000, status: 2000, userinfo: 2000 } } },
  { name: 'short', label: 'Tokens live twenty seconds', changes: { expireAfter: 20 } },
  { name: 'cut', label: 'The stream is cut every three lines', changes: { stream: { cutAfter: 3, cutInside: true } } },
  { name: 'stuck', label: 'The history never arrives', changes: { historyStuck: true } },
  { name: 'not-granted', label: 'Garmin keeps the history back', changes: { historyNotGranted: true } },
  { name: 'latest', label: 'There is no latest activity', changes: { latestNull: true } },
];

export const ofOpenWearables: readonly Mishap<OpenWearablesChanges>[] = [
  { name: 'deny', label: 'The visitor says no', changes: { deny: true } },
  { name: 'bad-code', label: 'The provider refuses the code', changes: { badCode: true } },
  { name: 'coop', label: 'The window loses its opener', changes: { coop: { wearable: 'same-origin' } } },
  { name: 'no-credentials', label: 'Strava has no credentials', changes: { noCredentials: ['strava'] } },
  { name: 'missing', label: 'No connection appears', changes: { connectionMissing: true } },
  { name: 'slow', label: 'The sign-in address takes two seconds', changes: { delays: { authorize: 2000 } } },
  { name: 'down', label: 'Its list of connections is down (503)', changes: { answers: { connections: 503 } } },
  { name: 'garmin-refused', label: 'Garmin refuses the history', changes: { garminRefused: true } },
  { name: 'not-granted', label: 'Garmin keeps the history back', changes: { historyNotGranted: true } },
  { name: 'times-out', label: 'Two of Garmin’s five never come', changes: { garminTimesOut: ['sleeps', 'hrv'] } },
  { name: 'pull-fails', label: 'The history cannot be read', changes: { pullFails: true } },
  { name: 'stuck', label: 'The history never arrives', changes: { historyStuck: true } },
  { name: 'dropped', label: 'The history is never begun', changes: { noAutomaticHistory: true, historyDropped: true } },
  { name: 'revoked', label: 'Every connection is revoked', changes: { connectionStatus: 'revoked' } },
  { name: 'old', label: 'It is a server of last March (0.3)', changes: { release: '0.3' } },
];
