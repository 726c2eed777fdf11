/** Open Wearables: no credential of its own is meant for a browser, so the host's handler asks it, and this asks the handler. */
import { ConnectError } from '../../core/errors.js';
import { membersOf } from '../../core/json.js';
import type { Connection, Source } from '../../core/nouns.js';
import type { Confirmed, Disconnected, Grant, Outlet, Platform, Restored, SyncUpdate } from '../../core/platform.js';
import { checkedUrl } from '../../core/urls.js';
import { dropAttempt } from '../../oauth/attempt.js';
import { createSignIn } from '../../oauth/sign-in.js';
import type { Answered } from '../../oauth/sign-in.js';
import { realClock } from '../../sync/clock.js';
import { createWake } from '../../sync/wakeful.js';
import { createWire } from '../wire.js';
import { connectionsFrom, outcomeFrom, progressFrom, sourcesFrom, userFrom } from './answers.js';
import { createHandlerApi } from './handler-api.js';
import { isOngoing, leftOf } from './let-go.js';
import type { LetGo } from './let-go.js';
import { oneStream } from './one-stream.js';
import { hearLetGo, tellLetGo } from './other-tabs.js';
import { returning } from './returning.js';
import { settingsFrom } from './settings.js';
import type { OpenWearablesOptions } from './settings.js';
import { createTurns } from './turns.js';
import { updates } from './updates.js';

export type { OpenWearablesOptions };

/** Which attempt came back, and the handler's word for it: null where only the list of connections says that it went well. */
interface Returned {
  readonly source: string;
  readonly nonce: string | null;
  /** Where it waits in storage until it is taken. */
  readonly channel?: string;
}

const nonceHeader = 'x-wearable-connect-nonce';

export function openWearables(options: OpenWearablesOptions = {}): Platform {
  let outlet: Outlet | null = null;
  const step = () => outlet?.step ?? null;
  const wire = createWire(step);
  let listing: { readonly signal: AbortSignal; readonly asked: number; readonly answer: Promise<unknown> } | null = null;
  /** As the handler said last: what was not there before is new. */
  let known: readonly Connection[] = [];
  /** By source, from the handler's answer: for a window that was closed before it could tell. */
  const nonces = new Map<string, string>();

  /** The nonce with which this page connected: it stands for what was heard last, since whoever tells of updates may not know yet. */
  let after: string | null = null;

  const letGo: LetGo = new Map();
  let moment = 0;
  /** On the way to letting go of all, which then failed: the page still shows them. */
  const untold: string[] = [];
  /** Among the tabs; `randomUUID` is for secure pages alone. */
  const me = Math.random();

  /** Needs a page at hand, so it is done when the first job begins, not at import. */
  let made: ReturnType<typeof make> | null = null;
  const ready = () => (made ??= make());
  function make() {
    const settings = settingsFrom(options);
    const api = createHandlerApi(settings.base, wire, options.fetchSession);
    const signIn = createSignIn({
      issuer: settings.base,
      clientId: 'open-wearables',
      redirectUri: `${settings.base}/return`,
      popupOnly: settings.popupOnly,
      urlFor: async ({ state }, source, signal) => {
        const response = await api.read('/authorizations', { method: 'POST', signal, json: { source, state }, onAnswer: ({ headers }) => keepNonce(source, headers.get(nonceHeader)) });
        // The window that goes there was opened blank, in this page's origin: anything but a web page would run in it.
        return checkedUrl(String(membersOf(response)['url']), 'The address to sign in at', 'invalid_response').href;
      },
      onOpened: (url) => step()?.({ at: Date.now(), kind: 'opened', url }),
    });
    return { settings, api, signIn };
  }

  function keepNonce(source: string | null, nonce: string | null): void {
    if (source && nonce) nonces.set(source, nonce);
  }

  /** One request for the list and what is connected, though two ask for it at once. */
  function list(signal: AbortSignal) {
    if (listing?.signal !== signal) listing = { signal, asked: ++moment, answer: ready().api.read('/sources', { signal }) };
    return listing;
  }

  /** `asked`: the moment at which it was; 0 where nobody knows. */
  const learnt = (asked: number, json: unknown): readonly Connection[] => (known = leftOf(connectionsFrom(json), letGo, asked));

  const without = (source: string): readonly Connection[] => (known = known.filter((one) => one.source !== source));

  const connections = async (signal: AbortSignal): Promise<readonly Connection[]> => {
    const before = known;
    learnt(++moment, await ready().api.read('/connections', { signal }));
    // The list alone does not tell how far a history has come; the stream has.
    return (known = known.map((one) => ({ ...one, ...(one.history === 'unknown' && { history: before.find(({ id, status }) => id === one.id && status === one.status)?.history ?? one.history }) })));
  };

  /** The same in every tab of this visitor at this handler. */
  function shared(): string | null {
    const { api, settings } = ready();
    return api.visitor && `wearable-connect ${settings.base} ${api.visitor}`;
  }

  /** Null where it is not there, or was before: then the list cannot tell what the window did. */
  async function newlyConnected(source: string, before: readonly Connection[], signal: AbortSignal): Promise<Returned | null> {
    const isActive = (all: readonly Connection[]): boolean => all.some((one) => one.source === source && one.status === 'active');
    const isNew = !isActive(before) && isActive(await connections(signal).catch(() => []));
    return isNew ? { source, nonce: nonces.get(source) ?? null } : null;
  }

  function returnedFrom({ query, attempt }: Answered): Returned {
    return { source: attempt.source ?? '', nonce: new URLSearchParams(query).get('code'), channel: attempt.channel };
  }

  return {
    name: 'open-wearables',
    disconnectsSources: true,

    attach(hears) {
      outlet = hears;
    },

    prepare: async () => ready().signIn.prepare(),

    async sources(signal): Promise<readonly Source[]> {
      return sourcesFrom(await list(signal).answer, ready().settings.wanted);
    },

    async restore(signal): Promise<Restored> {
      const pending = ready().signIn.pending(signal);
      const { answer, asked } = list(signal);
      const there = learnt(asked, await answer);
      const isSomebody = there.some(isOngoing);
      return {
        ...(isSomebody && { account: { tokens: null, user: null, connections: there } }),
        ...(pending && { pending: { ...pending, grant: pending.grant && returnedFrom(pending.grant) } }),
      };
    },

    async authorize(source, how) {
      if (how.way !== 'resume' && !source) throw new ConnectError('misconfigured', 'connect() needs the id of a source with Open Wearables.');
      const before = known;
      return returning<Grant>({
        how,
        authorize: async (own) => returnedFrom(await ready().signIn.authorize(source, own)),
        ask: (signal) => newlyConnected(source ?? '', before, signal),
      });
    },

    async confirm(grant, signal): Promise<Confirmed> {
      const { source, nonce, channel } = grant as Returned;
      if (channel) dropAttempt(channel);
      const { api, settings } = ready();
      nonces.delete(source);
      letGo.delete(source);
      after = nonce;
      if (!nonce) return { tokens: null, user: null, connections: await connections(signal) };
      const { historyDays } = settings;
      const asked = ++moment;
      const json = await api.read('/connections', { method: 'POST', signal, json: { source, nonce, ...(historyDays !== null && { historyDays }) } });
      return { tokens: null, user: userFrom(membersOf(json)['user']), connections: learnt(asked, json) };
    },

    async *follow(_connections, signal): AsyncGenerator<SyncUpdate> {
      const { api } = ready();
      const { visitor } = api;
      const wake = createWake();
      const turns = createTurns();
      if (untold.length) yield { type: 'connections', connections: known };
      for await (const { event, data } of oneStream({ name: shared(), wake, stream: (lastId, life) => updates({ api, visitor, clock: realClock, wake, lastId: lastId ?? after }, life) }, signal)) {
        if (event === 'live' || event === 'progress')
          for (const progress of event === 'live' ? turns.live(data === true) : turns.take(progressFrom(data))) yield { type: 'progress', progress };
        else if (event === 'connections') {
          // It has no known age: where it has what should be gone, it is old, or that is connected again.
          if (connectionsFrom(data).some((one) => isOngoing(one) && letGo.get(one.source))) await connections(signal).catch(() => signal.throwIfAborted());
          yield { type: 'connections', connections: learnt(0, data) };
          // All were let go, here or elsewhere: no history can come.
          if (!known.some(({ status }) => status === 'active')) break;
        } else if (event === 'complete') {
          yield { type: 'finished', outcome: outcomeFrom(data) };
          return;
        }
      }
      if (!signal.aborted) yield { type: 'finished', outcome: 'unknown' };
    },

    async attend(signal, tell) {
      for (const source of untold.splice(0)) if (letGo.has(source)) tell(source, known);
      hearLetGo(shared(), me, signal, (source) => {
        const isNews = !letGo.has(source);
        letGo.set(source, ++moment);
        // What this tab does itself it tells itself.
        if (isNews) tell(source, without(source));
      });
    },

    refresh: connections,

    async disconnect(source, signal): Promise<Disconnected> {
      const { api } = ready();
      const all = source === null ? (await connections(signal)).filter(isOngoing).map((one) => one.source) : [source];
      for (const one of all) {
        letGo.set(one, 0);
        await api.read(`/connections/${encodeURIComponent(one)}`, { method: 'DELETE', signal }).catch((thrown: unknown) => {
          letGo.delete(one);
          throw thrown;
        });
        letGo.set(one, ++moment);
        without(one);
        untold.push(one);
        tellLetGo(shared(), me, one);
      }
      untold.length = 0;
      return { revoked: true, connections: await connections(signal).catch(() => known) };
    },

    forget() {
      nonces.clear();
      letGo.clear();
      known = [];
      try {
        ready().signIn.forget();
      } catch {
        // Misconfigured: nothing was ever begun.
      }
    },
  };
}
