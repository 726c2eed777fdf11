/** The window goes wherever the provider is, and whenever it comes back: what counts is what Open Wearables lists. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createOpenWearables, row } from './open-wearables-rig.js';
import { membersOf, reply, site, verdictOf } from './rig.js';

describe('the window of a provider and the list of connections', () => {
  it('an address of a foreign origin is opened, as every provider’s is; what comes back from there connects nobody whom the list does not have [F24]', async () => {
    const url = 'https://evil.example/authorize?client_id=sc&state=canary';
    const { ask, connect, rows, clock, platforms } = createOpenWearables({}, { 'GET /api/v1/oauth/strava/authorize': () => reply({ authorization_url: url }) });
    const answer = await ask('POST', '/wearables/authorizations', { source: 'strava' });
    assert.deepEqual(await membersOf(answer.clone()), { url }, 'nothing of ours is added to it');
    const wayBack = new URL(platforms.asked.findLast(({ url: { pathname } }) => pathname.endsWith('/authorize'))?.url.searchParams.get('redirect_uri') ?? '');
    assert.equal(wayBack.origin, site, 'the way back is to this site, whoever is asked');
    await clock.advance(1000);
    await ask('GET', `${wayBack.pathname}${wayBack.search}&code=evil&state=evil`);
    const nonce = wayBack.searchParams.get('nonce') ?? '';
    assert.equal(await verdictOf(await connect('strava', nonce)), '409 access_denied');
    rows['kari'] = [row('strava', clock.now())];
    assert.equal((await connect('strava', nonce)).status, 200);
  });

  it('a connection that appears before the return is only listed; the return confirms it and begins its history [F24]', async () => {
    const { ask, nonceFor, connect, read, rows, clock, platforms } = createOpenWearables();
    const begun = (): number => platforms.asked.filter(({ url }) => url.pathname.endsWith('/sync/historical')).length;
    rows['kari'] = [];
    const nonce = await nonceFor('strava');
    await clock.advance(1000);
    rows['kari'] = [row('strava', clock.now())];
    const { connections } = (await read('/connections')) as { connections: readonly { source: string; status: string }[] };
    assert.deepEqual(connections.map(({ source, status }) => [source, status]), [['strava', 'active']]);
    assert.equal(begun(), 0, 'who only looks begins nothing');
    await clock.advance(60_000);
    await ask('GET', `/wearables/return?nonce=${nonce}`);
    assert.equal(begun(), 0, 'nor does the page that the window lands on');
    const { added } = (await membersOf(await connect('strava', nonce))) as { added: readonly { source: string; history: string }[] };
    assert.deepEqual(added.map(({ source, history }) => [source, history]), [['strava', 'syncing']]);
    assert.equal(begun(), 1);
  });
});
