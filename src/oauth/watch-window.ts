import type { Sight } from '../core/platform.js';

const lookEveryMs = 150;
const mailGraceMs = 400;
/** The focus may come shortly before the loss of the window is seen, or, on a busy machine, a while after it. */
const focusEarlyMs = 600;
const focusLateMs = 1200;
const closedGraceMs = 900;

/**
 * Tells what can honestly be told of a window. `closed` turns true when it is closed, but also when any page in it sends a
 * COOP header (HTML 7.1.3), while the visitor is still signing in. A real close gives the focus back to this page; a cut does
 * not. Only both witnesses together are a verdict, and only where the window was seen on another origin before; or where it
 * never leaves ours, and so cannot be cut.
 */
export function watchWindow(handle: Window, signal: AbortSignal, onSight: (sight: Sight) => void, wasAway = false): void {
  let focusedAt = -Infinity;
  let goneAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const noteFocus = (): void => {
    if (document.visibilityState === 'visible') focusedAt = performance.now();
  };
  addEventListener('focus', noteFocus, { signal });
  document.addEventListener('visibilitychange', noteFocus, { signal });
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  const after = (ms: number, act: () => void): void => {
    timer = setTimeout(() => !signal.aborted && act(), ms);
  };

  const look = (): void => {
    if (handle.closed) {
      goneAt = performance.now();
      return after(mailGraceMs, judge);
    }
    wasAway ||= isElsewhere(handle);
    after(lookEveryMs, look);
  };
  const judge = (): void => {
    const isBack = document.hasFocus() || focusedAt > goneAt - focusEarlyMs;
    if (wasAway && isBack) after(closedGraceMs, () => onSight('closed'));
    else if (wasAway && performance.now() - goneAt < focusLateMs) after(lookEveryMs, judge);
    else onSight('lost');
  };
  look();
}

/** Only a page of another origin refuses to say where it is. */
function isElsewhere(handle: Window): boolean {
  try {
    return handle.location.href === undefined;
  } catch {
    return true;
  }
}
