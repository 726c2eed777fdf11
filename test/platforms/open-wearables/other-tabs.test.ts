import { expect } from '@open-wc/testing';
import type { Connection } from '../../../src/core/nouns.js';
import { forbidChannels } from '../../oauth/surroundings.js';
import { json } from '../stub-fetch.js';
import { createRig } from './rig.js';
import type { Rig } from './rig.js';
import { connectionOf, visitor as visiting } from './stub-handler.js';

describe('platforms/open-wearables: what another tab let go of', () => {
  let rig: Rig;
  beforeEach(() => (rig = createRig()));
  afterEach(() => rig.restore());

  /** A tab whose history is in: nothing streams any more. */
  async function tab(visitor: string | null = visiting) {
    rig.handler.answers['GET /wearables/sources'] = () => json({ sources: [], connections: rig.handler.connections }, 200, visitor ? { 'x-wearable-connect-visitor': visitor } : {});
    const made = rig.platform();
    const { signal } = rig.life();
    await made.sources(signal);
    await made.restore?.(signal);
    const told: string[] = [];
    await made.attend?.(rig.life().signal, (source, connections) => void told.push(`${source}, left: ${connections.map((one) => one.source).join()}`));
    return { made, told };
  }

  const letGo = async (of: Awaited<ReturnType<typeof tab>>): Promise<void> => {
    await of.made.disconnect?.('garmin', rig.life().signal);
  };

  beforeEach(() => void rig.handler.connections.push(connectionOf('garmin'), connectionOf('strava')));

  it('is heard with no stream and no request, by every other tab and not by that one', async () => {
    const [first, second, third] = [await tab(), await tab(), await tab()];
    const asked = rig.handler.asked.length;
    await letGo(first);
    await rig.pass(() => second.told.length && third.told.length);
    expect([first.told, second.told, third.told]).to.deep.equal([[], ['garmin, left: strava'], ['garmin, left: strava']]);
    expect(rig.handler.asked.length - asked, 'the one DELETE, and the list of the tab that asked').to.equal(2);
    expect(await rig.left()).to.equal(0);
  });

  it('is not offered to be mended, where the list still has it as revoked', async () => {
    const [first, second] = [await tab(), await tab()];
    await letGo(first);
    await rig.pass(() => second.told.length);
    rig.handler.connections.splice(0, Infinity, connectionOf('garmin', { status: 'revoked' }), connectionOf('strava'));
    expect((await second.made.refresh?.(rig.life().signal))?.map(({ source }) => source)).to.deep.equal(['strava']);
  });

  it('is not told where the handler did not do it', async () => {
    const [first, second] = [await tab(), await tab()];
    rig.handler.answers['DELETE /wearables/connections/garmin'] = () => json({ error: 'platform_error', message: 'x' }, 502);
    await letGo(first).catch(() => {});
    // What is posted later is heard later (HTML 9.5): so had it been told, it would be here first.
    rig.handler.answers['DELETE /wearables/connections/strava'] = () => new Response(null, { status: 204 });
    await first.made.disconnect?.('strava', rig.life().signal);
    await rig.pass(() => second.told.length);
    expect(second.told).to.deep.equal(['strava, left: garmin']);
  });

  it('is another visitor’s never, nor anybody’s whom the handler did not name', async () => {
    const [first, same, other, nameless] = [await tab(), await tab(), await tab(`not ${visiting}`), await tab(null)];
    await letGo(first);
    await rig.pass(() => same.told.length);
    expect([other.told, nameless.told]).to.deep.equal([[], []]);
    expect(await rig.left()).to.equal(0);
  });

  it('stays in its tab where a browser forbids channels', async () => {
    const allow = forbidChannels();
    const [first, second] = [await tab(), await tab()];
    await letGo(first);
    allow();
    expect([first.told, second.told, await rig.left()]).to.deep.equal([[], [], 0]);
  });

  describe('and is connected again elsewhere', () => {
    type Tab = Awaited<ReturnType<typeof tab>>;
    const lists = (list: readonly Connection[] | undefined): string[] => (list ?? []).map(({ source, status }) => (status === 'active' ? source : `${source} ${status}`));
    const listed = async ({ made }: Tab): Promise<string[]> => lists(await made.refresh?.(rig.life().signal));
    const now = (...all: object[]) => void rig.handler.connections.splice(0, Infinity, ...all);
    const [garmin, strava, revoked] = [connectionOf('garmin'), connectionOf('strava'), connectionOf('garmin', { status: 'revoked' })];
    const connections = [garmin, strava];

    /** What the tab is told while it follows, until it has heard `count` lists. */
    async function followed({ made }: Tab, count: number, ...sent: object[]): Promise<string[][]> {
      const [heard, streams] = [[] as string[][], rig.handler.streams.length];
      const life = rig.life();
      void (async () => {
        for await (const update of made.follow([], life.signal)) if (update.type === 'connections') heard.push(lists(update.connections));
      })().catch(() => {});
      await rig.pass(() => rig.handler.streams.length > streams);
      for (const all of sent) rig.handler.send('connections', { connections: all });
      await rig.pass(() => heard.length >= count);
      life.abort('paused');
      return heard;
    }

    const ways: readonly [string, (of: Tab) => Promise<unknown>][] = [
      ['the list', listed],
      ['the list as the page begins', ({ made }) => Promise.resolve(made.restore?.(rig.life().signal))],
      ['the stream', (of) => followed(of, 1, connections)],
      ['the answer to another sign-in', ({ made }) => made.confirm({ source: 'strava', nonce: 'n' }, rig.life().signal)],
    ];
    for (const [way, learn] of ways)
      it(`is theirs again, as ${way} says: what becomes of it then is told`, async () => {
        const [first, second, third] = [await tab(), await tab(), await tab()];
        await letGo(first);
        await rig.pass(() => second.told.length && third.told.length);
        now(garmin, strava);
        await learn(first);
        await learn(third);
        now(revoked, strava);
        expect([await listed(first), await listed(third)], 'if somebody else ends it, that is to be mended').to.deep.equal([['garmin revoked', 'strava'], ['garmin revoked', 'strava']]);
        await letGo(second);
        await rig.pass(() => first.told.length && third.told.length > 1);
        expect([first.told, second.told.length, third.told.length]).to.deep.equal([['garmin, left: strava'], 1, 2]);
      });

    it('at once: the tab that let it go is not told of itself', async () => {
      const [first, second] = [await tab(), await tab()];
      rig.handler.answers['DELETE /wearables/connections/garmin'] = () => new Response(null, { status: 204 });
      const left = await first.made.disconnect?.('garmin', rig.life().signal);
      await rig.pass(() => second.told.length);
      expect([lists(left?.connections), first.told, second.told.length]).to.deep.equal([['garmin', 'strava'], [], 1]);
    });

    for (const who of ['the tab that let it go', 'a tab that heard of it'])
      it(`is not there for a moment in ${who}, where a list was asked for before and comes late`, async () => {
        const [first, second] = [await tab(), await tab()];
        const of = who.startsWith('the') ? first : second;
        const late: ((response: Response) => void)[] = [];
        const { 'GET /wearables/connections': answer } = rig.handler.answers;
        rig.handler.answers['GET /wearables/connections'] = () => new Promise((resolve) => late.push(resolve));
        const before = listed(of);
        await rig.pass(() => late.length);
        if (answer) rig.handler.answers['GET /wearables/connections'] = answer;
        await letGo(first);
        await rig.pass(() => second.told.length);
        late[0]?.(json({ connections }));
        expect(await before).to.deep.equal(['strava']);
        now(revoked, strava);
        expect(await listed(of), 'and is still nothing to mend').to.deep.equal(['strava']);
      });

    it('is not there for a moment where that was not known here, and it is let go once more', async () => {
      const [first, second, third] = [await tab(), await tab(), await tab()];
      await letGo(first);
      await rig.pass(() => second.told.length && third.told.length);
      let late = (_response: Response): void => {};
      rig.handler.answers['GET /wearables/connections'] = () => new Promise((resolve) => (late = resolve));
      const before = listed(second);
      await rig.pass(() => rig.handler.times('/wearables/connections') > 1);
      rig.handler.answers['GET /wearables/connections'] = () => json({ connections: [revoked, strava] });
      const witness = await tab();
      await letGo(third);
      // The eldest channel hears first (HTML 9.5).
      await rig.pass(() => witness.told.length);
      late(json({ connections }));
      expect([await before, second.told.length, witness.told.length]).to.deep.equal([['strava'], 1, 1]);
    });

    it('is not there for a moment either, where the stream tells late of what was', async () => {
      const [first, second] = [await tab(), await tab()];
      await letGo(first);
      await rig.pass(() => second.told.length);
      now(revoked, strava);
      expect([await followed(first, 2, connections, [revoked, strava]), await followed(second, 1, connections)]).to.deep.equal([[['strava'], ['strava']], [['strava']]]);
    });

    it('has the history that the stream tells', async () => {
      const first = await tab();
      await letGo(first);
      now(garmin, strava);
      const life = rig.life();
      const heard: (readonly Connection[])[] = [];
      void (async () => {
        for await (const update of first.made.follow([], life.signal)) if (update.type === 'connections') heard.push(update.connections);
      })().catch(() => {});
      await rig.pass(() => rig.handler.streams.length);
      const asked = rig.handler.times('/wearables/connections');
      for (const history of ['syncing', 'ready']) rig.handler.send('connections', { connections: [connectionOf('garmin', { history })] });
      await rig.pass(() => heard.length > 1);
      expect(heard.map(([one]) => one?.history)).to.deep.equal(['syncing', 'ready']);
      expect(rig.handler.times('/wearables/connections') - asked, 'the handler is asked once whether it is so').to.equal(1);
    });

    it('stays listed until the handler has let it go, and is let go all the same', async () => {
      const first = await tab();
      let done = (_response: Response): void => {};
      rig.handler.answers['DELETE /wearables/connections/garmin'] = () => new Promise((resolve) => (done = resolve));
      const going = letGo(first);
      await rig.pass(() => rig.handler.times('/wearables/connections/garmin'));
      expect(await listed(first)).to.deep.equal(['garmin', 'strava']);
      now(revoked, strava);
      expect(await listed(first), 'the list may tell sooner than the answer comes').to.deep.equal(['strava']);
      done(new Response(null, { status: 204 }));
      await going;
      expect(await listed(first)).to.deep.equal(['strava']);
    });
  });
});
