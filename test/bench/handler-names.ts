/** What the rows about a thousand users are called: test/bench/handler.ts measures them, test/bench/scale.ts reckons with them. */

export const users = 1000;

/** At rest: connected, and the history is done. */
export type State = 'rest' | 'import';

export const crowdName = (state: State, withRedis: boolean): string => `1,000 users ${state === 'rest' ? 'at rest' : 'whose histories come in'}${withRedis ? ', with Redis' : ''}`;

/** Name and unit of each. */
export const qualities = {
  work: ['work', '% of a core'],
  asked: ['requests to Open Wearables', 'a second'],
  heapKb: ['heap for each', 'KB'],
  processKb: ['memory of the process for each', 'KB'],
  bytes: ['to the browser of each', 'bytes a second'],
  pieces: ['writes to the browser of each', 'a second'],
} as const;

/** Where there is one. */
export const redisQualities = {
  redisCommands: ['commands of Redis for each', 'a second'],
  redisWork: ['work of Redis', '% of a core'],
  redisKb: ['memory of Redis for each', 'KB'],
} as const;

export type Quality = keyof typeof qualities;
export type RedisQuality = keyof typeof redisQualities;

export const rowName = (state: State, withRedis: boolean, quality: Quality | RedisQuality): string => `${crowdName(state, withRedis)}: ${{ ...qualities, ...redisQualities }[quality][0]}`;

/** What has to be there before anything is reckoned, by state: each with Redis, as the page recommends it. */
export const needed = (state: State): readonly string[] => [...Object.keys(qualities), ...Object.keys(redisQualities)].map((quality) => rowName(state, true, quality as Quality | RedisQuality));
export const furtherTab = '1,000 listeners, 50 a user: memory of the process for each';
