import { ConnectError } from '../../core/errors.js';
import type { User } from '../../core/nouns.js';
import { answer, json, Refusal } from '../answers.js';
import type { Channel } from '../channel.js';
import { createChannels } from '../channels.js';
import { createStreams, wantsList } from '../event-stream.js';
import { bodyOf, textIn } from '../guard.js';
import { createNonces, nonceForm } from '../nonce.js';
import { createPlaces } from '../places.js';
import type { Routes } from '../route.js';
import type { HostUser, OpenWearablesSettings, Settings } from '../settings.js';
import type { Upstream } from '../upstream.js';
import { createApi, isMissingRoute } from './api.js';
import { authorizationUrl } from './authorization.js';
import { activityOf, isConnectedSince, readConnections } from './connections.js';
import { createHistories } from './histories.js';
import { createLanding } from './landing.js';
import { createSources, sourceForm } from './sources.js';
import type { OfferedSource } from './sources.js';
import { mobileToken } from './token.js';
import { createUsers } from './users.js';
import { createWatch, staleAfter } from './watch.js';

/** Beside the page that the window lands on: the answer's header for the page that asked, should its window be closed too soon. */
const nonceHeader = 'x-wearable-connect-nonce';
/** What the element makes (src/oauth/proof.ts); the page that the window lands on finds it by this. */
const stateForm = /^wc1\.[\w-]{16,128}$/;

export interface OpenWearables<U extends HostUser> {
  readonly routes: Routes<U>;
  /** Where the visitor comes back to, signed in to the site or not. */
  readonly landing: (request: Request) => Promise<Response>;
}

export function createOpenWearables<U extends HostUser>(settings: Settings<U>, own: OpenWearablesSettings, upstream: Upstream): OpenWearables<U> {
  const { origin, basePath, clock } = settings;
  const { token } = own;
  const api = createApi(own.url, own.apiKey, upstream, clock);
  const { idOf, presentIdOf } = createUsers(api, clock);
  const allSources = createSources(api, own.publicUrl, clock);
  const nonces = createNonces(own.secret, clock);
  const histories = createHistories(api, settings);

  const rowsOf = async (user: U, signal?: AbortSignal) => {
    const [id, sources] = await Promise.all([idOf(user), allSources()]);
    return readConnections(api, id, sources, signal);
  };

  const channels = createChannels({
    clock, idle: settings.idle, hub: settings.hub, secret: own.secret, platform: api.base, say: settings.say,
    watchOf: (id) => createWatch(api, id, allSources, settings.report, (source) => histories.isDue(id, source)),
  });

  const placed = createPlaces();
  const streams = createStreams(clock);

  async function webSource(id: string): Promise<OfferedSource> {
    const source = (await allSources()).find((one) => one.id === id);
    if (!source) throw new Refusal(422, 'misconfigured', `${id} is not among the providers that are enabled on the Open Wearables server.`);
    if (source.kind === 'mobile') throw new ConnectError('unsupported', `${source.name} connects in the mobile app alone.`);
    return source;
  }

  async function disconnect(id: string, source: string): Promise<void> {
    const response = await api.request('disconnecting', `/users/${id}/connections/${source}`, { method: 'DELETE', also: [400, 404, 422] });
    // Gone already is what was asked for, and so is what never was one of its providers (400 or 422, by release); not to have the route is not.
    if (isMissingRoute(response)) throw new ConnectError('unsupported', 'This Open Wearables server cannot disconnect: that came with release 0.4.');
    histories.drop(id, source);
    await channels.nudge(id, staleAfter(source));
  }

  /**
   * What a page that has just connected heard last is that, and its nonce says so: perhaps to an instance that has heard nothing of it,
   * and looks anew before it tells anything. Once for each sign-in, which costs more than a look does, so nobody can poll with it.
   */
  async function newsIn(lastId: string | null, { userId }: U, id: string): Promise<(channel: Channel) => void> {
    const begun = lastId && nonceForm.test(lastId) ? await nonces.read(lastId) : null;
    if (!lastId || begun?.userId !== userId || begun.openWearablesUserId !== id) return () => {};
    return (channel) => void nonces.once('look', lastId, () => channel.nudge(staleAfter(begun.source)).then(() => true));
  }

  const routes: Routes<U> = {
    '/sources': {
      async GET({ request, user, headers }) {
        const [sources, rows] = await Promise.all([allSources(), rowsOf(user, request.signal)]);
        return json({ sources: sources.filter(({ kind }) => token !== null || kind === 'web'), connections: rows.map(({ connection }) => connection) }, 200, headers);
      },
    },

    '/authorizations': {
      async POST({ request, user, headers }) {
        const body = await bodyOf(request);
        const state = body['state'] === undefined ? null : textIn(body, 'state', stateForm);
        const source = await webSource(textIn(body, 'source', sourceForm));
        const id = await presentIdOf(user);
        const nonce = await nonces.make({ userId: user.userId, openWearablesUserId: id, source: source.id, since: api.now(), ...(await activityOf(api, id, source.id, settings.report)) });
        const returnUrl = `${origin}${basePath}/return?nonce=${nonce}${state === null ? '' : `&state=${state}`}`;
        return json({ url: await authorizationUrl(api, id, source, returnUrl) }, 200, { ...headers, [nonceHeader]: nonce });
      },
    },

    '/connections': {
      GET: async ({ request, user, headers }) => json({ connections: (await rowsOf(user, request.signal)).map(({ connection }) => connection) }, 200, headers),

      async POST({ request, user, headers }) {
        const body = await bodyOf(request);
        const source = textIn(body, 'source', sourceForm);
        const days = daysIn(body);
        const nonce = textIn(body, 'nonce', nonceForm);
        const attempt = await nonces.open(nonce, user.userId, source);
        // Not with the request's signal: whoever has left by now is connected all the same, and nobody else would ask for the history.
        const rows = await rowsOf(user);
        const row = rows.find(({ connection }) => connection.source === source);
        if (!row || !isConnectedSince(row, attempt))
          throw new Refusal(409, 'access_denied', `${row?.connection.name ?? source} is not connected: Open Wearables lists no active connection that is newer than the attempt.`);
        const id = await idOf(user);
        const begun = await nonces.once('history', nonce, () => histories.start(id, row, days));
        await channels.nudge(id, staleAfter(source));
        const added = { ...row.connection, history: row.connection.history === 'unknown' && begun ? ('syncing' as const) : row.connection.history };
        return json({ source, user: userFrom(user), connections: rows.map((one) => (one === row ? added : one.connection)), added: [added] }, 200, headers);
      },
    },

    '/connections/': {
      async DELETE({ user, name, headers }) {
        if (!sourceForm.test(name)) throw new Refusal(400, 'misconfigured', 'The source in the address is none: expected the id of one.');
        await disconnect(await idOf(user), name);
        return answer(null, null, 204, headers);
      },
    },

    '/updates': {
      async GET({ request, user, headers }) {
        const id = await idOf(user);
        const lastId = request.headers.get('last-event-id');
        const tellNews = await newsIn(lastId, user, id);
        const channel = await channels.of(id);
        tellNews(channel);
        const listener = placed(id, () => channel.listen(lastId));
        return wantsList(request) ? streams.eventList(listener, request, headers) : streams.eventStream(listener, request, headers);
      },
    },

    ...(token && { '/token': { POST: async ({ request, user, headers }) => json(await mobileToken(api, token, await idOf(user), await bodyOf(request), clock), 200, headers) } }),
  };

  return { routes, landing: createLanding(settings, api, nonces, disconnect) };
}

/** What the page may know of its visitor is what the site itself calls them. */
const userFrom = ({ userId }: HostUser): User => ({ id: userId, name: null, givenName: null, familyName: null, email: null, registeredAt: null });

function daysIn({ historyDays: days }: Readonly<Record<string, unknown>>): number | null {
  if (days === undefined || days === null) return null;
  if (typeof days === 'number' && Number.isInteger(days) && days > 0) return days;
  throw new Refusal(400, 'misconfigured', 'The request’s historyDays is not a whole number of days.');
}
