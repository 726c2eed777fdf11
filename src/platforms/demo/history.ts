/** Five years of history, coming in at the pace of a scenario. */
import type { Progress } from '../../core/nouns.js';
import { instant } from './catalogue.js';
import type { Pace } from './scenarios.js';

/** One piece of news, and how long it is waited for. */
export interface News {
  readonly afterMs: number;
  /** How much of the five years is here; null while there is nothing. */
  readonly reached: number | null;
  readonly live: boolean;
}

const fiveYears = 5 * 365.25 * 86_400_000;
const inAll = 1_184;
/** Often enough to look alive, and not so often that nobody could read it. */
const newsEveryMs = 750;
const most = 48;
const brokenMs = 4_000;

/** Never at an even pace: some months are full and others empty. It only ever moves back in time. */
export function newsOf({ firstMs, restMs, reaches, breaks }: Pace): readonly News[] {
  if (!reaches) return [{ afterMs: firstMs, reached: null, live: true }];
  const many = Math.min(most, Math.round(restMs / newsEveryMs));
  const reached = (step: number): number => reaches * (step === many ? 1 : (step + 1 + Math.sin(step * 2.4) / 3) / (many + 1.5));
  const news = Array.from({ length: many + 1 }, (_, step): News => ({ afterMs: step ? restMs / many : firstMs, reached: reached(step), live: true }));
  const half = Math.round(many / 2);
  const lost = news[half];
  if (breaks && lost) news.splice(half + 1, 0, { ...lost, live: false }, { ...lost, afterMs: brokenMs });
  return news;
}

export const progressAt = (source: string | null, { reached, live }: Omit<News, 'afterMs'>, began: number, stage: Progress['stage']): Progress => ({
  source,
  stage,
  ratio: reached,
  loadedUntil: reached === null ? null : instant(began - reached * fiveYears),
  items: reached === null ? null : Math.round(reached * inAll),
  live,
});
