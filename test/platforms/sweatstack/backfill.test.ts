import { expect } from '@open-wc/testing';
import { ConnectError } from '../../../src/core/errors.js';
import type { Connection, Progress } from '../../../src/core/nouns.js';
import type { Step, SyncUpdate } from '../../../src/core/platform.js';
import { accountStatusFrom, connectionsFrom } from '../../../src/platforms/sweatstack/account.js';
import { followBackfill } from '../../../src/platforms/sweatstack/backfill.js';
import type { BackfillOptions } from '../../../src/platforms/sweatstack/backfill.js';
import { createFakeClock, settled } from '../../sync/fake-clock.js';
import { countListeners } from '../../sync/count-listeners.js';
import { createFakeStream } from '../../sync/fake-stream.js';
import type { FakeStream } from '../../sync/fake-stream.js';
import { statusOf } from './stub-server.js';

const source = { id: 'wahoo', name: 'Wahoo' };
const line = (daysAgo: number, now: number): string => `{"backfill_loaded_until": "${new Date(now - daysAgo * 86_400_000).toISOString().replace('Z', '')}"}\n`;

/** A history that is followed by hand: its streams, its account, its clock. */
function follow({ status = 'syncing', issue = null, ...more }: Partial<Omit<BackfillOptions, 'status'>> & { status?: string | null; issue?: unknown } = {}) {
  const clock = createFakeClock();
  const controller = new AbortController();
  const listeners = countListeners(controller.signal);
  const streams: FakeStream[] = [];
  const account = { history: status, asked: 0 };
  const updates: SyncUpdate[] = [];
  const told = followBackfill(
    {
      source: source.id,
      open: () => {
        const stream = createFakeStream();
        streams.push(stream);
        return Promise.resolve(new Response(stream.body));
      },
      status: () => {
        account.asked++;
        return account.history === null ? Promise.reject(new ConnectError('platform_error', 'No such page.')) : Promise.resolve(accountStatusFrom(statusOf(account.history, issue)));
      },
      connectionsFrom: (known) => connectionsFrom([source], known),
      renew: () => Promise.resolve(),
      step: () => null,
      clock,
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

describe('platforms/sweatstack/backfill', () => {
  // The page of a test may lie behind another one, and a page that is hidden for a minute lets go of its stream.
  before(() => Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'visible' }));
  after(() => Reflect.deleteProperty(document, 'visibilityState'));

  it('shows the earliest day going back, and its share of five years', async () => {
    const run = follow();
    await settled();
    const now = run.clock.now();
    for (const days of [1, 365.25, 3 * 365.25]) {
      run.stream().send('\n', line(days, now));
      await settled();
    }
    expect(run.progress().map(({ stage, ratio, source: from, live }) => [stage, ratio && Math.round(ratio * 100), from, live])).to.deep.equal([['fetching', 0, 'wahoo', true], ['fetching', 20, 'wahoo', true], ['fetching', 60, 'wahoo', true]]);
    run.controller.abort('paused');
    expect(await run.done).to.equal('paused');
    await run.clean();
  });

  describe('is in', () => {
    it('when the account says ready: after the first line', async () => {
      const run = follow({ status: 'ready' });
      await settled();
      run.stream().send('{"backfill_loaded_until": null}\n');
      await run.over('success');
      expect(run.connections()).to.include({ history: 'ready' });
    });

    it('when the account says ready: after three seconds without a line', async () => {
      const run = follow({ status: 'ready' });
      await run.clock.advance(2999);
      expect(run.outcome()).to.deep.equal([]);
      await run.clock.advance(1);
      await run.over('success');
    });

    it('when the account says so only later: it is asked every ten seconds while nothing moves', async () => {
      const run = follow();
      await settled();
      run.stream().send(line(100, run.clock.now()));
      for (let second = 0; second < 30; second++) {
        await run.clock.advance(1000);
        run.stream().send(line(100, run.clock.now() + 60_000));
        await settled();
      }
      expect(run.account.asked).to.equal(4);
      run.account.history = 'ready';
      await run.clock.advance(10_000);
      run.stream().send('{"backfill_loaded_until": null}\n');
      await run.over('success');
    });

    it('five years back, also where the account cannot say anything', async () => {
      for (const status of [null, 'unknown', 'syncing']) {
        const run = follow({ status });
        await settled();
        run.stream().send(line(5 * 365.25 - 1, run.clock.now()));
        await run.over('success');
        expect(run.connections(), 'what is here is here').to.include({ history: 'ready' });
      }
    });
  });

  describe('is in part', () => {
    for (const status of ['unavailable', 'action_required'])
      it(`where the account says ${status} and nothing moves over a whole connection`, async () => {
        const run = follow({ status, issue: { message: 'Garmin keeps its history.' } });
        await settled();
        run.stream().send(line(30, run.clock.now()));
        await run.clock.advance(60_000);
        run.close();
        await run.clock.advance(1000);
        expect(run.outcome(), 'it had moved').to.deep.equal([]);
        run.stream().send('{"backfill_loaded_until": null}\n');
        await run.clock.advance(60_000);
        run.close();
        await run.over('partial');
        expect(run.connections()).to.include({ history: status, message: 'Garmin keeps its history.' });
      });

    it('where there is no stream to read (204)', async () => {
      const run = follow({ status: 'unavailable', open: () => Promise.resolve(new Response(null, { status: 204 })) });
      await run.over('partial');
    });
  });

  describe('is unknown', () => {
    it('after ten minutes without news, not sooner', async () => {
      const run = follow();
      await settled();
      run.stream().send(line(30, run.clock.now()));
      for (let minute = 0; minute < 10; minute++) {
        expect(run.outcome(), `minute ${minute}`).to.deep.equal([]);
        await run.clock.advance(59_000);
        run.close();
        await run.clock.advance(1000);
      }
      await run.over('unknown');
    });

    it('after ten minutes, however silent the stream and however deaf the account', async () => {
      const run = follow({ status: null, open: (life) => new Promise((_, reject) => life.addEventListener('abort', () => reject(life.reason as Error))) });
      await run.clock.advance(601_000);
      await run.over('unknown');
    });

    it('where nobody can say, and nothing moves over a whole connection', async () => {
      const run = follow({ status: null });
      await settled();
      run.stream().send('{"backfill_loaded_until": null}\n');
      await run.clock.advance(60_000);
      run.close();
      await run.over('unknown');
    });
  });

  it('counts ten minutes from the last news, not from the beginning', async () => {
    const run = follow();
    for (let minute = 1; minute <= 30; minute++) {
      await settled();
      run.stream().send(line(minute, run.clock.now()));
      await run.clock.advance(59_000);
      run.close();
      await run.clock.advance(1000);
    }
    expect([run.outcome(), run.progress().length]).to.deep.equal([[], 30]);
    run.controller.abort();
    await run.done;
    await run.clean();
  });

  it('is given up after five errors in a row, not before', async () => {
    const run = follow();
    await settled();
    for (const text of ['{"error": "x"}\n'.repeat(4), line(10, run.clock.now()), '{"error": "x"}\n'.repeat(4)]) run.stream().send(text);
    await settled();
    run.stream().send('{"error": "canary"}\n');
    const error = await run.done;
    expect(error).to.be.instanceOf(ConnectError);
    expect(error).to.include({ code: 'sync_failed' });
    await run.clean();
  });

  it('says that it is reconnecting, and that it is back', async () => {
    const run = follow();
    await settled();
    run.stream().send(line(30, run.clock.now()));
    await settled();
    run.stream().fail();
    await settled();
    expect(run.progress().at(-1)).to.include({ live: false, stage: 'fetching' });
    await run.clock.advance(2000);
    run.stream().send('\n');
    await settled();
    expect(run.progress().at(-1)).to.include({ live: true, stage: 'fetching' });
    run.controller.abort();
    await run.done;
  });

  it('renews once where the token has run out, and ends where that is refused', async () => {
    for (const works of [true, false]) {
      let renewals = 0;
      let opened = 0;
      const run = follow({
        open: () => Promise.resolve(opened++ ? new Response(createFakeStream().body) : new Response(null, { status: 401 })),
        renew: () => (renewals++, works ? Promise.resolve() : Promise.reject(new ConnectError('session_expired', 'No refresh token.'))),
      });
      await run.clock.advance(1000);
      expect([renewals, opened]).to.deep.equal([1, works ? 2 : 1]);
      if (works) run.controller.abort();
      else expect(await run.done).to.include({ code: 'session_expired' });
    }
  });

  it('ends in sync_failed on 403', async () => {
    const run = follow({ open: () => Promise.resolve(new Response(null, { status: 403 })) });
    expect(await run.done).to.include({ code: 'sync_failed' });
    await run.clean();
  });

  it('shows whoever looks on each line, cut short; and from the moment they look', async () => {
    const steps: Step[] = [];
    let watching = false;
    const run = follow({ step: () => (watching ? (step) => steps.push(step) : null) });
    await settled();
    run.stream().send('{"unseen": 1}\n');
    await settled();
    watching = true;
    run.stream().send(`${'x'.repeat(500)}\n`);
    await settled();
    expect(steps.map((step) => (step.kind === 'line' ? step.text.length : step.kind))).to.deep.equal([200]);
    run.controller.abort();
    await run.done;
  });

  it('begins nothing when it is over before it begins', async () => {
    const controller = new AbortController();
    controller.abort('paused');
    const told = followBackfill({ source: null, open: () => { throw new Error('It was opened.'); }, status: () => Promise.resolve(null), connectionsFrom: () => [], renew: () => Promise.resolve(), step: () => null, clock: createFakeClock() }, controller.signal);
    expect(await told.next().catch((error: unknown) => error)).to.equal('paused');
  });
});
