/** The connector behind one element: made when it is first needed, made anew when the page configures otherwise. */
import { aimOf, initial } from '../core/state.js';
import type { State } from '../core/state.js';
import type { Step } from '../core/platform.js';
import type { Configuration } from '../platforms/configuration.js';
import { foundations, isSame } from './configured.js';
import { wiring } from './wiring.js';
import type { Connector } from './wiring.js';

interface Around {
  configuration(): Configuration;
  dispatch(event: Event): void;
  onState(): void;
  onStep(step: Step): void;
  /** Whether a developer looks on right now. */
  isWatched(): boolean;
}

export interface Life {
  readonly state: State;
  /** By what the page wants at this very moment, even where nothing has been drawn since. */
  connector(): Connector;
  /**
   * The same, at work until it is stopped, and whichever comes after it too. A tag that says nothing of the app may be one that
   * a server has rendered, and a framework is about to set its properties: then it begins with them, or when it is called late.
   */
  begun(isLate?: boolean): Connector;
  /** Something new is about to begin: what was only left standing of the last end goes, where the page has configured otherwise since. */
  anew(): void;
  stop(): void;
}

export function createLife(around: Around): Life {
  let connector: Connector | null = null;
  let working: Connector | null = null;
  let made: Configuration = {};
  let seen: Configuration = {};
  let running = false;
  let isLate: boolean | undefined;
  let seq = 0;
  let end = (): void => {};

  function make(wanted: Configuration): Connector {
    let live = true;
    const mine = wiring.connect({
      ...wanted,
      dispatch: (event) => void (live && around.dispatch(event)),
      onStep: (step) => void (live && around.onStep(step)),
      isWatched: () => live && around.isWatched(),
      nextSeq: () => (seq += 1),
    });
    mine.subscribe(() => live && around.onState());
    end = () => {
      // What it was doing is told as given up; after that, which may be when the listener that is called just now is done, it has no voice here.
      mine.abandon();
      queueMicrotask(() => (live = false));
    };
    return mine;
  }

  function current(): Connector {
    const wanted = around.configuration();
    const isNews = !isSame(wanted, seen);
    seen = wanted;
    if (!connector || !isSame(wanted, made, goesOn(connector.state, isNews) ? foundations : undefined)) {
      // The former ends when this one stands: a listener that hears of it may call us again.
      const former = end;
      connector = make(wanted);
      made = wanted;
      former();
    }
    if (running && working !== connector && (isLate || wanted.clientId || wanted.platform !== 'sweatstack')) {
      working = connector;
      connector.start();
    }
    return connector;
  }

  /** A session or an attempt goes on with what it began with; and what is said of its end is left standing, unless the page wants something else just now. */
  const goesOn = (state: State, isNews: boolean): boolean =>
    !!(state.account ?? aimOf(state)) || (!isNews && (state.phase === 'failed' || (state.phase === 'choosing' && !!state.notice)));

  return {
    get state() {
      return connector?.state ?? initial;
    },
    connector: current,
    begun(late) {
      running = true;
      isLate = late;
      return current();
    },
    anew() {
      seen = {};
    },
    stop() {
      running = false;
      working = null;
      connector?.stop();
    },
  };
}
