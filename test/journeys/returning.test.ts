/** What holds after the first connection: reloads, renewals, whole-page trips, other tabs, goodbyes. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { until } from '../browsers/waiting.js';
import { orderOf } from './heard.js';
import { inEveryEngine } from './rig.js';

inEveryEngine('a visitor returns', (stage) => {
  it('by the whole page, to the very place where they were', async () => {
    const visitor = await stage.arrive({ mode: 'redirect' }, '/club/season?year=2026#join');
    await visitor.click('Garmin Connect');
    await visitor.signInAtWearable(visitor.page);
    await visitor.click('Allow', visitor.page);
    await visitor.hears('connected', { source: 'garmin_connect' });
    const { pathname, search, hash } = new URL(await visitor.page.url());
    assert.equal(pathname + search + hash, '/club/season?year=2026#join');
    const order = orderOf(await visitor.heard());
    assert.deepEqual(order.slice(0, 5), ['change(confirming)', 'tokens(connected)', 'connections', 'connected', 'change(syncing)'], order.join());
  });

  it('after a reload, restored from the session; and without it, unknown', async () => {
    const visitor = await stage.arrive({ persist: 'session' });
    await visitor.connects('Garmin Connect');
    await visitor.visit({ persist: 'session' });
    await visitor.hears('tokens', { reason: 'restored' });
    await visitor.hears('change', { phase: 'connected' });
    assert.ok(!(await visitor.heard()).some(({ name }) => name === 'connected'), 'no attempt, no end of one');
    await visitor.visit({});
    await visitor.hearsPhase('choosing');
  });

  it('to another tab: signed in there too, and signed out of both', async () => {
    const visitor = await stage.arrive({ persist: 'local' });
    await visitor.connects('Garmin Connect');
    const first = visitor.page;
    const second = await visitor.opensTab(await first.url());
    visitor.page = second;
    await visitor.hears('tokens', { reason: 'restored' });
    await visitor.call('disconnect');
    visitor.page = first;
    await visitor.hears('disconnected', { source: null });
  });

  it('to say goodbye: everything is forgotten, the tokens are revoked, and then it can begin anew', async () => {
    const visitor = await stage.arrive({ persist: 'local', scope: 'openid profile data:read offline_access' });
    stage.sandbox.setFaults({ revocation: true });
    await visitor.connects('Garmin Connect');
    await visitor.click('Disconnect');
    await visitor.sees('Disconnect?');
    await visitor.clickLast('Disconnect');
    const gone = await visitor.hears('disconnected', { source: null });
    assert.deepEqual(gone['connections'], []);
    await visitor.sees('access has been taken back');
    assert.equal(stage.sandbox.requests.filter(({ path, method }) => path === '/api/v1/oauth/revoke' && method === 'POST').length, 2);
    assert.deepEqual(await visitor.page.evaluate(() => Object.keys(localStorage)), []);
    await visitor.connects('Garmin Connect');
  });

  it('to goodbye where nothing can be revoked, and that is said', async () => {
    const visitor = await stage.arrive();
    await visitor.connects('Garmin Connect');
    await visitor.call('disconnect');
    await visitor.sees('still keeps the connection');
    assert.equal(stage.sandbox.requests.filter(({ path }) => path === '/api/v1/oauth/revoke').length, 0);
  });

  it('to manage connections on the platform’s own page', async () => {
    const visitor = await stage.arrive();
    await visitor.connects('Garmin Connect');
    const portal = await visitor.opens(() => visitor.click('Manage'));
    await visitor.sees('Garmin Connect', portal);
    await visitor.click('Disconnect', portal);
    await until(() => stage.sandbox.accounts[0]?.connections.length === 0, () => 'the platform still has the connection');
    await visitor.noLongerSees('Disconnect', portal);
    await visitor.closesWindow(portal);
    const changed = await visitor.hearsConnections(0);
    assert.equal((changed['removed'] as unknown[]).length, 1);
  });

  it('to look in from that page, more than once', async () => {
    const visitor = await stage.arrive();
    await visitor.connects('Garmin Connect');
    const asked = (): number => stage.sandbox.requests.filter(({ path }) => path === '/api/v1/profile/status').length;
    await visitor.hears('complete');
    const portal = await visitor.opens(() => visitor.click('Manage'));
    await visitor.sees('Garmin Connect', portal);
    const before = asked();
    // In the half second after it opens a look is none.
    const lookIn = async (): Promise<boolean> => {
      await portal.front();
      await visitor.page.front();
      return asked() > before;
    };
    await until(lookIn, () => 'nobody asked how things stand');
    await portal.front();
    await visitor.click('Disconnect', portal);
    await visitor.noLongerSees('Disconnect', portal);
    await visitor.page.front();
    await visitor.hearsConnections(0);
    await portal.close();
  });

  it('when the token runs out in mid-stream: renewed once, and the history goes on', async () => {
    await stage.begin({ accessTokenSeconds: 4, historySeconds: 6, streamSeconds: 1.5 });
    const visitor = await stage.arrive({ scope: 'openid profile data:read offline_access' });
    const window = await visitor.opens(() => visitor.click('Garmin Connect'));
    await visitor.signInAtWearable(window);
    await visitor.closes(window, () => visitor.click('Allow', window));
    await visitor.hears('tokens', { reason: 'refreshed' });
    await visitor.hears('complete', { outcome: 'success' });
    const ratios = (await visitor.heard()).filter(({ name }) => name === 'progress').map(({ ratio }) => Number(ratio));
    assert.deepEqual(ratios, [...ratios].sort((a, b) => a - b), 'never backwards');
  });

  it('when it runs out and cannot be renewed: one click, and the history goes on', async () => {
    await stage.begin({ accessTokenSeconds: 8, historySeconds: 7, streamSeconds: 1.5 });
    const visitor = await stage.arrive();
    const window = await visitor.opens(() => visitor.click('Garmin Connect'));
    await visitor.signInAtWearable(window);
    await visitor.closes(window, () => visitor.click('Allow', window));
    const expired = await visitor.hears('error', { code: 'session_expired' });
    assert.equal(expired.attempt, undefined, 'it belongs to the session, not to an attempt');
    await visitor.passesThrough(() => visitor.click('Sign in again'));
    await visitor.hears('complete', { outcome: 'success' });
  });
});
