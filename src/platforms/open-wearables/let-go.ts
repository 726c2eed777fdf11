/**
 * What this visitor let go of, in this tab or in another one: Open Wearables keeps the row as revoked, and nobody is asked to mend
 * what they have ended themselves. That is so until it is connected again, which may happen anywhere.
 */
import type { Connection } from '../../core/nouns.js';

/**
 * By source, the moment since which it is gone; 0 while the handler is still being asked to, since a list may tell sooner than that
 * answer comes. Answers come in any order, and clocks go by leaps: moments are counted.
 */
export type LetGo = Map<string, number>;

/** What was ended stays in the list. */
export const isOngoing = ({ status }: Connection): boolean => status !== 'revoked';

/** What is there, by a list that was asked for at that moment. What has a source though it was asked for later says that it is connected again. */
export const leftOf = (list: readonly Connection[], letGo: LetGo, asked: number): readonly Connection[] =>
  list.filter((one) => {
    const since = letGo.get(one.source);
    if (since && asked > since && isOngoing(one)) letGo.delete(one.source);
    return !letGo.has(one.source) || (!since && isOngoing(one));
  });

/** Whether a list of no known age has what should be gone: it is old, or that is connected again. */
export const isDoubtful = (list: readonly Connection[], letGo: LetGo): boolean => list.some((one) => isOngoing(one) && letGo.get(one.source));
