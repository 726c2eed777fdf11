import type { AccountStatus } from '../../core/account.js';
import type { Activity, User } from '../../core/nouns.js';
import type { WireAnswer } from '../wire.js';
import type { Api } from './api.js';

/** Who, how, what last and the history: all asked for in the same moment, none waiting for another. */
export interface Reads {
  readonly user: Promise<User | null>;
  /** These two are taken by whoever asks first; later the answer may be another. */
  status: Promise<AccountStatus | null> | null;
  preview: Promise<Activity | null> | null;
  /** The stream's first response, to be taken over by whoever follows it. */
  takeStream(signal: AbortSignal): Promise<WireAnswer> | null;
  /** Nobody will take it any more. */
  readonly letGo: () => void;
  stop(): void;
}

/** A stream that nobody begins to read is closed again. */
const untakenMs = 20_000;

export function startReads(api: Api, withPreview: boolean, withStream: boolean): Reads & { readonly status: Promise<AccountStatus | null> } {
  const life = new AbortController();
  const stream = new AbortController();
  const take = (): Promise<WireAnswer> | null => {
    const taken = untaken;
    untaken = null;
    clearTimeout(timer);
    return taken;
  };
  const letGo = (): void => {
    if (take()) stream.abort();
  };
  const preview = withPreview ? api.latest(life.signal) : Promise.resolve(null);
  // "None" and "not known" are not the same: a failure is left to whoever asks for it.
  preview.catch(() => {});
  // A failing one costs only its own part of the picture.
  const user = api.user(life.signal).catch(() => null);
  const status = api.status(life.signal).catch(() => null);
  // Last, since it does not end: over HTTP/1.1 it may get the only connection that other streams of the page have left.
  let untaken: Promise<WireAnswer> | null = withStream ? api.stream(stream.signal) : null;
  untaken?.catch(() => {});
  const timer = untaken ? setTimeout(letGo, untakenMs) : undefined;
  return {
    user,
    status,
    preview,
    takeStream(signal) {
      signal.addEventListener('abort', () => stream.abort(), { once: true });
      return take();
    },
    letGo,
    stop() {
      life.abort();
      letGo();
    },
  };
}
