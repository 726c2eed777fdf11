import { expect } from '@open-wc/testing';
import { settled } from '../../sync/fake-clock.js';
import { follow, line, stayVisible } from './backfill-rig.js';

describe('platforms/sweatstack/backfill, its ends: the history', () => {
  stayVisible();

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

    it('when the account says so only later: it is asked about every ten seconds while nothing moves', async () => {
      const run = follow();
      await settled();
      run.stream().send(line(100, run.clock.now()));
      for (let second = 0; second < 30; second++) {
        await run.clock.advance(1000);
        run.stream().send(line(100, run.clock.now() + 60_000));
        await settled();
      }
      expect(run.account.asked).to.equal(3);
      run.account.history = 'ready';
      await run.clock.advance(10_000);
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

    it('when the account says so, also where the stream cannot be opened at all', async () => {
      const run = follow({ open: () => Promise.reject(new TypeError('Failed to fetch')) });
      await run.clock.advance(60_000);
      expect([run.account.asked, run.outcome()]).to.deep.equal([6, []]);
      run.account.history = 'ready';
      await run.clock.advance(12_000);
      await run.over('success');
      await run.clean();
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
        const { ratio } = run.progress().at(-1) ?? {};
        await run.over('partial');
        expect(run.progress().at(-1), 'it claims no more than was there').to.include({ ratio });
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

    it('after ten minutes, however silent the stream and however deaf the account [F20]', async () => {
      const run = follow({ status: null, open: (life) => new Promise((_, reject) => life.addEventListener('abort', () => reject(life.reason as Error))) });
      await run.clock.advance(601_000);
      await run.over('unknown');
    });

    it('after ten minutes of heartbeats: they keep the line open, and are no news [F20]', async () => {
      const run = follow({ status: null });
      await settled();
      for (let beat = 0; beat < 40; beat++) {
        expect(run.outcome(), `beat ${beat}`).to.deep.equal([]);
        run.stream().send(': beat\n\n');
        await run.clock.advance(15_000);
      }
      await run.clock.advance(3000);
      await run.over('unknown');
      expect(run.streams.length, 'one connection').to.equal(1);
    });

    it('not because nothing moved in less than half a minute', async () => {
      const run = follow({ status: null });
      for (const ms of [29_999, 30_000]) {
        await settled();
        expect(run.outcome()).to.deep.equal([]);
        run.stream().send('{"backfill_loaded_until": null}\n');
        await run.clock.advance(ms);
        run.close();
        await run.clock.advance(1000);
      }
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

  it('counts no time that was slept through, by the page or the whole computer', async () => {
    let visible = 'visible';
    const turn = (to: string): void => {
      visible = to;
      document.dispatchEvent(new Event('visibilitychange'));
    };
    const usual = Object.getOwnPropertyDescriptor(document, 'visibilityState') as PropertyDescriptor;
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visible });
    try {
      const run = follow();
      await settled();
      run.stream().send(line(100, run.clock.now()));
      await run.clock.advance(1_000);
      turn('hidden');
      await run.clock.advance(3_600_000);
      expect(run.outcome()).to.deep.equal([]);
      run.account.history = 'ready';
      turn('visible');
      await run.clock.advance(15_000);
      expect(run.outcome()).to.deep.equal(['success']);
      await run.done;
      await run.clean();
    } finally {
      Object.defineProperty(document, 'visibilityState', usual);
    }
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
});
