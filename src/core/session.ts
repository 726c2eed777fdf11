/**
 * Runs the machine. One rule: a phase owns one job and one AbortController; entering starts the job, leaving aborts it.
 * What outlives a phase (the preview, an answer still hoped for) belongs to the account or to the attempt, and is named so.
 */
import { announce } from './announce.js';
import { connectionsFrom } from './derived.js';
import { createEndings } from './endings.js';
import type { Ending } from './endings.js';
import { ConnectError, paused } from './errors.js';
import { deepFrozen } from './frozen.js';
import { WearableWireEvent } from './events.js';
import { attemptTimeoutMs, counter, newAttempt } from './numbers.js';
import { confirm, load, sync } from './jobs.js';
import type { Post } from './jobs.js';
import { createLooseEnds } from './loose-ends.js';
import { transition } from './machine.js';
import type { Message } from './machine.js';
import type { CancelReason, Progress, Tokens, TokensReason } from './nouns.js';
import type { Numbered } from './numbered.js';
import type { OpenBetween, Platform, Show, Step } from './platform.js';
import { safely } from './safely.js';
import { aimOf, initial } from './state.js';
import type { Aim, In, State, Way } from './state.js';
import { createThrottle } from './throttle.js';
import { TokensDetail, WearableTokensEvent } from './tokens-event.js';

export interface SessionOptions {
  readonly platform: Platform;
  readonly dispatch: (event: Event) => void;
  readonly onState: (state: State) => void;
  /** `none`: no token event; the page asks for tokens when it needs them. */
  readonly tellTokens?: boolean;
  readonly onStep?: (step: Step) => void;
  /** Whether a developer looks on; asked at every step, since they may begin to at any moment. */
  readonly isWatched?: () => boolean;
  /** Numbers the events; whoever outlives this session goes on counting. */
  readonly nextSeq?: () => number;
}

export type Session = ReturnType<typeof createSession>;

/** Three a second and the last one, which does not wait: four at most. */
const progressEveryMs = 334;

export function createSession({ platform, dispatch, onState, tellTokens = true, onStep, isWatched = () => false, nextSeq = counter() }: SessionOptions) {
  let state: State = initial;
  let running = false;
  let leaving = false;
  let abandoned = false;
  let job = new AbortController();
  let accountLife = new AbortController();
  let attemptTimer: ReturnType<typeof setTimeout> | undefined;
  let show: Show = () => {};
  let link: string | null = null;
  const mailbox: Message[] = [];
  const looseEnds = createLooseEnds(platform);
  /** The attempt whose tokens the page has been told. */
  let told: string | undefined;
  const endings = createEndings();
  const throttle = createThrottle<Progress>(progressEveryMs, (progress) => send({ type: 'progressed', progress }));

  const count = (within: Aim | null): Numbered => (within ? { seq: nextSeq(), attempt: within.attempt } : { seq: nextSeq() });

  platform.attach?.({
    tokens: (tokens, reason) => tell(tokens, reason),
    forgotten: () => send({ type: 'forgotten', notice: 'forgotten' }),
    get step() {
      return isWatched() && !abandoned ? tellStep : null;
    },
  });

  function tellStep(step: Step): void {
    safely(() => onStep?.(step));
    if (step.kind === 'request') announced(new WearableWireEvent({ ...count(aimOf(state)), ...step.entry }));
  }

  function tell(tokens: Tokens | null, reason: TokensReason): void {
    if (reason === 'connected') told = aimOf(state)?.attempt;
    if (tokens && tellTokens) announced(new WearableTokensEvent(new TokensDetail(tokens, { ...count(reason === 'connected' ? aimOf(state) : null), reason })));
  }

  /** One message at a time, in the caller's task, so that a click may open a window. */
  function send(message: Message): void {
    mailbox.push(message);
    if (mailbox.length > 1) return;
    try {
      for (let next = mailbox[0]; next; next = mailbox[0]) {
        handle(next);
        mailbox.shift();
      }
    } finally {
      mailbox.length = 0;
    }
  }

  function handle(message: Message): void {
    const before = state;
    const after = transition(before, message);
    if (after === before) {
      if (message.type === 'pick') endings.tell(message.attempt, 'cancelled');
      return;
    }
    state = after;
    const entered = isEntered(before, after, message);
    // The new phase's job goes first: its window must open before anything else has happened.
    if (entered) {
      leave(before, message);
      enter(after);
    }
    if (before.account !== after.account && message.type !== 'learnt') lookForPreview(true);
    // Nothing yet a moment after connecting: asked again once something has come, and when everything has.
    else if (after.preview === null && after.progress?.loadedUntil && (message.type !== 'progressed' || !before.progress?.loadedUntil)) lookForPreview(true);
    for (const event of announce(before, message, after, count)) announced(event);
    const ended = aimOf(before);
    if (ended && aimOf(after)?.attempt !== ended.attempt) endings.tell(ended.attempt, after.phase === 'failed' ? 'failed' : message.type === 'confirmed' ? 'connected' : 'cancelled');
    safely(() => onState(state));
    // What a platform still tells, from another tab perhaps, is not for this page any more.
    abandoned ||= leaving && message.type === 'restart';
  }

  function announced(event: Event): void {
    if (!abandoned) safely(() => dispatch(event));
  }

  function leave(before: State, message: Message): void {
    throttle.cancel();
    show = () => {};
    link = null;
    clearTimeout(attemptTimer);
    const givenUpByUs = (message.type === 'leave' && message.reason === 'closed') || (message.type === 'failed' && message.error.code === 'timeout');
    if (before.phase === 'authorizing' && givenUpByUs) looseEnds.hope(before.attempt, job);
    else job.abort();
    if (before.phase === 'authorizing' && message.type !== 'again') looseEnds.giveUp(before.attempt);
    job = new AbortController();
  }

  function enter(entered: State): void {
    if (!running && entered.phase !== 'confirming') return;
    const mine = job;
    const { signal } = mine;
    // A job that was left has no voice, even where it goes on in hope of a late answer.
    const post: Post = (message) => void (job === mine && send(message));
    runJob(entered, signal, post).catch((thrown: unknown) => {
      // Abort is silence; this is the one place where it is swallowed.
      if (signal.aborted) return;
      const error = ConnectError.from(thrown, entered.phase === 'syncing' ? 'sync_failed' : undefined);
      if (error.code === 'access_denied' && aimOf(entered)) post({ type: 'leave', reason: 'denied' });
      else if (error.code === 'session_expired' && entered.phase === 'syncing') post({ type: 'expired', error });
      else post({ type: 'failed', error });
    });
  }

  async function runJob(entered: State, signal: AbortSignal, post: Post): Promise<void> {
    if (entered.phase === 'authorizing') return authorizing(entered, signal, post);
    if (entered.phase === 'loading') return load(platform, entered, { signal, post, tell });
    if (entered.phase === 'confirming') return confirm(platform, entered, { signal, post, tell });
    if (entered.phase === 'syncing') return sync(platform, entered, { signal, post, throttle });
    if (entered.phase === 'connected') return platform.attend?.(signal, (source, connections) => post(deepFrozen({ type: 'released', source, connections: [...connections] })));
  }

  async function authorizing({ attempt, source, way }: In<'authorizing'>, signal: AbortSignal, post: Post): Promise<void> {
    // Nothing may come before this call: it opens the window, and browsers only allow that in the click itself.
    const answer = platform.authorize(source, {
      attempt,
      way,
      signal,
      onSight(sight, again, elsewhere) {
        if (looseEnds.isHoped(attempt) || signal.aborted) return;
        show = again;
        link = elsewhere ?? null;
        post(sight === 'closed' ? { type: 'leave', reason: 'closed' } : { type: 'sighted', sight });
      },
    });
    attemptTimer = setTimeout(() => post({ type: 'failed', error: new ConnectError('timeout', 'No answer within ten minutes.') }), attemptTimeoutMs);
    try {
      const grant = await answer;
      signal.throwIfAborted();
      // Given up by us, answered after all: it counts as an attempt of its own.
      if (looseEnds.settle(attempt)) send({ type: 'answeredLate', attempt: newAttempt(), source, grant });
      else post({ type: 'authorized', grant });
    } catch (thrown) {
      // An attempt that was given up and then failed has already had its one ending.
      if (!looseEnds.settle(attempt)) throw thrown;
    }
  }

  /** The latest activity belongs to the account, not to a phase: it may come before or after the history. */
  function lookForPreview(anew: boolean): void {
    accountLife.abort();
    accountLife = new AbortController();
    const { signal } = accountLife;
    if (!running || !state.account || !(anew || state.preview === undefined)) return;
    platform.preview?.(signal).then(
      (activity) => signal.aborted || send({ type: 'previewed', activity: deepFrozen(activity) }),
      // A missing preview costs only itself.
      () => {},
    );
  }

  return {
    get state(): State {
      return state;
    },

    /** The element is on the page. Continues where it was; never opens a window by itself. */
    start(): void {
      if (running) return;
      running = true;
      if (state.phase === 'authorizing') {
        looseEnds.takeUp(state.attempt);
        send({ type: 'again', way: 'resume' });
      } else if (state.phase !== 'confirming') enter(state);
      lookForPreview(false);
    },

    /** The element left the page: streams end, the attempt stays for fifteen minutes. A code being redeemed is good for one use: that goes on. True where anything ran. */
    stop(): boolean {
      if (!running) return false;
      running = false;
      throttle.cancel();
      looseEnds.putOff(aimOf(state)?.attempt);
      accountLife.abort(paused);
      if (state.phase !== 'confirming') {
        clearTimeout(attemptTimer);
        job.abort(paused);
        job = new AbortController();
      }
      return true;
    },

    connect(source: string | null, way: Way, signal?: AbortSignal): Promise<Ending> {
      const current = aimOf(state);
      // A second click while an attempt runs means the same attempt: bring its window back.
      const isSame = current && (source === null || source === current.source);
      if (signal?.aborted || (!isSame && state.phase === 'confirming')) return Promise.resolve('cancelled');
      const attempt = isSame ? current.attempt : newAttempt();
      // Before it is sent: called from a listener, the message waits its turn.
      const over = endings.of(attempt);
      running ||= !isSame;
      if (isSame) show();
      else send({ type: 'pick', attempt, source, way });
      const onAbort = (): void => {
        if (aimOf(state)?.attempt === attempt) giveUp('aborted');
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      return over.finally(() => signal?.removeEventListener('abort', onAbort));
    },

    retry(way: Way): void {
      if (state.phase === 'authorizing') send({ type: 'again', way });
      else send({ type: 'retry', attempt: newAttempt(), way });
    },

    show: (between?: OpenBetween) => show(between),
    get link() {
      return link;
    },
    back: () => giveUp('back'),
    browse: () => send({ type: 'browse' }),
    send,
    tell,

    /** Ends whatever runs, for good: the page has set this up anew. Tokens stay with whoever has them. */
    abandon(): void {
      looseEnds.giveUpAll();
      accountLife.abort();
      running = false;
      throttle.cancel();
      leaving = true;
      // Whoever comes after it begins at loading, and the page is told from where: called from a listener, when that one has heard all.
      send({ type: 'restart' });
      job.abort();
    },

    reset(): void {
      looseEnds.giveUpAll();
      platform.forget?.();
      send({ type: 'restart' });
    },
  };

  function giveUp(reason: CancelReason): void {
    // The page has the tokens: that is no "no" any more. Who it is was all that was waited for.
    if (state.phase !== 'confirming' || told !== state.attempt) return send({ type: 'leave', reason });
    // What was asked for is connected, as far as anybody knows here; what else is, the platform tells in a moment.
    const { source, sources } = state;
    const connections = connectionsFrom((sources ?? []).filter(({ id }) => id === source), null);
    send({ type: 'confirmed', account: deepFrozen({ user: null, connections }) });
    const { signal } = accountLife;
    platform.refresh?.(signal).then(
      (connections) => signal.aborted || send({ type: 'learnt', connections: deepFrozen([...connections]) }),
      // The history tells them too.
      () => {},
    );
  }
}

/** Whether a step starts the phase's job anew. */
const isEntered = (before: State, after: State, message: Message): boolean =>
  before.phase !== after.phase || message.type === 'restart' || message.type === 'again' || message.type === 'pick' || message.type === 'answeredLate';
