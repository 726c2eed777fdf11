/**
 * What this visitor let go of, in this tab or in another one: Open Wearables keeps the row as revoked, and nobody is asked to mend
 * what they have ended themselves. That is so until it is connected again, which may happen anywhere.
 */
import type { Connection } from '../../core/nouns.js';

export type LetGo = ReturnType<typeof createLetGo>;

export function createLetGo() {
  /** Answers come in any order, and clocks go by leaps: what was asked and what was done are counted. */
  let moment = 0;
  /** By source, the moment since which it is gone; null while the handler is still being asked to. */
  const gone = new Map<string, number | null>();

  /** An old list may still have it; what has it though it was asked for later says that it is connected again. */
  function isThere({ source, status }: Connection, asked: number): boolean {
    const since = gone.get(source);
    if (since === undefined) return true;
    if (status === 'revoked' || (since !== null && asked < since)) return false;
    if (since !== null) gone.delete(source);
    return true;
  }

  return {
    now: (): number => ++moment,
    /** The stream may tell sooner than the answer comes. */
    begins: (source: string) => void gone.set(source, null),
    done: (source: string) => void gone.set(source, ++moment),
    /** It was not let go, or is connected again. */
    isBack: (source: string) => void gone.delete(source),
    /** Whether that is news here. What this tab is about to do itself it tells itself. */
    heard(source: string): boolean {
      const isNews = !gone.has(source);
      if (gone.get(source) !== null) gone.set(source, ++moment);
      return isNews;
    },
    /** What is there, by a list that was asked for at that moment. */
    left: (list: readonly Connection[], asked: number): readonly Connection[] => list.filter((one) => isThere(one, asked)),
    /** Whether a list of no known age has what should be gone: it is old, or that is connected again. */
    doubts: (list: readonly Connection[]): boolean => list.some(({ source, status }) => status !== 'revoked' && typeof gone.get(source) === 'number'),
    clear: () => gone.clear(),
  };
}
