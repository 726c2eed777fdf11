/** What can be wrong behind the handler. */
import type { OpenWearablesChanges } from '../../src/sandbox/index.js';
import type { PlatformFault } from './fault.js';

const fault = (name: string, openWearables: OpenWearablesChanges): PlatformFault => ({ part: 24, name, set: { openWearables } });

export const clubFaults: readonly PlatformFault[] = [
  fault('authorization takes two seconds', { delays: { authorize: 2000 } }),
  ...[500, 401, 404, 429, 503].map((status) => fault(`authorization answers ${status}`, { answers: { authorize: status } })),
  fault('authorization answers with a page', { answers: { authorize: { status: 200, body: 'html' } } }),
  fault('authorization has no address', { answers: { authorize: { status: 200, body: 'detail' } } }),
  fault('authorization is cut off', { answers: { authorize: { status: 500, body: 'reset' } } }),
  fault('connection never appears', { connectionMissing: true }),
  fault('connection is another provider’s', { connectionElsewhere: 'polar' }),
  ...(['revoked', 'expired'] as const).map((status) => fault(`connection is ${status}`, { connectionStatus: status })),
  fault('connections answer 500', { answers: { connections: 500 } }),
  fault('denied, and no way back', { deny: true }),
  fault('state has expired', { stateExpired: true }),
  fault('code is refused', { badCode: true }),
  fault('provider is down', { providerDown: true }),
  fault('no credentials on the server', { noCredentials: ['strava'] }),
  fault('history is never begun', { historyDropped: true }),
  fault('history says nothing more', { historyStuck: true }),
  fault('history fails', { pullFails: true }),
  fault('status stream falls silent', { stream: { stallAfter: 1 } }),
  fault('status stream is cut', { stream: { cutAfter: 1, cutInside: true } }),
  fault('status stream answers 500', { answers: { stream: 500 } }),
  fault('pages are same-origin', { coop: { wearable: 'same-origin', callback: 'same-origin' } }),
  fault('letting go answers 500', { answers: { disconnect: 500 } }),
  fault('an older release', { release: '0.4' }),
  fault('somebody else has the same account', { linkedAccount: true }),
  fault('values that nobody knows', { unknownValues: true }),
];
