import { expect } from '@open-wc/testing';
import { json } from '../stub-fetch.js';
import { createRig } from './rig.js';
import type { Rig } from './rig.js';
import { connectionOf } from './stub-handler.js';

describe('platforms/open-wearables: what another tab let go of', () => {
  let rig: Rig;
  beforeEach(() => (rig = createRig()));
  afterEach(() => rig.restore());

  /** A tab whose history is in: nothing streams any more. */
  async function tab(visitor: string | null = 'v1') {
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
    expect((await second.made.connections?.(rig.life().signal))?.map(({ source }) => source)).to.deep.equal(['strava']);
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
    const [first, same, other, nameless] = [await tab(), await tab(), await tab('v2'), await tab(null)];
    await letGo(first);
    await rig.pass(() => same.told.length);
    expect([other.told, nameless.told]).to.deep.equal([[], []]);
    expect(await rig.left()).to.equal(0);
  });

  it('stays in its tab where a browser forbids channels', async () => {
    const { BroadcastChannel: Channel } = globalThis;
    globalThis.BroadcastChannel = class {
      constructor() {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      }
    } as unknown as typeof Channel;
    const [first, second] = [await tab(), await tab()];
    await letGo(first);
    globalThis.BroadcastChannel = Channel;
    expect([first.told, second.told, await rig.left()]).to.deep.equal([[], [], 0]);
  });
});
