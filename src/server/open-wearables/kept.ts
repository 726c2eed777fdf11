import type { Clock } from '../../sync/clock.js';

/** Long enough for a visit, short enough that what was changed there is found out. */
const keptMs = 600_000;
const mostKept = 10_000;

/** Who asks at the same time shares one answer. One that fails is not kept. */
export type Kept<T> = (key: string, ask: () => Promise<T>) => Promise<T>;

/** Answers of Open Wearables, each for a while. */
export function createKept<T>(clock: Clock): Kept<T> {
  const all = new Map<string, { readonly answer: Promise<T>; readonly at: number }>();
  return (key, ask) => {
    const kept = all.get(key);
    if (kept && clock.now() - kept.at < keptMs) return kept.answer;
    const answer = ask();
    all.delete(key);
    all.set(key, { answer, at: clock.now() });
    const [eldest] = all.keys();
    if (all.size > mostKept && eldest !== undefined) all.delete(eldest);
    answer.catch(() => {
      if (all.get(key)?.answer === answer) all.delete(key);
    });
    return answer;
  };
}
