/** One sign-in after the other: the proof made ahead, the window, the answer, and what is left when the page comes back. */
import { ConnectError, wasPaused } from '../core/errors.js';
import { attemptTimeoutMs } from '../core/numbers.js';
import type { AuthorizeOptions, Pending, Show, Sight } from '../core/platform.js';
import { takeAhead } from './ahead.js';
import { waitForAnswer } from './answer.js';
import type { HearIn } from './answer.js';
import { dropAttempt, forgetAttempt, keepAttempt, keptAttempts, mailFor, sweepAttempts } from './attempt.js';
import type { Attempt } from './attempt.js';
import { createProof } from './pkce.js';
import type { Proof } from './pkce.js';
import { attemptKey } from './protocol.js';
import { stored } from './storage.js';
import { isFramed } from './surroundings.js';
import { watchWindow } from './watch-window.js';
import { openWindow } from './window.js';

/** Ten minutes: an address made ahead must still be young when it is used. */
const proofLifeMs = 10 * 60_000;

/** What came back from the window, with what is needed to redeem it. */
export interface Answered {
  readonly attempt: Attempt;
  readonly query: string;
}

export interface SignInOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly redirectUri: string;
  /** With `popup` a blocked window is an error; else the visitor is offered this tab. */
  readonly popupOnly: boolean;
  /** Where it is a text, the window opens with it. Where a server has to be asked first, the window opens blank, and is sent there. */
  readonly urlFor: (proof: Proof, source: string | null, signal: AbortSignal) => string | Promise<string>;
  readonly onOpened: (url: string) => void;
}

export type SignIn = ReturnType<typeof createSignIn>;

/** Who in this page listens to which attempt, is about to, or has heard its end: two widgets may stand in it, and a code is good for one use. */
const heeding = new Map<string, unknown>();

function heed({ channel }: Attempt, signal: AbortSignal, who: unknown): void {
  if (signal.aborted) return;
  heeding.set(channel, who);
  const leave = (): void => void (heeding.get(channel) === who && heeding.delete(channel));
  signal.addEventListener('abort', leave, { once: true });
}

export function createSignIn({ issuer, clientId, redirectUri, popupOnly, urlFor, onOpened }: SignInOptions) {
  let proof: Proof | null = null;
  let making: Promise<void> | null = null;
  let opened = 0;
  const coming = new Map<string, Promise<Attempt>>();
  const live = new Map<string, { attempt: Attempt; handle: Window | null }>();

  /** Has a young proof ready, or makes one. Called ahead of every click. */
  function prepare(): Promise<void> {
    if (proof && Date.now() - proof.madeAt < proofLifeMs) return Promise.resolve();
    making ??= createProof()
      .then((made) => {
        proof = made;
      })
      .finally(() => {
        making = null;
      });
    return making;
  }

  function attemptFor(made: Proof, id: string, source: string | null, mode: Attempt['mode'], url: string): Attempt {
    const { state, nonce, verifier, channel } = made;
    return { v: 1, id, channel, source, state, nonce, verifier, issuer, clientId, redirectUri, mode, returnTo: location.href, url, createdAt: Date.now() };
  }

  /** Each its own: the end of a former try closes its window, which must not be the fresh one by the same name. */
  const nameFor = (id: string): string => `wc-${id}-${++opened}`;

  /** A proof is good for one attempt. */
  function spend(): Proof | null {
    const spent = proof && Date.now() - proof.madeAt < proofLifeMs ? proof : null;
    proof = null;
    return spent;
  }

  /** The window is opened in the caller's task: with the final address, or blank where that is not known yet. */
  async function authorize(source: string | null, options: AuthorizeOptions): Promise<Answered> {
    if (options.way === 'resume') return resume(options);
    const mode = options.way;
    const ready = spend();
    const life = untilGivenUp(options.signal);
    const url = ready && urlFor(ready, source, life);
    // Firefox goes on with other things while it opens a window: a refusal may be here before anybody waits for it.
    if (typeof url === 'object') url?.catch(() => {});
    const early = ready && typeof url === 'string' ? attemptFor(ready, options.attempt, source, mode, url) : null;
    const first = early?.url ?? 'about:blank';
    const name = nameFor(options.attempt);
    const handle = mode === 'popup' ? windowAt(first, name) : null;
    const attempt = early ?? (await onItsWay(options.attempt, later(source, mode, handle, options, life, ready, url)));
    if (early) begin(attempt, handle);
    return listen(attempt, handle, options);
  }

  /** It may be resumed before its address is known. */
  function onItsWay(id: string, attempt: Promise<Attempt>): Promise<Attempt> {
    coming.set(id, attempt);
    return attempt.finally(() => coming.delete(id));
  }

  async function later(source: string | null, mode: Attempt['mode'], handle: Window | null, { attempt: id, onSight }: AuthorizeOptions, life: AbortSignal, ready: Proof | null, asked: ReturnType<SignInOptions['urlFor']> | null): Promise<Attempt> {
    const over = new AbortController();
    try {
      if (!ready) await prepare();
      life.throwIfAborted();
      const made: Proof = ready ?? (spend() as Proof);
      const url = await Promise.race([asked ?? urlFor(made, source, life), closedBlank(handle, over.signal)]);
      life.throwIfAborted();
      if (url === null) {
        onSight('closed', () => {});
        throw new ConnectError('access_denied', 'The window was closed.');
      }
      const attempt = attemptFor(made, id, source, mode, url);
      begin(attempt, handle);
      if (handle) handle.location.replace(url);
      return attempt;
    } catch (thrown) {
      handle?.close();
      throw thrown;
    } finally {
      over.abort();
    }
  }

  /** What came back to this tab and nobody has taken: whoever begins anew, or leaves, does not want it any more. */
  function forget(): void {
    for (const { mode, channel } of keptAttempts(issuer, clientId, Date.now())) if (mode === 'redirect') dropAttempt(channel);
  }

  function begin(attempt: Attempt, handle: Window | null): void {
    // The next proof is made while this attempt runs: not before its window is open, which is the first thing a click does.
    void prepare().catch(() => {});
    if (attempt.mode === 'popup' && !handle && popupOnly)
      throw new ConnectError('popup_blocked', 'The browser refused to open the window: call connect() inside a click, with nothing awaited before it.');
    forget();
    keepAttempt(attempt);
    // The page that comes back would not know what was asked: better here than after somebody has signed in.
    if (attempt.mode === 'redirect' && !stored('session', attemptKey(attempt.channel))) {
      dropAttempt(attempt.channel);
      throw new ConnectError('unsupported', 'sessionStorage is blocked or full: a sign-in that leaves this page could not be finished when it comes back.');
    }
    live.set(attempt.id, { attempt, handle });
    onOpened(attempt.url);
    if (attempt.mode === 'redirect') location.assign(attempt.url);
  }

  /** The window was opened by an earlier page, or before the element moved: only listening is left. */
  function resume(options: AuthorizeOptions): Promise<Answered> {
    const taken = (): Promise<Answered> => takeUp(options);
    return coming.get(options.attempt)?.then(taken, taken) ?? taken();
  }

  async function takeUp(options: AuthorizeOptions): Promise<Answered> {
    const known = live.get(options.attempt);
    const attempt = known?.attempt ?? keptAttempts(issuer, clientId, Date.now()).find(({ id }) => id === options.attempt);
    // Another widget of this page has taken it up meanwhile, and tells its end.
    if (!attempt || (heeding.get(attempt.channel) ?? live) !== live) throw new ConnectError('timeout', 'This attempt is no longer known here.');
    return listen(attempt, known?.handle ?? null, options, known?.handle ? 'open' : 'lost');
  }

  async function listen(
    attempt: Attempt,
    opened: Window | null,
    { signal, onSight }: AuthorizeOptions,
    sight: 'open' | 'lost' | 'blocked' = opened || attempt.mode === 'redirect' ? 'open' : 'blocked',
  ): Promise<Answered> {
    const life = new AbortController();
    if (attempt.mode === 'popup') heed(attempt, signal, live);
    let watching = new AbortController();
    let handle = opened;
    let isRelay = false;
    let hearIn: HearIn = () => {};
    const watch = (): void => {
      watching.abort();
      watching = new AbortController();
      life.signal.addEventListener('abort', () => watching.abort(), { signal: watching.signal });
      if (handle) watchWindow(handle, watching.signal, judged, isRelay);
    };
    /** By us, and the page is told that it ended. While this page is there an answer still counts, as another attempt. */
    const givenUp = (): void => forgetAttempt(attempt.channel);
    const overdue = setTimeout(givenUp, attemptTimeoutMs);
    life.signal.addEventListener('abort', () => clearTimeout(overdue));
    // By the visitor or the page: in this very task, since whoever begins anew looks at once for what is pending.
    signal.addEventListener('abort', () => wasPaused(signal) || finish(attempt, handle), { signal: life.signal });
    const judged = (seen: Sight): void => {
      if (seen === 'closed') givenUp();
      onSight(seen === 'lost' && isFramed() ? 'apart' : seen, show);
    };
    const show: Show = (between) => {
      if (attempt.mode === 'redirect') return location.assign(attempt.url);
      if (handle && !handle.closed) return handle.focus();
      const relay = between && isFramed() ? (between(attempt.url, nameFor(attempt.id), openWindow) as typeof globalThis & Window) : null;
      isRelay = !!relay;
      handle = relay ?? windowAt(attempt.url, nameFor(attempt.id));
      live.set(attempt.id, { attempt, handle });
      onSight(handle ? 'open' : 'blocked', show);
      watch();
      if (relay) hearIn(relay);
    };
    // Back from the platform without an answer, out of the browser's back/forward cache.
    if (attempt.mode === 'redirect') addEventListener('pageshow', ({ persisted }) => persisted && judged('closed'), { signal: life.signal });
    onSight(sight, show);
    watch();
    try {
      const query = await waitForAnswer(attempt, signal, () => isRelay || handle?.closed !== false, (hear) => {
        hearIn = hear;
      });
      finish(attempt, handle);
      return { attempt, query };
    } catch (thrown) {
      if (!wasPaused(signal)) finish(attempt, handle);
      throw thrown;
    } finally {
      life.abort();
    }
  }

  function finish(attempt: Attempt, handle: Window | null): void {
    dropAttempt(attempt.channel);
    heeding.set(attempt.channel, false);
    handle?.close();
    // Tried again, the same attempt has a fresh window, which is still to be found.
    if (live.get(attempt.id)?.attempt === attempt) live.delete(attempt.id);
  }

  /** What an earlier page left behind: an answer to take, or a window to go on listening to. It is the caller's until the signal. */
  function pending(signal: AbortSignal): (Pending & { readonly grant: Answered | null }) | null {
    sweepAttempts(Date.now());
    for (const attempt of keptAttempts(issuer, clientId, Date.now())) {
      if (heeding.has(attempt.channel)) continue;
      const query = mailFor(attempt.channel);
      const isBack = attempt.mode === 'redirect';
      // Came back from the whole-page trip without an answer: that was a "no, not now". With one it stays until that is taken, since
      // what else a page loads may fail, and be tried again.
      if (isBack && !query) dropAttempt(attempt.channel);
      // A window that left its answer here waits to hear that it was taken: that is told by whoever listens.
      if (query || (!isBack && attempt.redirectUri === redirectUri)) {
        heed(attempt, signal, live);
        return { attempt: attempt.id, source: attempt.source, grant: isBack && query ? { attempt, query } : null };
      }
    }
    return null;
  }

  return { prepare, authorize, pending, forget };
}

/** The one that was opened ahead, where a click came before the code that is here now. */
const windowAt = (url: string, name: string): Window | null => takeAhead(url, name) ?? openWindow(url, name);

/** Paused is not given up: an address that is on its way comes, and the window is there when the element is back. */
function untilGivenUp(signal: AbortSignal): AbortSignal {
  const life = new AbortController();
  signal.addEventListener('abort', () => wasPaused(signal) || life.abort(signal.reason), { once: true });
  return life.signal;
}

/** Null once it is closed. Blank it has no page that could have cut it off (HTML 7.1.3), so it was the visitor. */
const closedBlank = (handle: Window | null, signal: AbortSignal): Promise<null> =>
  new Promise((resolve) => {
    const timer = setInterval(() => handle?.closed && resolve(null), 150);
    signal.addEventListener('abort', () => clearInterval(timer));
  });
