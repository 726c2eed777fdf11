import { expect } from '@open-wc/testing';
import { ConnectError } from '../../../src/core/errors.js';
import type { Connection, Progress } from '../../../src/core/nouns.js';
import type { SyncUpdate } from '../../../src/core/platform.js';
import { accountStatusFrom } from '../../../src/core/account.js';
import { connectionsFrom } from '../../../src/core/derived.js';
import { followBackfill } from '../../../src/platforms/sweatstack/backfill.js';
import type { BackfillOptions } from '../../../src/platforms/sweatstack/backfill.js';
import { createWake } from '../../../src/sync/wakeful.js';
import type { Page } from '../../../src/sync/wakeful.js';
import { createFakeClock, settled } from '../../sync/fake-clock.js';
import { countListeners } from '../../sync/count-listeners.js';
import { createFakeStream } from '../../sync/fake-stream.js';
import type { FakeStream } from '../../sync/fake-stream.js';
import { statusOf } from './stub-server.js';

const source = { id: 'wahoo', name: 'Wahoo' };
export const line = (daysAgo: number, now: number): string => `{"backfill_loaded_until": "${new Date(now - daysAgo * 86_400_000).toISOString().replace('Z', '')}"}\n`;

/** A history that is followed by hand: its streams, its account, its clock, and its page where one is given. */
export function follow({ status = 'syncing', issue = null, page, ...more }: Partial<Omit<BackfillOptions, 'status'>> & { status?: string | null; issue?: unknown; page?: Page } = {}) {
  const clock = createFakeClock();
  const controller = new AbortController();
  const listeners = countListeners(controller.signal);
  const streams: FakeStream[] = [];
  const account = { history: status, asked: 0, held: Promise.resolve() };
  const updates: SyncUpdate[] = [];
  const told = followBackfill(
    {
      source: source.id,
      open: () => {
        const stream = createFakeStream();
        streams.push(stream);
        return Promise.resolve(new Response(stream.body));
      },
      status: async () => {
        account.asked++;
        await account.held;
        if (account.history === null) throw new ConnectError('platform_error', 'No such page.');
        return accountStatusFrom(statusOf(account.history, issue));
      },
      connectionsFrom: (known) => connectionsFrom([source], known),
      renew: () => Promise.resolve(),
      step: () => null,
      clock,
      ...(page && { wake: createWake({ clock, page }) }),
      ...more,
    },
    controller.signal,
  );
  const done = (async (): Promise<unknown> => {
    try {
      for await (const update of told) updates.push(update);
      return 'ended';
    } catch (error) {
      return error;
    }
  })();
  return {
    ...{ clock, controller, streams, account, updates, done },
    stream: () => streams[streams.length - 1] as FakeStream,
    /** The server's routine. */
    close() {
      this.stream().close();
      streams.pop();
    },
    progress: (): Progress[] => updates.flatMap((update) => (update.type === 'progress' ? [update.progress] : [])),
    connections: (): Connection | undefined => updates.flatMap((update) => (update.type === 'connections' ? [update.connections] : [])).at(-1)?.[0],
    outcome: () => updates.flatMap((update) => (update.type === 'finished' ? [update.outcome] : [])),
    /** It has ended, so, and left nothing. */
    async over(outcome: string) {
      expect(await done).to.equal('ended');
      expect(this.outcome()).to.deep.equal([outcome]);
      expect(updates.at(-1), 'nothing comes after it').to.have.property('type', 'finished');
      expect(this.progress().at(-1)).to.include({ stage: 'done', live: true });
      await this.clean();
    },
    async clean() {
      await settled();
      expect(clock.pending, 'timers').to.equal(0);
      expect(listeners.count, 'listeners').to.equal(0);
      expect(streams.every(({ cancelled }) => cancelled), 'streams').to.equal(true);
    },
  };
}

/** The page of a test may lie behind another one, and a page that is hidden for a minute lets go of its stream. */
export function stayVisible(): void {
  before(() => Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'visible' }));
  after(() => Reflect.deleteProperty(document, 'visibilityState'));
}
