import type { Activity, User } from '../../core/nouns.js';
import type { AccountStatus } from './account.js';
import type { Api } from './api.js';

/** Who, how, what last and the history: all asked for in the same moment, none waiting for another. */
export interface Reads {
  readonly user: Promise<User | null>;
  readonly status: Promise<AccountStatus | null>;
  readonly preview: Promise<Activity | null>;
  /** The stream's first response, to be taken over by whoever follows it. */
  takeStream(signal: AbortSignal): Promise<Response> | null;
  /** Lets go of what nobody took. */
  stop(): void;
}

/** A stream that nobody begins to read is closed again. */
const untakenMs = 20_000;

export function startReads(api: Api, withPreview: boolean): Reads {
  const life = new AbortController();
  const stream = new AbortController();
  let untaken: Promise<Response> | null = api.stream(stream.signal);
  untaken.catch(() => {});
  const timer = setTimeout(() => {
    untaken = null;
    stream.abort();
  }, untakenMs);
  const preview = withPreview ? api.latest(life.signal) : Promise.resolve(null);
  // "None" and "not known" are not the same: a failure is left to whoever asks for it.
  preview.catch(() => {});
  const orNull = <T>(answer: Promise<T | null>): Promise<T | null> => answer.catch(() => null);
  return {
    // A failing one costs only its own part of the picture.
    user: orNull(api.user(life.signal)),
    status: orNull(api.status(life.signal)),
    preview,
    takeStream(signal) {
      clearTimeout(timer);
      const taken = untaken;
      untaken = null;
      if (taken) signal.addEventListener('abort', () => stream.abort(signal.reason), { once: true });
      return taken;
    },
    stop() {
      clearTimeout(timer);
      life.abort();
      if (untaken) stream.abort();
      untaken = null;
    },
  };
}
