/** The pretend sign-in: what the scenario does with it, in a window only where the page wants to show one. */
import { ConnectError, wasPaused } from '../../core/errors.js';
import type { AuthorizeOptions, Show } from '../../core/platform.js';
import { watchWindow } from '../../oauth/watch-window.js';
import { openWindow } from '../../oauth/window.js';
import { within } from '../../sync/clock.js';
import { showPage } from './page.js';
import type { Page } from './page.js';
import type { Scenario } from './scenarios.js';

export type Answer = 'yes' | 'no';
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

interface Visit {
  handle: Window | null;
  /** Whether the browser, as the scenario has it, refuses. */
  blocked: boolean;
  answer: Answer | null;
  /** Tells whoever listens that there is an answer. */
  tell: () => void;
}

export interface SignInOptions {
  readonly acts: Scenario['window'];
  readonly opens: boolean;
  /** With `popup` a blocked window is an error; else the visitor is offered this tab. */
  readonly popupOnly: boolean;
  readonly pause: Pause;
  readonly onOpened: () => void;
}

/** How long a visitor takes who is only pretended, and what happens without one. */
const visitorMs = 2_000;
const cutMs = 1_200;
const lateMs = 3_500;

const said = {
  denies: 'In a moment this window says “Not now”, as a visitor might.',
  closes: 'In a moment this window closes, as a visitor might close it.',
  late: 'In a moment this window closes. The page gives up on it, and the answer comes after all.',
} as const;

/** Whether the scenario acts in the window, and not whoever sits before it. */
const scripted = (acts: Scenario['window']): acts is keyof typeof said => acts !== undefined && acts in said;

export function createSignIn({ acts, opens, popupOnly, pause, onOpened }: SignInOptions) {
  const visits = new Map<string, Visit>();
  /** Tried again, the window is let through: as after a visitor has allowed it. */
  const refused = new Set<string>();
  let opened = 0;

  function open(visit: Visit, attempt: string, name: string): void {
    visit.handle = opens ? openWindow('', `wc-demo-${attempt}-${++opened}`) : null;
    if (!visit.handle) return;
    showPage(visit.handle as Window & typeof globalThis, pageFor(visit, name));
    onOpened();
  }

  function pageFor(visit: Visit, name: string): Page {
    const answer = (how: Answer) => () => {
      visit.answer = how;
      visit.handle?.close();
      visit.tell();
    };
    const title = `Share your ${name} activities with ${location.host || 'this page'}?`;
    if (scripted(acts)) return { title, text: said[acts], buttons: {} };
    return { title, text: 'They would see what you record from now on, and the last five years.', buttons: { Allow: answer('yes'), 'Not now': answer('no') } };
  }

  function begin({ attempt, way }: AuthorizeOptions, name: string): Visit {
    const visit: Visit = { handle: null, blocked: acts === 'blocked' && way === 'popup' && !refused.has(attempt), answer: null, tell: () => {} };
    if (visit.blocked && popupOnly) throw new ConnectError('popup_blocked', 'The demo’s browser refused to open the window.');
    if (visit.blocked) refused.add(attempt);
    // Before anything is awaited: it is the click that may open a window.
    else if (way === 'popup') open(visit, attempt, name);
    visits.set(attempt, visit);
    return visit;
  }

  function end(attempt: string, visit: Visit): void {
    visit.handle?.close();
    // Tried again, the same attempt has a fresh window.
    if (visits.get(attempt) === visit) visits.delete(attempt);
  }

  /** Opens in the caller's task; resolves with what the visitor said, or the scenario for them. */
  async function authorize(name: string, options: AuthorizeOptions): Promise<Answer> {
    const { attempt, signal } = options;
    const visit = options.way === 'resume' ? visits.get(attempt) : begin(options, name);
    if (!visit) throw new ConnectError('timeout', 'This attempt is no longer known here.');
    try {
      return await listen(visit, options, name);
    } finally {
      if (!wasPaused(signal)) end(attempt, visit);
    }
  }

  function listen(visit: Visit, { attempt, signal, onSight }: AuthorizeOptions, name: string): Promise<Answer> {
    const life = within(signal);
    let watching = within(life.signal);
    return new Promise<Answer>((resolve, reject) => {
      const gone = (): void => reject(new ConnectError('timeout', 'The window was closed: no answer can come from it.'));
      const watch = (): void => {
        watching.abort();
        watching = within(life.signal);
        if (!visit.handle) return;
        // What stands in the window is moved by this page, and can do nothing without it.
        addEventListener('pagehide', () => visit.handle?.close(), { signal: watching.signal });
        // Cut off, it could not be watched.
        if (acts === 'cut') return;
        watchWindow(visit.handle, watching.signal, (sight) => {
          onSight(sight, show);
          if (sight === 'closed') gone();
        }, true);
      };
      const show: Show = () => {
        if (visit.blocked || visit.handle?.closed) open(visit, attempt, name);
        else visit.handle?.focus();
        if (visit.blocked) {
          visit.blocked = false;
          play().catch(reject);
        } else if (visit.handle) {
          onSight('open', show);
          watch();
        }
      };
      /** What happens by itself. */
      const play = async (): Promise<void> => {
        if (visit.blocked) return onSight('blocked', show);
        onSight('open', show);
        watch();
        if (acts === 'cut') {
          await pause(cutMs, life.signal);
          onSight('lost', show);
        }
        // Whoever is at a window answers in their own time.
        if (visit.handle && !scripted(acts)) return;
        await pause(visitorMs, life.signal);
        if (acts === 'closes' || acts === 'late') {
          watching.abort();
          visit.handle?.close();
          onSight('closed', show);
        }
        if (acts === 'closes') return gone();
        if (acts === 'late') await pause(lateMs, life.signal);
        resolve(acts === 'denies' ? 'no' : 'yes');
      };
      visit.tell = () => {
        if (visit.answer) resolve(visit.answer);
      };
      life.signal.addEventListener('abort', () => reject(life.signal.reason));
      if (signal.aborted) reject(signal.reason);
      else if (visit.answer) resolve(visit.answer);
      else play().catch(reject);
    }).finally(() => life.abort());
  }

  return { authorize };
}
