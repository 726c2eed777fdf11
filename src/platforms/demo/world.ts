/** The demo's visitor and their account, and the pretend requests by which the page hears of them. */
import { ConnectError } from '../../core/errors.js';
import type { ErrorCode } from '../../core/errors.js';
import type { Connection, Tokens } from '../../core/nouns.js';
import type { Step } from '../../core/platform.js';
import type { Clock } from '../../sync/clock.js';
import { redactedBody } from '../redact.js';
import { instant, nameOf } from './catalogue.js';
import { newsOf } from './history.js';
import type { News } from './history.js';
import type { Scenario } from './scenarios.js';
import type { Pause } from './sign-in.js';

export type World = ReturnType<typeof createWorld>;

export interface WorldOptions {
  readonly scenario: Scenario;
  readonly clock: Clock;
  readonly pause: Pause;
  readonly scope: string;
  readonly step: () => ((step: Step) => void) | null;
}

const latencyMs = 250;
const tokenLifeMs = 3_600_000;
const day = 86_400_000;

const sentences: Partial<Record<ErrorCode, readonly [status: number, message: string]>> = {
  network: [0, 'No answer from the demo: it pretends to be offline.'],
  rate_limited: [429, 'The demo answered HTTP 429, expected 200.'],
  sync_failed: [200, 'The demo pretends that its stream of the history broke for good.'],
  unsupported: [200, 'The demo pretends that this browser lacks what it takes to connect.'],
  session_expired: [401, 'The demo’s session has expired: nobody can renew it.'],
};

export function createWorld({ scenario, clock, pause, scope, step }: WorldOptions) {
  let fails = scenario.fails ?? null;
  let isGone = false;
  let hasMet = false;
  let tokensMade = 0;

  /** What goes wrong here: once, where trying again helps. */
  function failure(at: NonNullable<Scenario['fails']>['at']): ConnectError | null {
    if (!fails || (fails.at !== at && fails.at !== 'first')) return null;
    const { code } = fails;
    const error = new ConnectError(code, sentences[code]?.[1] ?? code);
    if (error.retryable) fails = null;
    return error;
  }

  const connectionTo = (source: string, more: Partial<Connection> = {}): Connection => ({
    id: `demo-${source}`,
    source,
    name: nameOf(source),
    status: 'active',
    history: 'ready',
    connectedAt: instant(clock.now() - 200 * day),
    evidence: 'listed',
    message: null,
    ...more,
  });
  const had = (): readonly Connection[] => Object.entries(scenario.has ?? {}).map(([source, how]) => connectionTo(source, how));
  const without = (source: string): readonly Connection[] => world.connections.filter((one) => one.source !== source);

  const world = {
    tokens: null as Tokens | null,
    connections: [] as readonly Connection[],
    /** Whose history comes in, since when, what news there is of it, and how much of that has been told. */
    source: null as string | null,
    began: clock.now(),
    news: [] as readonly News[],
    told: 0,
    /** How far back it reaches by now. */
    reached: null as number | null,
    failure,

    /** A request that never leaves the page. Seen, and refused, as one would be. */
    async ask<T>(method: string, path: string, answer: () => T, signal: AbortSignal, at: 'first' | 'token' = 'first'): Promise<T> {
      await pause(latencyMs, signal);
      const error = failure(at);
      const answered = error ? null : answer();
      const status = error ? (sentences[error.code]?.[0] ?? 500) : 200;
      step()?.({
        at: clock.now(),
        kind: 'request',
        entry: { method, url: `https://demo.invalid${path}`, status, milliseconds: latencyMs, request: null, response: redactedBody(JSON.stringify(answered)) },
      });
      if (error) throw error;
      return answered as T;
    },

    /** New tokens; their names say that they open nothing. */
    async sign(signal: AbortSignal): Promise<Tokens> {
      const number = ++tokensMade;
      const named = (kind: string): string => `demo-${kind}-token${number > 1 ? `-${number}` : ''}`;
      const offline = scope.split(' ').includes('offline_access');
      const { access_token: accessToken, refresh_token: refreshToken } = await world.ask(
        'POST',
        '/oauth/token',
        () => ({ access_token: named('access'), token_type: 'Bearer', ...(offline && { refresh_token: named('refresh') }) }),
        signal,
        'token',
      );
      return (world.tokens = { accessToken, tokenType: 'Bearer', expiresAt: clock.now() + tokenLifeMs, scope, ...(refreshToken && { refreshToken }) });
    },

    /** The visitor has allowed it: this one is connected, and its history begins to come in. */
    connect(source: string): void {
      if (scenario.meets && !hasMet) world.connections = had();
      hasMet = true;
      world.connections = [...without(source), connectionTo(source, { history: 'syncing', connectedAt: instant(clock.now()), ...scenario.begins })];
      Object.assign(world, { source, began: clock.now(), news: newsOf(scenario.pace), told: 0, reached: null });
    },

    /** Whoever was here before is still known, until they are forgotten. */
    comeBack(): boolean {
      if (isGone || !scenario.has || scenario.meets) return false;
      const [first] = (world.connections = had());
      Object.assign(world, { source: first?.source ?? null, began: clock.now(), reached: 1 });
      return true;
    },

    change(source: string, how: Partial<Connection>): void {
      world.connections = world.connections.map((one) => (one.source === source ? { ...one, ...how } : one));
    },

    release(source: string): void {
      world.connections = without(source);
    },

    forget(): void {
      isGone = true;
      Object.assign(world, { tokens: null, connections: [], source: null, news: [], told: 0, reached: null });
    },
  };
  return world;
}
