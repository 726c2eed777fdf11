/** A handler that has stopped answering: ten minutes, as the page is awake, then nobody waits any longer. */
import { expect } from '@open-wc/testing';
import type { SyncUpdate } from '../../../src/core/platform.js';
import { ConnectError } from '../../../src/core/errors.js';
import { updates } from '../../../src/platforms/open-wearables/updates.js';
import type { HandlerRequest } from '../../../src/platforms/open-wearables/handler-api.js';
import type { Told } from '../../../src/platforms/open-wearables/updates.js';
import { createWake } from '../../../src/sync/wakeful.js';
import { createFakeClock, settled } from '../../sync/fake-clock.js';
import { createFakePage } from '../../sync/fake-page.js';
import { createFakeStream } from '../../sync/fake-stream.js';
import { json } from '../stub-fetch.js';
import { createRig } from './rig.js';
import { progressOf, visitor } from './stub-handler.js';

const minute = 60_000;
const html = () => new Response('<p>We will be back soon', { headers: { 'content-type': 'text/html' } });
const silences: Record<string, () => Response | Promise<Response>> = {
  'falls over': () => json({ error: 'platform_error', message: 'x' }, 500),
  'is a proxy’s page': html,
  'cannot be reached': () => Promise.reject(new ConnectError('network', 'No answer.')),
};

type Answer = (accept: string) => Response | Promise<Response>;

/** The updates alone, on a clock and a page of their own. */
function listen(answer: Answer) {
  const clock = createFakeClock();
  const page = createFakePage();
  const life = new AbortController();
  const run = { answer, told: [] as Told[], done: false, requests: 0 };
  const api = {
    visitor: null,
    renews: false,
    ask: (_path: string, { signal, headers }: HandlerRequest) => {
      run.requests += 1;
      return Promise.race([run.answer(headers?.['accept'] ?? ''), new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))]);
    },
    read: () => Promise.reject(new Error('nobody reads here')),
  };
  void (async () => {
    for await (const told of updates({ api, visitor: null, clock, wake: createWake({ clock, page }), lastId: null }, life.signal)) {
      run.told.push(told);
      if (told.event === 'complete') break;
    }
  })().finally(() => (run.done = true));
  return Object.assign(run, { clock, page, life, said: () => run.told.map(({ event, data }) => (event === 'live' ? `live ${String(data)}` : event)), left: () => clock.pending + page.listeners });
}

describe('platforms/open-wearables: a handler that answers no more', () => {
  for (const [what, answer] of Object.entries(silences)) {
    it(`is given up after ten minutes, in words for every tab, and nothing is left: it ${what}`, async () => {
      const run = listen(answer);
      await run.clock.advance(9.7 * minute);
      expect([run.said(), run.done]).to.deep.equal([['live false'], false]);
      await run.clock.advance(0.5 * minute);
      expect([run.said(), run.done, run.left()]).to.deep.equal([['live false', 'complete'], true, 0]);
      const { requests } = run;
      await run.clock.advance(10 * minute);
      expect(run.requests).to.equal(requests);
    });

    it(`leaves nothing where the page is gone before: it ${what}`, async () => {
      const run = listen(answer);
      await run.clock.advance(3 * minute);
      run.life.abort('paused');
      await settled();
      expect([run.said(), run.done, run.left()]).to.deep.equal([['live false'], true, 0]);
    });
  }

  it('is given up where it fell silent later, counted from its last word', async () => {
    const stream = createFakeStream();
    const run = listen(() => new Response(stream.body));
    stream.send(': connected\n\n');
    await run.clock.advance(minute);
    stream.send(': heartbeat\n\n');
    await run.clock.advance(0);
    run.answer = html;
    stream.fail();
    await run.clock.advance(9.5 * minute);
    expect(run.done).to.equal(false);
    await run.clock.advance(0.7 * minute);
    expect(run.said()).to.deep.equal(['live false', 'complete']);
  });

  it('is waited for by a page that is awake: hours in which it slept, or was offline, are none', async () => {
    const run = listen(html);
    await run.clock.advance(5 * minute);
    run.page.hide();
    await run.clock.advance(180 * minute);
    run.page.show();
    await run.clock.advance(minute);
    run.page.goOffline();
    await run.clock.advance(180 * minute);
    run.page.goOnline();
    await run.clock.advance(1.5 * minute);
    expect(run.done).to.equal(false);
    await run.clock.advance(2 * minute);
    expect([run.said().at(-1), run.done]).to.deep.equal(['complete', true]);
  });

  it('is there as long as its heart beats: when to end is its own to say', async () => {
    const stream = createFakeStream();
    const run = listen(() => new Response(stream.body));
    for (let beats = 0; beats < 80; beats += 1) {
      stream.send(': heartbeat\n\n');
      await run.clock.advance(15_000);
    }
    expect([run.said(), run.done]).to.deep.equal([[], false]);
    run.life.abort();
  });

  it('is there as long as it answers who polls, though there is nothing to say', async () => {
    const run = listen(() => json({ updates: [] }));
    await run.clock.advance(20 * minute);
    expect([run.said(), run.done]).to.deep.equal([[], false]);
    run.life.abort();
  });

  for (const [how, answer] of Object.entries({
    'said the end': () => {
      const stream = createFakeStream();
      stream.send('id: 1\nevent: complete\ndata: {}\n\n');
      return new Response(stream.body);
    },
    'ended it without a word': () => new Response(null, { status: 204 }),
  }))
    it(`is waited for no longer once it has ${how}: nothing is left`, async () => {
      const run = listen(answer);
      await run.clock.advance(minute);
      expect([run.done, run.left()]).to.deep.equal([true, 0]);
    });

  it('is live again with its first word, whichever way that comes', async () => {
    const run = listen(html);
    await run.clock.advance(minute);
    // A proxy keeps the stream.
    run.answer = (accept) => (accept === 'application/json' ? json({ updates: [] }) : new Response(createFakeStream().body));
    await run.clock.advance(minute);
    expect(run.said()).to.deep.equal(['live false', 'live true']);
    const stream = createFakeStream();
    run.answer = (accept) => (accept === 'application/json' ? html() : new Response(stream.body));
    await run.clock.advance(2_000);
    stream.send(': connected\n\n');
    await run.clock.advance(minute);
    expect(run.said()).to.deep.equal(['live false', 'live true', 'live false', 'live true']);
    run.life.abort();
  });
});

describe('platforms/open-wearables: following a handler that answers no more', () => {
  let rig: ReturnType<typeof createRig>;
  beforeEach(() => (rig = createRig()));
  afterEach(() => rig.restore());

  async function follow() {
    const made = rig.platform();
    await made.sources(rig.life().signal);
    const run = { updates: [] as SyncUpdate[], done: false };
    void (async () => {
      for await (const update of made.follow([], rig.life().signal)) run.updates.push(update);
    })().finally(() => (run.done = true));
    return run;
  }
  const lost = { source: null, stage: 'waiting', ratio: null, loadedUntil: null, items: null, live: false };
  const unknown = { type: 'finished', outcome: 'unknown' };
  const answer = (how: () => Response | Promise<Response>) => (rig.handler.answers['GET /wearables/updates'] = how);

  it('says that it is lost though nothing was heard before, and ends as unknown', async () => {
    answer(html);
    const run = await follow();
    await rig.pass(() => run.updates.length);
    await rig.time.advance(10.2 * minute);
    await rig.pass(() => run.done);
    expect(run.updates).to.deep.equal([{ type: 'progress', progress: lost }, unknown]);
    expect(await rig.left()).to.equal(0);
  });

  it('says that it is found again', async () => {
    const up = rig.handler.answers['GET /wearables/updates'];
    answer(html);
    const run = await follow();
    await rig.pass(() => run.updates.length);
    if (up) answer(up as () => Response);
    await rig.pass(() => run.updates.length > 1);
    rig.handler.send('progress', progressOf('garmin'));
    await rig.pass(() => run.updates.length > 2);
    expect(run.updates).to.deep.equal([lost, { ...lost, live: true }, progressOf('garmin')].map((progress) => ({ type: 'progress', progress })));
  });

  it('ends in every tab, not one after the other', async () => {
    rig.handler.answers['GET /wearables/sources'] = () => json({ sources: [], connections: [] }, 200, { 'x-wearable-connect-visitor': visitor });
    answer(html);
    const runs = [await follow(), await follow()];
    await rig.pass(() => runs.every(({ updates: heard }) => heard.length));
    await rig.time.advance(10.2 * minute);
    await rig.pass(() => runs.every(({ done }) => done));
    for (const run of runs) expect(run.updates.at(-1)).to.deep.equal(unknown);
    expect(await rig.left()).to.equal(0);
  });
});
