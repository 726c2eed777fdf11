/** The whole product inside the page: no network, no account, nothing stored. What happens is a scenario, and when is a clock. */
import { ConnectError } from '../../core/errors.js';
import { listOf } from '../../core/integrations.js';
import type { Activity } from '../../core/nouns.js';
import type { Confirmed, Outlet, Platform, Restored, SyncUpdate } from '../../core/platform.js';
import { openWindow } from '../../oauth/window.js';
import { realClock } from '../../sync/clock.js';
import type { Clock } from '../../sync/clock.js';
import type { Configuration } from '../configuration.js';
import { activityAt, nameOf, offered, userAt } from './catalogue.js';
import { progressAt } from './history.js';
import { showPage } from './page.js';
import { scenarioNames, scenarios } from './scenarios.js';
import type { Scenario, ScenarioName } from './scenarios.js';
import { createSignIn } from './sign-in.js';
import type { Pause } from './sign-in.js';
import { createWorld } from './world.js';

export interface DemoOptions extends Pick<Configuration, 'sources' | 'scope' | 'mode' | 'tokenDelivery' | 'noPreview'> {
  /** What happens. Default: `happy`. */
  readonly scenario?: ScenarioName | (string & {}) | null | undefined;
  /** Default: the real one. With a `manualClock()` nothing happens until it is told to go on. */
  readonly clock?: Clock | null | undefined;
  /** How many times faster than usual. Default: 1. */
  readonly speed?: number | null | undefined;
  /** Shows the sign-in as a window, in which whoever sits before it answers. Default: none opens, and the pretended visitor answers. */
  readonly popup?: boolean | null | undefined;
}

const settleMs = 600;
const lookEveryMs = 300;

export function demo(options: DemoOptions = {}): Platform {
  let outlet: Outlet | null = null;
  const step = () => outlet?.step ?? null;
  const { speed, noPreview } = options;
  const clock = options.clock ?? realClock;
  const opens = options.popup === true && typeof open === 'function';
  const pause: Pause = (ms, signal) => clock.wait(ms / (speed ?? 1), signal);
  const name = options.scenario?.trim() || 'happy';
  const scenario: Scenario | undefined = Object.hasOwn(scenarios, name) ? scenarios[name as ScenarioName] : undefined;
  const known: Scenario = scenario ?? scenarios.misconfigured;
  const inPage = options.tokenDelivery !== 'backend';
  const world = createWorld({ scenario: known, clock, pause, scope: listOf(options.scope).join(' ') || 'openid profile data:read', step });
  const signIn = createSignIn({ acts: known.window, opens, popupOnly: options.mode === 'popup', pause, onOpened: () => step()?.({ at: clock.now(), kind: 'opened', url: 'about:blank' }) });

  /** What a page got wrong is said before anything else happens, and trying again does not mend it. */
  function check(): void {
    if (!scenario) throw new ConnectError('misconfigured', `scenario must be one of ${scenarioNames.join(', ')}: got ${JSON.stringify(name)}.`);
    if (scenario.isWrong) throw new ConnectError('misconfigured', 'The demo pretends that its set-up is wrong, as a missing client-id would be.');
  }

  const sources = () => offered(listOf(options.sources), known.offers);
  const sourceOf = (asked: string | null): string => asked ?? sources()[0]?.id ?? 'garmin_connect';

  async function account(signal: AbortSignal): Promise<Confirmed> {
    const tokens = await world.sign(signal);
    const told = await world.ask('GET', '/account', () => ({ user: userAt(clock.now()), connections: world.connections }), signal);
    return { tokens: inPage ? tokens : null, ...told };
  }

  return {
    name: 'demo',
    disconnectsSources: true,

    attach(hears) {
      clock.begin?.();
      outlet = hears;
    },

    prepare: async () => check(),

    async sources(signal) {
      check();
      return world.ask('GET', '/sources', sources, signal);
    },

    async restore(signal): Promise<Restored | null> {
      check();
      return world.comeBack() ? { account: await account(signal) } : null;
    },

    async authorize(asked, how) {
      check();
      const source = sourceOf(asked);
      if ((await signIn.authorize(nameOf(source), how)) === 'no') throw new ConnectError('access_denied', 'The visitor said “Not now”.');
      return { source };
    },

    async confirm(grant, signal) {
      const { source } = grant as { readonly source: string };
      await pause(settleMs, signal);
      world.connect(source);
      return account(signal);
    },

    async *follow(_, signal): AsyncGenerator<SyncUpdate> {
      const progress = (stage: 'waiting' | 'fetching' | 'done', live = true): SyncUpdate => ({ type: 'progress', progress: progressAt(world.source, { reached: world.reached, live }, world.began, stage) });
      const stage = () => (world.reached === null ? 'waiting' : 'fetching');
      // Left and taken up again, it goes on from where it was; whoever comes back to a whole history waits for nothing.
      if (world.news.length) yield progress(stage());
      for (let next = world.news[world.told]; next; next = world.news[world.told]) {
        await pause(next.afterMs, signal);
        world.told += 1;
        world.reached = next.reached;
        step()?.({ at: clock.now(), kind: 'line', text: JSON.stringify(next) });
        const error = world.told === 4 && world.failure('history');
        if (error) {
          if (error.code === 'session_expired') world.tokens = null;
          throw error;
        }
        yield progress(stage(), next.live);
      }
      if (world.news.length) {
        await pause(settleMs, signal);
        world.change(world.source ?? '', known.ends ?? { history: 'ready' });
        world.news = [];
        world.told = 0;
        yield { type: 'connections', connections: world.connections };
      }
      yield progress('done');
      yield { type: 'finished', outcome: known.pace.outcome };
    },

    ...(!noPreview && {
      async preview(signal: AbortSignal): Promise<Activity | null> {
        // What was done last is known once the first of the history is here, or that there is none.
        const next = world.news[world.told];
        if (world.reached === null && next) await pause(next.afterMs, signal);
        return world.ask('GET', '/activities/latest', () => (world.source !== null && world.reached !== null ? activityAt(clock.now(), world.source) : null), signal);
      },
    }),

    async accessToken(signal, force) {
      if (!inPage) throw new ConnectError('unsupported', 'With token-delivery="backend" this page has no tokens.');
      const held = world.tokens;
      if (!held) throw new ConnectError('session_expired', 'No valid access token: nobody is signed in.');
      if (!force && (held.expiresAt ?? 0) > clock.now()) return held.accessToken;
      const fresh = await world.sign(signal);
      outlet?.tokens(fresh, 'refreshed');
      return fresh.accessToken;
    },

    refresh: (signal) => world.ask('GET', '/connections', () => world.connections, signal),

    async disconnect(source, signal) {
      await world.ask('DELETE', `/connections/${source ?? ''}`, () => null, signal);
      if (source === null) world.forget();
      else world.release(source);
      return { revoked: true, connections: world.connections };
    },

    /** Puts right whatever needed the visitor's attention. */
    async manage(signal) {
      const handle = opens ? openWindow('', 'wc-demo-manage') : null;
      if (handle)
        showPage(handle as Window & typeof globalThis, {
          title: 'Your connections',
          text: 'Here you would manage what you share, and with whom. What needs your attention is put right when you are done.',
          buttons: { Done: () => handle.close() },
        });
      try {
        do await pause(lookEveryMs, signal);
        while (handle && !handle.closed);
      } finally {
        handle?.close();
      }
      for (const { source, status } of world.connections) if (status === 'action_required') world.change(source, { status: 'active', history: 'ready', message: null });
    },

    forget: () => world.forget(),
  };
}
