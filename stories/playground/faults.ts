import type { FaultChanges } from '../../src/sandbox/faults.js';

export type { FaultChanges };

/** The mishaps worth a switch: what a visitor is likely to meet, and what a host wants to have seen once. */
export const faults: readonly { readonly name: string; readonly label: string; readonly changes: FaultChanges }[] = [
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
