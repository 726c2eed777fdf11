/** Where on the line each year begins. The line ends today and begins where the history does, as far as anybody can know. */
import type { Progress } from '../core/nouns.js';

export interface Mark {
  /** 0: as far back as the line goes. 1: today. */
  readonly at: number;
  readonly year: number;
  /** Whether there is room to say which year it is. */
  readonly isNamed: boolean;
}

const dayMs = 86_400_000;

/**
 * A fraction and the earliest day together say how long the whole is. Without the one or the other nobody knows how far back the
 * history reaches, and a scale would be made up: then there are no marks. There is room for so many names.
 */
export function marksOf(progress: Progress | null, now: number, mostNames: number): readonly Mark[] {
  const loaded = now - Date.parse(progress?.loadedUntil ?? '');
  const span = loaded / (progress?.ratio ?? 0);
  if (!(loaded > dayMs && span < 100 * 366 * dayMs)) return [];
  const yearOf = (time: number): number => new Date(time).getUTCFullYear();
  const last = yearOf(now);
  const count = last - yearOf(now - span);
  return Array.from({ length: count }, (_, back): Mark => {
    const year = last - back;
    const at = 1 - (now - Date.UTC(year, 0)) / span;
    return { at, year, isNamed: back % Math.ceil(count / Math.max(1, mostNames)) === 0 && at > 0.05 && at < 0.95 };
  });
}
