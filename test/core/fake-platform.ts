import type { Activity, Connection, Source, Tokens, User } from '../../src/core/nouns.js';
import type { AuthorizeOptions, Confirmed, Grant, Outlet, Platform, Restored, SyncUpdate } from '../../src/core/platform.js';

export const garmin: Source = { id: 'garmin_connect', name: 'Garmin Connect' };
export const wahoo: Source = { id: 'wahoo', name: 'Wahoo' };

export const connectionTo = ({ id, name }: Source, more: Partial<Connection> = {}): Connection => ({
  id,
  source: id,
  name,
  status: 'active',
  history: 'syncing',
  connectedAt: null,
  evidence: 'derived',
  message: null,
  ...more,
});

export const alice: User = { id: 'u1', name: 'Alice', givenName: null, familyName: null, email: null, registeredAt: null };
export const ride: Activity = { id: 'a1', sport: 'cycling', sportName: 'cycling', start: null, startLocal: null, durationSeconds: 60, distanceMeters: 10, devices: ['Edge'] };
export const tokensNamed = (accessToken: string): Tokens => ({ accessToken, tokenType: 'Bearer', expiresAt: null, scope: 'profile' });

/** One call of a platform's method, answered by hand. */
export interface Job<T> {
  readonly signal: AbortSignal;
  resolve(value: T): void;
  reject(reason: unknown): void;
}

export interface AuthorizeJob extends Job<Grant> {
  readonly source: string | null;
  readonly options: AuthorizeOptions;
}

export interface FollowJob {
  readonly signal: AbortSignal;
  readonly connections: readonly Connection[];
  push(update: SyncUpdate): void;
  end(): void;
  fail(reason: unknown): void;
}

export type FakePlatform = ReturnType<typeof createFakePlatform>;

/** A platform that does nothing by itself. `deaf`: its jobs do not even give up when they are aborted. */
export function createFakePlatform({ deaf = false, sources = [garmin, wahoo] as readonly Source[] } = {}) {
  let outlet: Outlet | null = null;
  const calls: string[] = [];
  const jobs = {
    sources: [] as Job<readonly Source[]>[],
    restore: [] as Job<Restored | null>[],
    authorize: [] as AuthorizeJob[],
    confirm: [] as (Job<Confirmed> & { readonly grant: Grant })[],
    preview: [] as Job<Activity | null>[],
    follow: [] as FollowJob[],
  };

  function job<T, More extends object>(name: string, list: (Job<T> & More)[], signal: AbortSignal, more: More): Promise<T> {
    calls.push(name);
    return new Promise<T>((resolve, reject) => {
      list.push({ signal, resolve, reject, ...more });
      if (!deaf) signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
  }

  const platform: Platform = {
    name: 'fake',
    attach: (hears) => (outlet = hears),
    prepare: () => Promise.resolve(),
    sources: (signal) => job('sources', jobs.sources, signal, {}),
    restore: (signal) => job('restore', jobs.restore, signal, {}),
    authorize: (source, options) => job('authorize', jobs.authorize, options.signal, { source, options }),
    confirm: (grant, signal) => job('confirm', jobs.confirm, signal, { grant }),
    preview: (signal) => job('preview', jobs.preview, signal, {}),
    forget: () => void calls.push('forget'),
    follow(connections, signal) {
      calls.push('follow');
      const queue: (() => IteratorResult<SyncUpdate, undefined>)[] = [];
      let wake = (): void => {};
      const put = (next: () => IteratorResult<SyncUpdate, undefined>): void => {
        queue.push(next);
        wake();
      };
      const fail = (reason: unknown): void =>
        put(() => {
          throw reason;
        });
      jobs.follow.push({ signal, connections, push: (value) => put(() => ({ value, done: false })), end: () => put(() => ({ value: undefined, done: true })), fail });
      if (!deaf) signal.addEventListener('abort', () => fail(signal.reason), { once: true });
      return {
        [Symbol.asyncIterator]: () => ({
          async next() {
            while (!queue.length) await new Promise<void>((resolve) => (wake = resolve));
            return (queue.shift() as () => IteratorResult<SyncUpdate, undefined>)();
          },
        }),
      };
    },
  };

  return {
    platform,
    calls,
    jobs,
    get outlet() {
      return outlet as Outlet;
    },
    /** Lets a loading that waits find nothing but its list. */
    load() {
      latest(jobs.sources).resolve(sources);
      latest(jobs.restore).resolve(null);
    },
    /** Whatever was begun and neither answered nor aborted is a leak; asked after everything should be over. */
    get listening() {
      return Object.values(jobs).flatMap((list: readonly { readonly signal: AbortSignal }[]) => list.filter(({ signal }) => !signal.aborted)).length;
    },
  };
}

export function latest<T>(list: readonly T[]): T {
  const found = list[list.length - 1];
  if (found === undefined) throw new Error('The platform was not asked.');
  return found;
}
