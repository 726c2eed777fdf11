/** Through the club's own server: it holds the key of Open Wearables, and the page never sees a token. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { orderOf, type Heard } from './heard.js';
import { inEveryEngineAtTheClub } from './open-wearables-rig.js';
import type { Visitor } from './visitor.js';

const connectionsOf = ({ connections }: Heard): readonly { source: string; status: string; history: string }[] => connections as { source: string; status: string; history: string }[];

/** The denied window, and every other that goes wrong, stays on a page of Open Wearables' own. */
const leftBehind = /^open-wearables\./;

async function phaseOf(visitor: Visitor): Promise<string | undefined> {
  return visitor.page.evaluate(() => document.querySelector('wearable-connect')?.phase);
}

inEveryEngineAtTheClub('a member connects', (stage) => {
  it('Strava: signs in there, comes back, and the page hears it in the promised order, without a token', async () => {
    const visitor = await stage.arrive();
    const window = await visitor.opens(() => visitor.click('Strava'));
    await visitor.reaches(window, /^strava\./);
    await visitor.click('Sign in', window);
    await visitor.closes(window, () => visitor.click('Allow', window));
    await visitor.hears('change', { phase: 'connected' });

    const heard = await visitor.heard();
    assert.deepEqual(orderOf(heard).filter((name, index, all) => name !== all[index - 1]), [
      ...['change(choosing)', 'change(authorizing)', 'change(confirming)', 'connections', 'connected', 'change(syncing)'],
      ...['progress', 'connections', 'complete', 'change(connected)'],
    ]);
    assert.deepEqual(heard.map(({ seq }) => seq), heard.map((_, index) => index + 1), 'numbered from the first');
    assert.equal(new Set(heard.slice(1, 5).map(({ attempt }) => attempt)).size, 1, 'one attempt, on every event of it');
    const connected = await visitor.hears('connected', { source: 'strava' });
    assert.deepEqual(connected['user'], { id: 'ingrid', name: null, givenName: null, familyName: null, email: null, registeredAt: null });
    const complete = await visitor.hears('complete', { outcome: 'success' });
    assert.deepEqual(connectionsOf(complete).map(({ source, status, history }) => [source, status, history]), [['strava', 'active', 'ready']]);
    const last = await visitor.hears('progress', { source: 'strava', stage: 'done' });
    assert.ok(Number(last['items']) > 0 && last['ratio'] === 1, 'what is there was counted');
    await visitor.sees('Your history is here');
    // Nothing was ever asked of Open Wearables by the page but its pictures, and no id of its own came here.
    const { openWearables, openWearablesKey } = stage.sandbox;
    const loaded = await visitor.page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    assert.deepEqual(loaded.filter((name) => name.startsWith(openWearables) && !name.endsWith('.svg')), []);
    const [, user] = /\/users\/([\w-]{36})\//.exec(stage.sandbox.requests.map(({ path }) => path).join('\n')) ?? [];
    for (const secret of [openWearablesKey, user]) assert.ok(secret && !JSON.stringify(heard).includes(secret));
  });

  it('Strava, and then Garmin: both are there, both histories come', async () => {
    const visitor = await stage.arrive();
    await visitor.connects('Strava');
    await visitor.click('Add another');
    await visitor.passesThroughAgreeing(() => visitor.click('Garmin'));
    const connected = await visitor.hears('connected', { source: 'garmin' });
    assert.deepEqual(connectionsOf(connected).map(({ source }) => source).sort(), ['garmin', 'strava']);
    assert.deepEqual((connected['added'] as { source: string }[]).map(({ source }) => source), ['garmin']);
    await visitor.hears('progress', { source: 'garmin', stage: 'done' });
    const complete = await visitor.hears('complete', { outcome: 'success' });
    assert.deepEqual(connectionsOf(complete).map(({ history }) => history), ['ready', 'ready']);
  });

  it('after a no: the window stays behind, closing it is a decision, and the next time it goes well', async () => {
    const visitor = await stage.arrive();
    const window = await visitor.opens(() => visitor.click('Strava'));
    await visitor.click('Sign in', window);
    await visitor.click('Deny', window);
    await visitor.reaches(window, leftBehind);
    await visitor.sees('access_denied', window);
    assert.equal(await phaseOf(visitor), 'authorizing', 'nobody knows yet');
    await visitor.looksAround();
    await visitor.closesWindow(window);
    await visitor.hears('cancelled', { source: 'strava', reason: 'closed' });
    await visitor.hearsPhase('choosing');
    await visitor.passesThroughAgreeing(() => visitor.click('Strava'));
    await visitor.hears('connected', { source: 'strava' });
    assert.ok(!(await visitor.heard()).some(({ name }) => name === 'error'), 'a no is no error');
  });

  it('not: they closed the window early', async () => {
    const visitor = await stage.arrive();
    const window = await visitor.opens(() => visitor.click('Polar'));
    await visitor.reaches(window, /^polar\./);
    await visitor.looksAround();
    const since = Date.now();
    await visitor.closesWindow(window);
    await visitor.hears('cancelled', { source: 'polar', reason: 'closed' });
    assert.ok(Date.now() - since < 3000, 'within three seconds');
    await visitor.sees('The window was closed');
  });

  it('not: the server has no credentials for it, and that is said before anybody is sent there', async () => {
    stage.goesWrong({ noCredentials: ['strava'] });
    const visitor = await stage.arrive();
    await visitor.passesThrough(() => visitor.click('Strava'));
    const error = await visitor.hears('error', { code: 'misconfigured', source: 'strava' });
    assert.match(String(error['message']), /Strava has no credentials/);
    assert.equal(stage.asked(/^\/oauth\/authorize/), 0, 'no page of the provider was opened');
    visitor.forgives(/status of 422|no credentials/);
  });

  it('again, what they had let go', async () => {
    await stage.isConnected('strava');
    const visitor = await stage.arrive();
    await visitor.click('Disconnect');
    await visitor.sees('Disconnect Strava?');
    await visitor.clickLast('Disconnect');
    const gone = await visitor.hears('disconnected', { source: 'strava' });
    assert.deepEqual(connectionsOf(gone), [], 'its row stays at Open Wearables, as revoked: nobody is asked to mend it');
    // Whoever comes back later is somebody who has nothing connected.
    await visitor.visit({ platform: 'open-wearables' });
    await visitor.hearsPhase('choosing');
    await visitor.passesThroughAgreeing(() => visitor.click('Strava'));
    const connected = await visitor.hears('connected', { source: 'strava' });
    assert.deepEqual(connectionsOf(connected).map(({ source, status }) => `${source} ${status}`), ['strava active']);
    assert.equal((connected['added'] as unknown[]).length, 1);
  });

  it('by the whole page, to the very place where they were', async () => {
    const visitor = await stage.arrive({ mode: 'redirect' }, '/club/season?year=2026#join');
    await visitor.click('Strava');
    await visitor.reaches(visitor.page, /^strava\./);
    await visitor.click('Sign in');
    await visitor.click('Allow');
    await visitor.hears('connected', { source: 'strava' });
    const { pathname, search, hash } = new URL(await visitor.page.url());
    assert.equal(pathname + search + hash, '/club/season?year=2026#join');
  });

  it('not for somebody else: who finishes a stranger’s sign-in gives them nothing [T13]', async () => {
    const stranger = await stage.enter('tomas');
    const address = await stranger.page.evaluate(async () => {
      const headers = { 'content-type': 'application/json', 'x-wearable-connect': '1' };
      const answer = await fetch('/wearables/authorizations', { method: 'POST', headers, body: '{"source":"strava"}' });
      return ((await answer.json()) as { url: string }).url;
    });
    const visitor = await stage.enter();
    const tab = await visitor.opensTab(address);
    await visitor.click('Sign in', tab);
    await visitor.click('Allow', tab);
    await visitor.sees('You can close this window', tab);
    assert.equal(new URL(await tab.url()).search, '', 'nothing to take along is left in the address');
    await stranger.visit({ platform: 'open-wearables' });
    await stranger.hearsPhase('choosing');
    assert.deepEqual(await stage.statuses('tomas'), ['strava revoked']);
  });

  for (const [name, cut] of Object.entries({
    'the wearable’s page cuts the window off': () => stage.goesWrong({ coop: { wearable: 'same-origin' } }),
    'every page of the club is same-origin, the one they come back to as well': () => stage.alwaysSends({ 'cross-origin-opener-policy': 'same-origin' }),
  }))
    it(`though ${name}`, async () => {
      cut();
      const visitor = await stage.arrive();
      const window = await visitor.opens(() => visitor.click('Strava'));
      await visitor.reaches(window, /^strava\./);
      await visitor.click('Sign in', window);
      await visitor.closes(window, () => visitor.click('Allow', window));
      await visitor.hears('connected', { source: 'strava' });
      assert.ok(!(await visitor.heard()).some((event) => event.name === 'cancelled'), 'a cut is no close');
    });
});
