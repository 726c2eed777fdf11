import { expect } from '@open-wc/testing';
import type { SyncUpdate } from '../../../src/core/platform.js';
import type { OpenWearablesOptions } from '../../../src/platforms/open-wearables/settings.js';
import { forbidChannels } from '../../oauth/surroundings.js';
import { settled } from '../../sync/fake-clock.js';
import { createFakeStream } from '../../sync/fake-stream.js';
import { json } from '../stub-fetch.js';
import { createRig } from './rig.js';
import type { Rig } from './rig.js';
import { connectionOf, nonce, progressOf, visitor as shared } from './stub-handler.js';

describe('platforms/open-wearables: the updates', () => {
  let rig: Rig;
  beforeEach(() => (rig = createRig()));
  afterEach(() => rig.restore());

  /** `visitor`: what the handler calls whoever asks; without it nothing is shared. `connects`: as the page has just done, before it follows. */
  async function follow({ visitor, connects, ...options }: OpenWearablesOptions & { visitor?: string; connects?: boolean } = {}) {
    if (!visitor) rig.handler.answers['GET /wearables/sources'] = () => json({ sources: [], connections: [] });
    const made = rig.platform(options);
    await made.sources(rig.life().signal);
    if (connects) await rig.signIn(made);
    const controller = rig.life();
    const run = { controller, updates: [] as SyncUpdate[], error: null as unknown, done: false };
    void (async () => {
      for await (const update of made.follow([], controller.signal)) run.updates.push(update);
    })().catch((error: unknown) => (run.error = error)).finally(() => (run.done = true));
    return Object.assign(run, {
      told: () => run.updates.map((update) => (update.type === 'progress' ? `${update.progress.source} ${update.progress.ratio}${update.progress.live ? '' : ' lost'}` : update.type)),
    });
  }

  const lastIds = (): (string | null)[] =>
    rig.handler.asked.filter(({ path }) => path === '/wearables/updates').map(({ init }) => new Headers(init.headers).get('last-event-id'));

  it('are progress, connections and an end', async () => {
    const run = await follow();
    await rig.pass(() => rig.handler.streams.length);
    rig.handler.send('connections', { connections: [connectionOf('strava'), connectionOf('garmin', { status: 'nobody knows', history: 'else', secret: 'canary' })] });
    rig.handler.send('progress', progressOf('garmin'));
    rig.handler.send('something new', { of: 'the future' });
    rig.handler.send('complete', { outcome: 'partial', connections: [] });
    await rig.pass(() => run.done);
    expect(run.updates).to.deep.equal([
      { type: 'connections', connections: [connectionOf('strava'), connectionOf('garmin', { status: 'action_required' })] },
      { type: 'progress', progress: progressOf('garmin') },
      { type: 'finished', outcome: 'partial' },
    ]);
    expect([run.error, rig.handler.streams[0]?.cancelled, await rig.left()]).to.deep.equal([null, true, 0]);
  });

  it('end where nothing is connected any more', async () => {
    const run = await follow();
    await rig.pass(() => rig.handler.streams.length);
    rig.handler.send('connections', { connections: [connectionOf('garmin', { status: 'revoked' })] });
    await rig.pass(() => run.done);
    expect([run.told(), await rig.left()]).to.deep.equal([['connections', 'finished'], 0]);
  });

  const odd: readonly [string, string][] = [
    ['CRLF, no space after the colon, comments between', ': hi\r\nid:7\r\nevent:progress\r\n: still here\r\ndata:{"source":"garmin","ratio":1}\r\n\r\n'],
    ['data in several lines', 'id: 7\nevent: progress\ndata: {"source":\ndata: "garmin","ratio":1}\n\n'],
    ['a field nobody knows', 'id: 7\nwhat: ever\nevent: progress\ndata: {"source":"garmin","ratio":1}\n\n'],
  ];
  for (const [name, text] of odd)
    it(`are read as the standard says: ${name}`, async () => {
      const run = await follow();
      await rig.pass(() => rig.handler.streams.length);
      rig.handler.streams[0]?.send(...text);
      await rig.pass(() => run.updates.length);
      expect(run.told()).to.deep.equal(['garmin 1']);
    });

  for (const data of ['not json', '[]', 'null', '{"source":{},"ratio":"x","items":-1}'])
    it(`survive what makes no sense: ${data}`, async () => {
      const run = await follow();
      await rig.pass(() => rig.handler.streams.length);
      rig.handler.streams[0]?.send(`id: 1\nevent: progress\ndata: ${data}\n\nid: 2\nevent: complete\ndata: ${data}\n\n`);
      await rig.pass(() => run.done);
      expect([run.updates.at(-1), run.error]).to.deep.equal([{ type: 'finished', outcome: 'unknown' }, null]);
    });

  it('of several sources take turns, and each comes to its end', async () => {
    const run = await follow();
    await rig.pass(() => rig.handler.streams.length);
    const steps: readonly [string, object][] = [['garmin', {}], ['strava', { ratio: 0.1 }], ['garmin', { ratio: 0.6 }], ['strava', { ratio: 0.2 }], ['garmin', { stage: 'done', ratio: 1 }], ['strava', { ratio: 0.3 }], ['strava', { stage: 'failed', ratio: null }]];
    for (const [source, more] of steps) rig.handler.send('progress', progressOf(source, more));
    rig.handler.send('complete', { outcome: 'partial' });
    await rig.pass(() => run.done);
    expect(run.told()).to.deep.equal(['garmin 0.5', 'garmin 0.6', 'garmin 1', 'strava 0.2', 'strava 0.3', 'strava null', 'finished']);
  });

  it('go on where they were, after the handler’s restart, and say that they were lost', async () => {
    const run = await follow();
    await rig.pass(() => rig.handler.streams.length);
    rig.handler.send('progress', progressOf('garmin'));
    await rig.pass(() => run.updates.length);
    rig.handler.streams[0]?.fail();
    const { 'GET /wearables/updates': up } = rig.handler.answers;
    rig.handler.answers['GET /wearables/updates'] = () => json({ error: 'network', message: 'x' }, 502);
    await rig.pass(() => run.updates.length > 1);
    Object.assign(rig.handler.answers, { 'GET /wearables/updates': up });
    await rig.pass(() => rig.handler.streams.length > 1);
    rig.handler.send('progress', progressOf('garmin', { ratio: 0.75 }));
    await rig.pass(() => run.updates.length > 3);
    expect(run.told()).to.deep.equal(['garmin 0.5', 'garmin 0.5 lost', 'garmin 0.5', 'garmin 0.75']);
    expect(lastIds()[0]).to.equal(null);
    expect(new Set(lastIds().slice(1))).to.deep.equal(new Set(['1']));
  });

  it('begin with what the page has just done, for an instance of the handler that knows nothing of it; then with what was heard', async () => {
    rig.handler.answers['GET /wearables/connections'] = () => json({ connections: [] });
    const posted = rig.handler.answers['POST /wearables/connections'];
    rig.handler.answers['POST /wearables/connections'] = async (asked) => json(await (await posted?.(asked))?.json());
    rig.handler.answers['POST /wearables/authorizations'] = () => json({ url: 'https://provider.example/authorize?client_id=x' }, 200, { 'x-wearable-connect-nonce': nonce });
    await follow({ connects: true });
    await rig.pass(() => rig.handler.streams.length);
    rig.handler.streams[0]?.fail();
    await rig.pass(() => rig.handler.streams.length > 1);
    rig.handler.send('progress', progressOf('garmin'));
    await settled();
    rig.handler.streams[1]?.fail();
    await rig.pass(() => rig.handler.streams.length > 2);
    expect(lastIds()).to.deep.equal([nonce, nonce, '1']);
  });

  it('a message that breaks off is never half of one', async () => {
    const run = await follow();
    await rig.pass(() => rig.handler.streams.length);
    rig.handler.streams[0]?.send('id: 1\nevent: progress\ndata: {"source":"garmin",');
    rig.handler.streams[0]?.close();
    await rig.pass(() => rig.handler.streams.length > 1);
    rig.handler.send('progress', progressOf('garmin'));
    await rig.pass(() => run.updates.length);
    expect(run.told()).to.deep.equal(['garmin 0.5']);
  });

  it('are asked for one after the other where a proxy keeps the stream, and the stream again where that fails', async () => {
    const answers = [() => json({ updates: [{ id: '5', event: 'progress', data: progressOf('garmin') }] }), () => json({}, 502)];
    rig.handler.answers['GET /wearables/updates'] = (asked) => {
      if (new Headers(asked.init.headers).get('accept') === 'application/json') return answers.shift()?.() ?? json({ updates: [] });
      const stream = createFakeStream();
      rig.handler.streams.push(stream);
      // Nothing comes through, not even the first line.
      return new Response(stream.body, { headers: { 'content-type': 'text/event-stream' } });
    };
    const run = await follow();
    await rig.pass(() => run.updates.length);
    expect([run.told(), rig.handler.streams[0]?.cancelled]).to.deep.equal([['garmin 0.5'], true]);
    await rig.pass(() => rig.handler.streams.length > 1);
    expect(lastIds()).to.deep.equal([null, null, '5', '5']);
    rig.handler.send('complete', { outcome: 'success' });
    await rig.pass(() => run.done);
    expect([run.told().at(-1), await rig.left()]).to.deep.equal(['finished', 0]);
  });

  it('end with the session: once more with a new one, then no more', async () => {
    rig.handler.answers['GET /wearables/updates'] = () => json({ error: 'session_expired', message: 'x' }, 401);
    const run = await follow({ fetchSession: () => Promise.resolve('s') });
    await rig.pass(() => run.done);
    expect(run.error).to.include({ code: 'session_expired' });
    expect(rig.handler.times('/wearables/updates')).to.equal(2);
  });

  describe('for all tabs of a visitor', () => {
    const one = { visitor: shared };

    it('come by one stream', async () => {
      const [first, second] = [await follow(one), await follow(one)];
      await rig.pass(() => rig.handler.streams.length);
      rig.handler.send('progress', progressOf('garmin'));
      await rig.pass(() => first.updates.length && second.updates.length);
      rig.handler.send('complete', { outcome: 'success' });
      await rig.pass(() => first.done && second.done);
      expect([first.told(), second.told()]).to.deep.equal([['garmin 0.5', 'finished'], ['garmin 0.5', 'finished']]);
      expect(rig.handler.times('/wearables/updates')).to.equal(1);
    });

    it('tell a tab that comes later how things stand, and no other one twice', async () => {
      const first = await follow(one);
      await rig.pass(() => rig.handler.streams.length);
      rig.handler.send('progress', progressOf('garmin', { ratio: 0.1 }));
      rig.handler.send('progress', progressOf('garmin', { ratio: 0.2 }));
      await rig.pass(() => first.updates.length === 2);
      const second = await follow(one);
      await rig.pass(() => second.updates.length);
      expect([first.told(), second.told()]).to.deep.equal([['garmin 0.1', 'garmin 0.2'], ['garmin 0.2']]);
    });

    it('go on in another tab when the one that streams is closed: nothing missed', async () => {
      const [first, second] = [await follow(one), await follow(one)];
      await rig.pass(() => rig.handler.streams.length);
      rig.handler.send('progress', progressOf('garmin'));
      await rig.pass(() => second.updates.length && first.updates.length);
      first.controller.abort();
      await rig.pass(() => rig.handler.streams.length > 1);
      rig.handler.send('complete', { outcome: 'success' });
      await rig.pass(() => second.done);
      expect([first.told(), second.told(), lastIds()]).to.deep.equal([['garmin 0.5'], ['garmin 0.5', 'finished'], [null, '1']]);
      expect(await rig.left()).to.equal(0);
    });

    it('are another visitor’s never', async () => {
      const first = await follow(one);
      await rig.pass(() => rig.handler.streams.length);
      rig.handler.answers['GET /wearables/sources'] = () => json({ sources: [], connections: [] }, 200, { 'x-wearable-connect-visitor': `not ${shared}` });
      const second = await follow(one);
      await rig.pass(() => rig.handler.streams.length > 1);
      rig.handler.send('progress', progressOf('strava'));
      await rig.pass(() => second.updates.length);
      expect([first.told(), second.told()]).to.deep.equal([[], ['strava 0.5']]);
    });

    for (const way of ['the stream', 'an answer']) {
      /** Somebody else has signed in meanwhile, in another tab: the cookie is theirs. */
      const others = () => {
        const named = { 'x-wearable-connect-visitor': `not ${shared}` };
        if (way === 'an answer') return json({ updates: [{ id: '9', event: 'progress', data: progressOf('polar') }] }, 200, named);
        const stream = createFakeStream();
        stream.send(`id: 9\nevent: progress\ndata: ${JSON.stringify(progressOf('polar'))}\n\n`);
        return new Response(stream.body, { headers: { ...named, 'content-type': 'text/event-stream' } });
      };

      it(`end where ${way} is another visitor’s, who signed in meanwhile: not a word of it is told in any tab`, async () => {
        if (way === 'an answer') rig.handler.answers['GET /wearables/updates'] = ({ init }) => (new Headers(init.headers).get('accept') === 'application/json' ? json({ updates: [] }, 200, { 'x-wearable-connect-visitor': shared }) : new Response(createFakeStream().body));
        const [first, second] = [await follow(one), await follow(one)];
        const asked = () => rig.handler.times('/wearables/updates');
        await rig.pass(() => (way === 'an answer' ? asked() > 1 : rig.handler.streams.length));
        rig.handler.answers['GET /wearables/updates'] = others;
        rig.handler.streams[0]?.close();
        await rig.pass(() => first.done && second.done);
        expect([first.told(), second.told()]).to.deep.equal([[], []]);
        for (const { error } of [first, second]) expect(error).to.include({ code: 'session_expired' });
        expect(await rig.left()).to.equal(0);
      });
    }

    it('go on where the handler was started anew, and where one answer does not say whose it is', async () => {
      const first = await follow(one);
      for (const [count, headers] of [{}, { 'x-wearable-connect-visitor': shared }].entries()) {
        await rig.pass(() => rig.handler.streams.length > count);
        rig.handler.streams[count]?.close();
        rig.handler.answers['GET /wearables/updates'] = () => {
          const stream = createFakeStream();
          rig.handler.streams.push(stream);
          stream.send(': connected\n\n');
          return new Response(stream.body, { headers: { ...headers, 'content-type': 'text/event-stream' } });
        };
      }
      await rig.pass(() => rig.handler.streams.length > 2);
      rig.handler.send('complete', { outcome: 'success' });
      await rig.pass(() => first.done);
      expect([first.told(), first.error]).to.deep.equal([['finished'], null]);
    });

    it('come to each on its own where a browser forbids channels', async () => {
      const allow = forbidChannels();
      await follow(one);
      await follow(one);
      await rig.pass(() => rig.handler.streams.length === 2);
      allow();
      expect(rig.handler.streams.length).to.equal(2);
    });
  });
});
