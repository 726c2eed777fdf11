import { expect } from '@open-wc/testing';
import { ConnectError } from '../../../src/core/errors.js';
import type { Step } from '../../../src/core/platform.js';
import { followBackfill } from '../../../src/platforms/sweatstack/backfill.js';
import { createFakeClock, settled } from '../../sync/fake-clock.js';
import { createFakePage } from '../../sync/fake-page.js';
import { createFakeStream } from '../../sync/fake-stream.js';
import { follow, line, stayVisible } from './backfill-rig.js';

describe('platforms/sweatstack/backfill', () => {
  stayVisible();

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

  for (const [what, type, text] of [
    ['lines of JSON that are called events', 'text/event-stream', '{"backfill_loaded_until":"2026-08-06"}\n'],
    ['events that are called lines of JSON', 'application/x-ndjson', 'event: progress\r\nid: 7\r\nretry: 0\r\ndata: {"backfill_loaded_until":"2026-08-06"}\r\n\r\n'],
    ['what is called nothing at all', '', 'retry: 99999999999\n\ndata:{"backfill_loaded_until":"2026-08-06"}\r\r'],
    ['what was cut before its last break', 'application/x-ndjson', 'null\n{"backfill_loaded_until":"2026-08-06"}'],
  ] as const)
    it(`reads ${what} [F20, F21]`, async () => {
      const run = follow({ open: () => Promise.resolve(new Response(text, { headers: { 'content-type': type } })) });
      await settled();
      expect(run.progress().at(-1)).to.include({ stage: 'fetching', loadedUntil: '2026-08-06T00:00:00.000Z' });
      run.controller.abort();
      await run.done;
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

  it('goes on, and still ends, where the page was put away and brought back while the account was being asked [F22]', async () => {
    const page = createFakePage();
    const run = follow({ page });
    await settled();
    run.stream().send(line(30, run.clock.now()));
    await settled();
    let answer = (): void => {};
    run.account.held = new Promise((resolve) => (answer = resolve));
    page.putAway();
    await settled();
    expect([run.streams.length, run.streams[0]?.cancelled, run.account.asked], 'let go of, and the account is asked').to.deep.equal([1, true, 2]);
    page.bringBack();
    answer();
    await run.clock.advance(1000);
    expect(run.streams.length, 'opened anew').to.equal(2);
    run.stream().send(line(365.25 * 3, run.clock.now()));
    await settled();
    expect(run.progress().at(-1)).to.include({ live: true, stage: 'fetching' });
    run.stream().send(line(365.25 * 5, run.clock.now()));
    await run.over('success');
    expect(page.listeners).to.equal(0);
  });

  it('renews once where the token has run out, and ends where that is refused [F19]', async () => {
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

  it('ends in sync_failed on 403 [F19]', async () => {
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
