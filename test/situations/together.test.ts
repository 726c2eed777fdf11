/** More than one at a time: tabs, widgets, and tabs that share a session. Nobody takes somebody else's answer. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { exchanges, inEveryEngine, watchRequests } from './rig.js';
import type { Ground } from './rig.js';
import { arrivesAt, eventually, Visit } from './visit.js';

inEveryEngine('more than one at a time', (ground: Ground) => {
  it('two tabs sign in at once: each gets its own answer [F25]', async () => {
    const { sites, profile } = ground;
    const requests = watchRequests(sites);
    const address = sites.page();
    const [first, second] = [await Visit.to(profile, address), await Visit.to(profile, address)];
    await first.tab.front();
    const one = await first.picks('Garmin Connect', '/consent');
    await second.tab.front();
    const other = await second.picks('Garmin Connect', '/consent');
    await second.allowsIn(other);
    await second.isConnected();
    await first.isWaiting();
    await one.front();
    await first.allowsIn(one);
    await first.isConnected();
    assert.equal(exchanges(requests()).length, 2);
  });

  it('two widgets on one page sign in at once: each hears of its own alone [F25]', async () => {
    const { sites, profile } = ground;
    const visit = await Visit.to(profile, sites.page({ body: 'TAGTAG<script>[...document.querySelectorAll("wearable-connect")].forEach((widget, at) => { widget.id = `widget-${at}`; });</script>' }));
    const first = await visit.picks('Garmin Connect', '/consent');
    await visit.tab.front();
    const second = await visit.opens(() => visit.tab.click('Garmin Connect'));
    await arrivesAt(second, '/consent');
    await visit.allowsIn(second);
    const connected = await visit.hears('connected');
    assert.equal(connected['on'], 'widget-1');
    await first.front();
    await visit.allowsIn(first);
    await visit.hears('connected', { on: 'widget-0' });
    const ends = (await visit.heard()).filter(({ name }) => ['connected', 'cancelled', 'error'].includes(name));
    assert.deepEqual(ends.map(({ name, on }) => [name, on]), [['connected', 'widget-1'], ['connected', 'widget-0']]);
    assert.equal(new Set(ends.map(({ attempt }) => attempt)).size, 2);
  });

  it('one of two tabs says goodbye while the other one is at work: the other hears it too [F25]', async () => {
    const { sites, profile } = ground;
    const address = sites.page({ attributes: { persist: 'local' } });
    const first = await Visit.to(profile, address);
    await first.allowsIn(await first.picks('Garmin Connect', '/consent'));
    await first.isConnected();
    const second = new Visit(profile, await profile.open(address));
    await second.hears('tokens', { reason: 'restored' });
    await second.run(() => document.querySelector('wearable-connect')?.disconnect());
    await first.hears('disconnected', { source: null });
    for (const { name } of [...(await first.heard()), ...(await second.heard())]) assert.ok(name !== 'error' && name !== 'uncaught', name);
  });
});

inEveryEngine('two tabs share a session whose refresh token turns', (ground: Ground) => {
  it('both renew at once: the platform is asked once, and both go on with what came [T20, F25]', async () => {
    const { sites, profile } = ground;
    // As RFC 9700 4.14.2 wants it: used twice, a refresh token takes everything with it.
    sites.sandbox.setFaults({ rotateRefreshTokens: true });
    const address = sites.page({ attributes: { persist: 'local', scope: 'openid profile data:read offline_access' } });
    const first = await Visit.to(profile, address);
    await first.allowsIn(await first.picks('Garmin Connect', '/consent'));
    await first.isConnected();
    const second = new Visit(profile, await profile.open(address));
    await second.hears('tokens', { reason: 'restored' });
    const renewals = watchRequests(sites);
    const count = (): number => renewals().filter(({ method, body }) => method === 'POST' && body?.['grant_type'] === 'refresh_token').length;
    // The answer takes longer than it takes to ask in the other tab, too.
    sites.sandbox.setFaults({ delays: { token: 2000 } });
    const renew = (): void => void document.querySelector('wearable-connect')?.refresh();
    await first.run(renew);
    await eventually('the first never asked', async () => count() === 1);
    await second.run(renew);
    await Promise.all([first, second].map((visit) => visit.hears('tokens', { reason: 'refreshed' })));
    const tokens = await Promise.all([first, second].map((visit) => visit.run(() => document.querySelector('wearable-connect')?.getAccessToken())));
    assert.equal(tokens[0], tokens[1], 'one session, one token');
    assert.equal(count(), 1);
    // The session is alive: had the old token been used twice, nothing could be renewed any more.
    await first.run(() => document.querySelector('wearable-connect')?.refresh());
    await eventually('the session is dead', async () => (await first.heard()).filter(({ reason }) => reason === 'refreshed').length === 2);
    assert.equal(count(), 2);
  });
});
