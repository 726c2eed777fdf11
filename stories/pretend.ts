/** A platform of one's own, for stories: what each step does is what the story is about. */
import type { Connection, Platform, Progress, SyncUpdate } from '../src/index.js';

const never = <T>(): Promise<T> => new Promise<T>(() => {});

const garmin: Connection = {
  id: 'garmin',
  source: 'garmin_connect',
  name: 'Garmin',
  status: 'active',
  history: 'syncing',
  connectedAt: '2026-10-01T08:00:00.000Z',
  evidence: 'derived',
  message: null,
};

const progress: Progress = { source: 'garmin_connect', stage: 'fetching', ratio: 0.62, loadedUntil: '2023-03-14T00:00:00.000Z', items: null, live: true };

const user = { id: 'u', name: 'Alice Anderson', givenName: 'Alice', familyName: 'Anderson', email: 'alice@example.com', registeredAt: null };

const account = { tokens: null, user, connections: [garmin] };

export const signedIn: Partial<Platform> = { restore: () => Promise.resolve({ account }) };

export const pretend = (scenario: Partial<Platform> = {}): Platform => ({
  name: 'sweatstack',
  prepare: () => Promise.resolve(),
  sources: () =>
    Promise.resolve([
      { id: 'garmin_connect', name: 'Garmin' },
      { id: 'wahoo', name: 'Wahoo' },
      { id: 'intervals_icu', name: 'Intervals.icu' },
    ]),
  authorize: never,
  confirm: never,
  follow: () => told({ type: 'progress', progress }),
  preview: () =>
    Promise.resolve({
      id: 'a',
      sport: 'cycling.road',
      sportName: 'Road cycling',
      start: '2026-10-31T06:12:00.000Z',
      startLocal: '2026-10-31T08:12:00',
      durationSeconds: 5423,
      distanceMeters: 42_195,
      devices: ['Edge 540'],
    }),
  manage: () => Promise.resolve(),
  disconnect: () => Promise.resolve({ revoked: true, connections: [] }),
  ...scenario,
});

/** Tells this much of the history, and then nothing more for as long as anybody listens. */
export async function* told(...updates: readonly SyncUpdate[]): AsyncGenerator<SyncUpdate> {
  yield* updates;
  if (updates.at(-1)?.type !== 'finished') await never();
}

export { progress };
