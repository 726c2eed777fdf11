import { expect } from '@open-wc/testing';
import { followStream } from '../../src/sync/follow.js';
import type { FollowEvent, FollowOptions } from '../../src/sync/follow.js';
import { createLineSplitter } from '../../src/sync/lines.js';
import { createWake } from '../../src/sync/wakeful.js';
import { countListeners } from './count-listeners.js';
import { createFakeClock, settled } from './fake-clock.js';
import { createFakePage } from './fake-page.js';
import type { FakeStream } from './fake-stream.js';

export type Answer = Response | FakeStream | Error | 'silence';

export const answer = (status: number, headers: Record<string, string> = {}): Response => new Response(null, { status, headers });
export const lines = (events: readonly FollowEvent<string>[]): string[] => events.flatMap((event) => (event.type === 'piece' ? [event.piece] : []));
export const lives = (events: readonly FollowEvent<string>[]): boolean[] => events.flatMap((event) => (event.type === 'live' ? [event.live] : []));

/** A platform that gives its answers in turn, then is silent; and everything that could be left behind. */
export function follow(answers: readonly Answer[], options: Partial<FollowOptions<string>> = {}) {
  const clock = createFakeClock();
  const page = createFakePage();
  const controller = new AbortController();
  const listeners = countListeners(controller.signal);
  const queue = [...answers];
  const began = clock.now();
  const connects: number[] = [];
  const events: FollowEvent<string>[] = [];
  const open = new Set<AbortSignal>();

  const events$ = followStream({
    cutter: createLineSplitter,
    open: (signal) => {
      connects.push(clock.now() - began);
      open.add(signal);
      const next = queue.shift() ?? 'silence';
      if (next instanceof Error) return Promise.reject(next);
      if (next instanceof Response) return Promise.resolve(next);
      if (next !== 'silence') return Promise.resolve(new Response(next.body));
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    },
    signal: controller.signal,
    clock,
    random: () => 0.5,
    wake: createWake({ clock, page, random: () => 0.5 }),
    ...options,
  });
  const done = (async (): Promise<unknown> => {
    try {
      for await (const event of events$) events.push(event);
      return 'ended';
    } catch (error) {
      return error;
    }
  })();
  return {
    clock,
    page,
    controller,
    connects,
    events,
    done,
    /** Those on the signal that was handed in. */
    get listeners() {
      return listeners.count;
    },
    /** Timers, listeners and requests that still exist. */
    get left() {
      return clock.pending + page.listeners + [...open].filter((signal) => !signal.aborted).length;
    },
    /** Ends it, and holds that nothing of it is left. */
    async over(expected: unknown = 'ended') {
      controller.abort('paused');
      expect(await done).to.equal(expected);
      await settled();
      expect(this.left).to.equal(0);
    },
  };
}
