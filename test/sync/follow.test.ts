import { expect } from '@open-wc/testing';
import { ConnectError } from '../../src/core/errors.js';
import { followStream } from '../../src/sync/follow.js';
import { createLineSplitter } from '../../src/sync/lines.js';
import { createWake } from '../../src/sync/wakeful.js';
import { createFakeClock, settled } from './fake-clock.js';
import { createFakePage } from './fake-page.js';
import { createFakeStream } from './fake-stream.js';
import { answer, follow, lines, lives } from './follow-rig.js';
import type { Answer } from './follow-rig.js';

describe('sync/follow', () => {
  it('gives lines as they come, and ends in silence when aborted', async () => {
    const stream = createFakeStream();
    const run = follow([stream]);
    await settled();
    stream.send('one\n\ntw');
    await settled();
    stream.send('o\n');
    await settled();
    expect(run.events).to.deep.equal([
      { type: 'piece', piece: 'one' },
      { type: 'piece', piece: '' },
      { type: 'piece', piece: 'two' },
    ]);
    expect(run.left).to.be.above(0);
    await run.over();
    expect(stream.cancelled).to.equal(true);
  });

  it('gives no line after an abort, not even one it already has', async () => {
    const stream = createFakeStream();
    const controller = new AbortController();
    stream.send('one\ntwo\n');
    const clock = createFakeClock();
    const events = followStream({ cutter: createLineSplitter, open: () => Promise.resolve(new Response(stream.body)), signal: controller.signal, clock, wake: createWake({ clock, page: createFakePage() }) });
    expect((await events.next()).value).to.deep.equal({ type: 'piece', piece: 'one' });
    controller.abort();
    expect((await events.next()).done).to.equal(true);
  });

  it('reopens at once when the server ends it, without a word about failure', async () => {
    const first = createFakeStream();
    const second = createFakeStream();
    const run = follow([first, second]);
    first.send('one\n');
    await run.clock.advance(60_000);
    first.close();
    await settled();
    second.send('two\n');
    await settled();
    expect(run.connects).to.deep.equal([0, 60_000]);
    expect(run.events).to.deep.equal([
      { type: 'piece', piece: 'one' },
      { type: 'closed', lastedMs: 60_000, clean: true },
      { type: 'piece', piece: 'two' },
    ]);
    await run.over();
  });

  it('connects once a second at most, however eagerly the server closes [F21, T21]', async () => {
    const run = follow(Array.from({ length: 100 }, () => new Response('null\n')));
    await run.clock.advance(10_500);
    expect(run.connects).to.deep.equal(Array.from({ length: 11 }, (_, second) => second * 1000));
    expect(lives(run.events)).to.deep.equal([]);
    expect(run.listeners, 'they do not pile up on the signal').to.be.below(5);
    await run.over();
  });

  it('backs off from a server that has nothing at all to say [F21, T21]', async () => {
    const run = follow(Array.from({ length: 100 }, () => new Response('')));
    await run.clock.advance(60_000);
    expect(run.connects).to.deep.equal([0, 1000, 2000, 4000, 8000, 16_000, 31_000, 46_000]);
    await run.over();
  });

  it('ends for good on 204 [F21]', async () => {
    const run = follow([answer(204)]);
    expect(await run.done).to.equal('ended');
    expect(run.events).to.deep.equal([]);
    await run.over();
  });

  describe('gives up on', () => {
    for (const status of [400, 403, 404, 410, 418, 422])
      it(`${status}`, async () => {
        const run = follow([answer(status)]);
        const error = await run.done;
        expect(error).to.be.instanceOf(ConnectError).with.property('code', 'sync_failed');
        expect(error).to.have.property('message').that.contains(String(status));
        await run.over(error);
      });

    for (const code of ['session_expired', 'misconfigured', 'invalid_response', 'unsupported'] as const)
      it(`its caller's ${code}`, async () => {
        const thrown = new ConnectError(code, 'No.');
        const run = follow([thrown]);
        expect(await run.done).to.equal(thrown);
        await run.over(thrown);
      });

    it('its caller’s, whose copy of the class is another: a part beside the script has its own', async () => {
      const thrown = Object.assign(new Error('No.'), { name: 'ConnectError', code: 'session_expired' });
      const run = follow([thrown]);
      expect(await run.done).to.equal(thrown);
      await run.over(thrown);
    });
  });

  describe('tries again, further and further apart, after [F20, F21, T21]', () => {
    const html = { 'content-type': 'text/html; charset=utf-8' };
    const table: Record<string, () => Answer> = {
      'a network error': () => new TypeError('Failed to fetch'),
      'a network error in our words': () => new ConnectError('network', 'Offline.'),
      '500': () => answer(500),
      '502': () => answer(502),
      '503 without Retry-After': () => answer(503),
      '429 without Retry-After': () => answer(429),
      '429 with a Retry-After nobody understands': () => answer(429, { 'retry-after': 'soon' }),
      '429 with a Retry-After of nothing': () => answer(429, { 'retry-after': '0' }),
      '408': () => answer(408),
      '200 without a body': () => answer(200),
      'a login page': () => new Response('<!doctype html>', { headers: html }),
      'a line without end': () => new Response('x'.repeat(70_000)),
    };
    for (const [what, make] of Object.entries(table))
      it(what, async () => {
        const stream = createFakeStream();
        const run = follow([...Array.from({ length: 7 }, make), stream]);
        await run.clock.advance(90_000);
        // Half of 1, 2, 4, 8, 16, 30, 30 seconds, and a second between connects.
        expect(run.connects).to.deep.equal([0, 1000, 2000, 4000, 8000, 16_000, 31_000, 46_000]);
        expect(lives(run.events)).to.deep.equal([false]);
        expect(lines(run.events)).to.deep.equal([]);
        stream.send('here again\n');
        await settled();
        expect(run.events.slice(-2)).to.deep.equal([
          { type: 'live', live: true },
          { type: 'piece', piece: 'here again' },
        ]);
        await run.over();
      });
  });

  it('is live again with the first byte, be it a heartbeat [F20]', async () => {
    const stream = createFakeStream();
    const run = follow([answer(500), stream]);
    await run.clock.advance(1000);
    stream.send('\n');
    await settled();
    expect(lives(run.events)).to.deep.equal([false, true]);
    expect(lines(run.events)).to.deep.equal(['']);
    await run.over();
  });

  it('waits as long as 429 and 503 say, in seconds or until a date [F21]', async () => {
    const date = new Date(createFakeClock().now() + 27_000).toUTCString();
    const run = follow([answer(429, { 'retry-after': '7' }), answer(503, { 'retry-after': date }), answer(500, { 'retry-after': '200' })]);
    await run.clock.advance(40_000);
    // And half of 1, 2, 4 seconds on top: whoever was told the same must not come back as one.
    expect(run.connects).to.deep.equal([0, 7500, 28_000, 30_000]);
    await run.over();
  });

  it('forgets failures after ten seconds of a healthy stream, not before', async () => {
    const short = createFakeStream();
    const long = createFakeStream();
    const run = follow([answer(500), answer(500), answer(500), short, long, answer(500)]);
    await run.clock.advance(4000);
    expect(run.connects).to.deep.equal([0, 1000, 2000, 4000]);
    short.send('x\n');
    await run.clock.advance(9999);
    short.fail();
    await run.clock.advance(4000);
    expect(run.connects.slice(4), 'the fourth failure: half of 8 s').to.deep.equal([17_999]);
    long.send('x\n');
    await run.clock.advance(10_000);
    long.fail();
    await run.clock.advance(2000);
    expect(run.connects.slice(5), 'the first and second again').to.deep.equal([28_499, 29_499]);
    expect(lives(run.events)).to.deep.equal([false, true, false, true, false]);
    await run.over();
  });

  it('tells of a connection that broke', async () => {
    const stream = createFakeStream();
    const run = follow([stream]);
    stream.send('one\nha');
    await run.clock.advance(3000);
    stream.fail();
    await settled();
    expect(run.events).to.deep.equal([
      { type: 'piece', piece: 'one' },
      { type: 'closed', lastedMs: 3000, clean: false },
      { type: 'live', live: false },
    ]);
    await run.over();
  });

  describe('without a byte for 75 seconds [F20]', () => {
    it('takes a stream for dead', async () => {
      const stream = createFakeStream();
      const run = follow([stream]);
      await run.clock.advance(70_000);
      stream.send('half a li');
      await run.clock.advance(74_999);
      expect(run.connects).to.deep.equal([0]);
      await run.clock.advance(1);
      expect(stream.cancelled).to.equal(true);
      expect(run.events.map(({ type }) => type)).to.deep.equal(['closed', 'live']);
      await run.clock.advance(500);
      expect(run.connects).to.deep.equal([0, 145_500]);
      await run.over();
    });

    it('takes a request for dead', async () => {
      const run = follow(['silence']);
      await run.clock.advance(75_500);
      expect(run.connects).to.deep.equal([0, 75_500]);
      await run.over();
    });

    it('has one timer, however many bytes come', async () => {
      const stream = createFakeStream();
      const run = follow([stream]);
      for (let second = 0; second < 200; second++) {
        stream.send('x\n');
        await run.clock.advance(1000);
      }
      expect(run.clock.waits.length).to.be.below(5);
      expect(run.clock.pending).to.equal(1);
      await run.over();
    });
  });

  describe('on 401 [F19]', () => {
    it('renews once and goes on', async () => {
      const stream = createFakeStream();
      let renewals = 0;
      const run = follow([answer(401), stream], { renew: () => Promise.resolve(void renewals++) });
      await run.clock.advance(1000);
      stream.send('x\n');
      await settled();
      expect(renewals).to.equal(1);
      expect(run.events, 'a routine renewal is no outage').to.deep.equal([{ type: 'piece', piece: 'x' }]);
      await run.over();
    });

    it('renews again, fifteen minutes later', async () => {
      const streams = [createFakeStream(), createFakeStream()] as const;
      let renewals = 0;
      const run = follow([answer(401), streams[0], answer(401), streams[1]], { renew: () => Promise.resolve(void renewals++) });
      await run.clock.advance(1000);
      streams[0].send('x\n');
      await run.clock.advance(60_000);
      streams[0].close();
      await run.clock.advance(1000);
      expect(renewals).to.equal(2);
      await run.over();
    });

    it('ends in session_expired at the second in a row', async () => {
      const run = follow([answer(401), answer(401)], { renew: () => Promise.resolve() });
      await run.clock.advance(1000);
      const error = await run.done;
      expect(error).to.be.instanceOf(ConnectError).with.property('code', 'session_expired');
      expect(run.connects).to.deep.equal([0, 1000]);
      await run.over(error);
    });

    it('ends in session_expired where nothing can be renewed', async () => {
      const run = follow([answer(401)]);
      const error = await run.done;
      expect(error).to.have.property('code', 'session_expired');
      await run.over(error);
    });

    it('passes on why the renewal was refused', async () => {
      const refused = new ConnectError('session_expired', 'The refresh token is gone.');
      const run = follow([answer(401)], { renew: () => Promise.reject(refused) });
      expect(await run.done).to.equal(refused);
      await run.over(refused);
    });

    it('tries again where the renewal only failed to arrive', async () => {
      let renewals = 0;
      const stream = createFakeStream();
      const run = follow([answer(401), answer(401), stream], {
        renew: () => (renewals++ ? Promise.resolve() : Promise.reject(new ConnectError('network', 'Offline.'))),
      });
      await run.clock.advance(2000);
      expect(run.connects).to.deep.equal([0, 1000, 2000]);
      expect(renewals).to.equal(2);
      await run.over();
    });
  });

  describe('while the page sleeps [F22]', () => {
    it('lets go after a minute behind another window and comes back with it', async () => {
      const stream = createFakeStream();
      const run = follow([stream]);
      stream.send('x\n');
      run.page.hide();
      await run.clock.advance(60_000);
      expect(stream.cancelled).to.equal(true);
      expect(run.events.slice(1)).to.deep.equal([
        { type: 'closed', lastedMs: 60_000, clean: false },
        { type: 'live', live: false },
      ]);
      await run.clock.advance(3_600_000);
      expect(run.connects).to.deep.equal([0]);
      run.page.show();
      await settled();
      expect(run.connects).to.deep.equal([0, 3_660_000]);
      await run.over();
    });

    it('waits for the network instead of knocking', async () => {
      const run = follow([createFakeStream()]);
      await settled();
      run.page.goOffline();
      await run.clock.advance(600_000);
      expect(run.connects).to.deep.equal([0]);
      run.page.goOnline();
      await run.clock.advance(500);
      expect(run.connects).to.deep.equal([0, 600_500]);
      await run.over();
    });

    it('does not take a sleep for a failure', async () => {
      const run = follow(['silence', 'silence', 'silence', answer(500)]);
      for (let nap = 0; nap < 3; nap++) {
        await run.clock.advance(1000);
        run.page.goOffline();
        await settled();
        run.page.goOnline();
        await run.clock.advance(500);
      }
      expect(run.connects).to.deep.equal([0, 1500, 3000, 4500]);
      await run.clock.advance(1000);
      expect(run.connects.slice(4), 'the first failure of its life').to.deep.equal([5500]);
      await run.over();
    });

    it('does not connect at all before it wakes', async () => {
      const page = createFakePage();
      page.goOffline();
      const clock = createFakeClock();
      const run = follow([], { wake: createWake({ clock, page }) });
      await settled();
      expect(run.connects).to.deep.equal([]);
      await run.over();
      expect(page.listeners).to.equal(0);
    });
  });

  describe('aborted, leaves nothing behind', () => {
    it('before it began', async () => {
      const run = follow([]);
      run.controller.abort();
      await run.over();
    });

    const moments: Record<string, readonly [readonly Answer[], ms: number]> = {
      'while the request is on its way': [['silence'], 0],
      'between two connects': [[new Response('x\n')], 500],
      'while it backs off': [[answer(503, { 'retry-after': '100' })], 50_000],
      'while nothing comes': [[createFakeStream()], 30_000],
    };
    for (const [when, [answers, ms]] of Object.entries(moments))
      it(when, async () => {
        const run = follow(answers);
        await run.clock.advance(ms);
        expect(run.left).to.be.above(0);
        await run.over();
      });

    it('while it renews', async () => {
      const run = follow([answer(401)], {
        renew: (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
      });
      await settled();
      await run.over();
    });
  });

  it('leaves nothing behind when its reader walks away', async () => {
    const stream = createFakeStream();
    const clock = createFakeClock();
    const page = createFakePage();
    const { signal } = new AbortController();
    stream.send('x\n');
    for await (const event of followStream({ cutter: createLineSplitter, open: () => Promise.resolve(new Response(stream.body)), signal, clock, wake: createWake({ clock, page }) })) {
      expect(event.type).to.equal('piece');
      break;
    }
    await settled();
    expect(stream.cancelled).to.equal(true);
    expect(clock.pending + page.listeners).to.equal(0);
  });
});
