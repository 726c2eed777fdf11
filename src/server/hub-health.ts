import { ConnectError } from '../core/errors.js';

/** Of the hub as a whole, not of each user: said once each time that it goes. What its client said is left out, for it may be anything. */
export interface Health {
  lost(): void;
  back(): void;
}

/** One that comes and goes is not told of each time. */
const leastBetweenMs = 60_000;

export function createHealth(now: () => number, say: (error: ConnectError) => void): Health {
  let lost = false;
  let saidAt = -Infinity;
  return {
    lost() {
      if (lost) return;
      lost = true;
      if (now() - saidAt < leastBetweenMs) return;
      saidAt = now();
      say(new ConnectError('network', 'The hub does not answer: until it does, this instance goes on alone, with pollers of its own. Look at the Redis client that redisHub was given.'));
    },
    back: () => void (lost = false),
  };
}
