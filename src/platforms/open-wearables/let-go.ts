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
    return since === undefined || (isOngoing(one) && (!since || (asked > since && letGo.delete(one.source))));
  });
