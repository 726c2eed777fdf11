import type { Ending } from '../core/endings.js';
import { ConnectError } from '../core/errors.js';
import { WearableChangeEvent, WearableErrorEvent } from '../core/events.js';
import { sent } from '../core/once.js';
import type { Platform } from '../core/platform.js';
import { errorOf, initial } from '../core/state.js';
import type { State } from '../core/state.js';
import { closeAhead, isAheadClosed, openAhead } from '../oauth/ahead.js';
import { place } from '../oauth/surroundings.js';
import { openWindow } from '../oauth/window.js';
import type { createConnector, Connector, ConnectorOptions } from './connector.js';
import { parts } from './parts.js';
import { wayOf } from './way.js';

/** Somebody chose before anything could begin: is asked how that ends, or told. */
type Choice = (told?: Ending) => void;

/** Whoever draws what it does hears all of it. */
export type Watched = ConnectorOptions & Required<Pick<ConnectorOptions, 'dispatch' | 'nextSeq'>>;

/**
 * A connector whose code is fetched when it is started, or first asked for something. Until then it is loading; where the code
 * cannot be had it has failed, and may be tried again.
 */
export function connectorLater(options: Watched, load: () => Promise<typeof createConnector>): Connector {
  const { platform, dispatch, nextSeq } = options;
  const name = typeof platform === 'object' && platform ? null : platform?.trim() || 'sweatstack';
  const listeners = new Set<(state: State) => void>();
  let here: Connector | null = null;
  let state: State = initial;
  let running = false;
  let isReset = false;
  let isOver = false;

  const tell = (news: State): void => listeners.forEach((listener) => listener(news));
  /** What was chosen from a list that was only foreseen. */
  const choices = new Set<Choice>();

  function become(next: State): void {
    if (next === state) return;
    const { phase: previous } = state;
    state = next;
    const error = errorOf(next);
    if (error) dispatch(new WearableErrorEvent({ seq: nextSeq(), code: error.code, message: error.message, retryable: error.retryable, source: null, phase: previous }));
    dispatch(new WearableChangeEvent({ seq: nextSeq(), phase: next.phase, previous }));
    tell(next);
  }

  const arrive = sent(async () => {
    become(initial);
    // What is asked for next comes along: nobody waits for one after the other.
    if (name === 'sweatstack') void parts.sweatstack().catch(() => {});
    try {
      const create = await load();
      if (isOver) throw new ConnectError('unsupported', 'Too late.');
      here = create(options);
    } catch (thrown) {
      const error = ConnectError.from(thrown);
      if (!isOver) become({ ...initial, phase: 'failed', error, source: null, resume: 'loading' });
      throw error;
    }
    here.subscribe((news) => {
      tell(news);
      lookAround();
    });
    if (isReset) here.reset();
    if (running) here.start();
    return here;
  });

  const lookAround = (told?: Ending): void => choices.forEach((choice) => choice(told));

  /** The page hears of the list before it hears that somebody chose from it. Until then nothing has begun, and it can be taken back. */
  function choose(...wish: Parameters<Connector['connect']>): Promise<Ending> {
    const [, { signal } = {}] = wish;
    return new Promise((resolve) => {
      const choice: Choice = (told) => {
        const ending = choices.has(choice) && (told ?? outcome());
        if (!ending) return;
        choices.delete(choice);
        signal?.removeEventListener('abort', takenBack);
        resolve(ending);
      };
      const outcome = (): Ending | Promise<Ending> | null => {
        // Where there is no list, there was nothing to choose.
        if (isOver || here?.phase === 'failed') return 'failed';
        if (isAheadClosed()) return 'cancelled';
        return here && (here.phase !== 'loading' || !running) ? here.connect(...wish) : null;
      };
      const takenBack = (): void => choice('cancelled');
      signal?.addEventListener('abort', takenBack);
      choices.add(choice);
      arrive().then(() => choice(), () => choice('failed'));
    });
  }

  /** In the caller's task where it can be: there a click may open a window. Whoever wants to know why it did not come hears it by an event. */
  const when = (run: (connector: Connector) => Promise<void>): Promise<void> => (here ? run(here) : arrive().then(run)).catch(() => {});
  const quietly = (): void => void arrive().catch(() => {});

  return {
    get platform() {
      return here?.platform ?? (name ? ({ name } as Platform) : (platform as Platform));
    },
    get place() {
      return place();
    },
    get state() {
      return here?.state ?? state;
    },
    get phase() {
      return this.state.phase;
    },
    get error() {
      return errorOf(this.state);
    },
    get link() {
      return here?.link ?? null;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start() {
      running = true;
      if (here) here.start();
      else if (state === initial) quietly();
    },
    stop() {
      running = false;
      lookAround('cancelled');
      here?.stop();
    },
    connect(source, how) {
      // The demo, and a platform of the page's own, open a window by themselves if at all: in the click, where they are here.
      const isOurs = name && name !== 'demo';
      if (here && (!isOurs || here.phase !== 'loading')) return here.connect(source, how);
      // A blank one at once: what knows where it leads is on its way.
      if (isOurs && wayOf(options) === 'popup' && !how?.signal?.aborted) openAhead(() => openWindow('about:blank', ''));
      return choose(source, how).finally(() => choices.size || closeAhead());
    },
    // None of these means anything before.
    again: (inThisTab) => here?.again(inThisTab),
    show: (words) => here?.show(words),
    back: () => here?.back(),
    browse: () => here?.browse(),
    retry: () => (here ? here.retry() : quietly()),
    manage: () => when((connector) => connector.manage()),
    disconnect: (source) => when((connector) => connector.disconnect(source)),
    refresh: () => when((connector) => connector.refresh()),
    getAccessToken: async () => (here ?? (await arrive())).getAccessToken(),
    reset() {
      isReset = true;
      lookAround('cancelled');
      if (here) here.reset();
      else quietly();
    },
    abandon() {
      isOver = true;
      closeAhead();
      if (here) here.abandon();
      else become(initial);
      lookAround();
      listeners.clear();
    },
  };
}
