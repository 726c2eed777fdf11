import type { Ending } from '../core/endings.js';
import { ConnectError } from '../core/errors.js';
import { WearableChangeEvent, WearableErrorEvent } from '../core/events.js';
import { sent } from '../core/once.js';
import type { Platform } from '../core/platform.js';
import { errorOf, initial } from '../core/state.js';
import type { State } from '../core/state.js';
import { closeAhead, openAhead } from '../oauth/ahead.js';
import { place } from '../oauth/surroundings.js';
import { openWindow } from '../oauth/window.js';
import type { createConnector, Connector, ConnectorOptions } from './connector.js';
import { parts } from './parts.js';
import { wayOf } from './way.js';

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
  /** Those who chose from a list that was only foreseen. */
  const waiting = new Set<() => void>();

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

  function lookAround(): void {
    if (here?.phase !== 'loading' || !running || isOver) waiting.forEach((goOn) => goOn());
  }

  /** The page hears of the list before it hears that somebody chose from it. Where there is none, there was nothing to choose. */
  async function choose(...wish: Parameters<Connector['connect']>): Promise<Ending> {
    const connector = await arrive();
    await new Promise<void>((resolve) => {
      waiting.add(resolve);
      lookAround();
    });
    waiting.clear();
    return isOver || connector.phase === 'failed' ? 'failed' : connector.connect(...wish);
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
      here?.stop();
      lookAround();
    },
    connect(source, how) {
      // The demo, and a platform of the page's own, open a window by themselves if at all: in the click, where they are here.
      const isOurs = name && name !== 'demo';
      if (here && (!isOurs || here.phase !== 'loading')) return here.connect(source, how);
      // A blank one at once: what knows where it leads is on its way.
      if (isOurs && wayOf(options) === 'popup') openAhead(() => openWindow('about:blank', ''));
      return choose(source, how).catch((): Ending => 'failed').finally(closeAhead);
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
