import { createFakeStream } from '../../sync/fake-stream.js';
import type { FakeStream } from '../../sync/fake-stream.js';
import { bodyOf, json, stubFetch } from '../stub-fetch.js';
import type { Answers } from '../stub-fetch.js';

export const nonce = 'canary-nonce';
export const connectionOf = (source: string, more: object = {}) => ({ id: `c-${source}`, source, name: source.toUpperCase(), status: 'active', history: 'unknown', connectedAt: '2026-11-14T00:00:00.000Z', evidence: 'listed', message: null, ...more });
const sources = ['garmin', 'strava', 'polar'].map((id) => ({ id, name: id.toUpperCase(), icon: null, kind: 'web' }));

/** The files of tests run in pages beside each other, of one origin: each has a visitor of its own, or they would share streams. */
export const visitor = crypto.randomUUID();

/** The host's handler, as the page sees it. */
export function stubHandler(base = '/wearables') {
  const streams: FakeStream[] = [];
  /** What the platform behind it lists. */
  const connections: object[] = [];
  const named = { 'x-wearable-connect-visitor': visitor };
  let id = 0;
  const answers: Answers = {
    [`GET ${base}/sources`]: () => json({ sources, connections }, 200, named),
    [`GET ${base}/connections`]: () => json({ connections }, 200, named),
    [`POST ${base}/authorizations`]: () => json({ url: 'https://provider.example/authorize?client_id=x' }, 200, { ...named, 'x-wearable-connect-nonce': nonce }),
    [`POST ${base}/connections`]: (asked) => {
      const { source } = bodyOf(asked) as { source: string };
      const added = connectionOf(source, { history: 'syncing' });
      connections.push(added);
      return json({ source, user: { id: 'u1', name: null, givenName: null, familyName: null, email: null, registeredAt: null }, connections, added: [added] }, 200, named);
    },
    [`DELETE ${base}/connections/garmin`]: () => {
      connections.length = 0;
      return new Response(null, { status: 204 });
    },
    [`GET ${base}/updates`]: () => {
      const stream = createFakeStream();
      streams.push(stream);
      stream.send('retry: 2000\n: connected\n\n');
      return new Response(stream.body, { headers: { 'content-type': 'text/event-stream' } });
    },
  };
  const send = (event: string, data: object): void => streams.at(-1)?.send(`id: ${++id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  return Object.assign(stubFetch(location.origin, answers), { answers, streams, connections, send });
}

export const progressOf = (source: string, more: object = {}) => ({ source, stage: 'fetching', ratio: 0.5, loadedUntil: null, items: 3, live: true, ...more });
