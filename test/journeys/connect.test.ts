/** The first visit, by every door of the platform. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { orderOf } from './heard.js';
import { inEveryEngine } from './rig.js';

inEveryEngine('a visitor connects', (stage) => {
  it('with a picked source, by express login, and the page hears it in the promised order', async () => {
    // Long enough to be under way still when a busy browser asks how the account is.
    await stage.begin({ historySeconds: 3 });
    const visitor = await stage.arrive();
    const window = await visitor.opens(() => visitor.click('Garmin Connect'));
    await visitor.signInAtWearable(window);
    await visitor.closes(window, () => visitor.click('Allow', window));
    await visitor.hears('change', { phase: 'connected' });

    const heard = await visitor.heard();
    assert.deepEqual(orderOf(heard), [
      ...['change(choosing)', 'change(authorizing)', 'change(confirming)', 'tokens(connected)', 'connections', 'connected', 'change(syncing)'],
      ...['progress', 'connections', 'complete', 'change(connected)'],
    ]);
    assert.deepEqual(heard.map(({ seq }) => seq), heard.map((_, index) => index + 1), 'numbered from the first');
    const attempts = new Set(heard.slice(1, 6).map(({ attempt }) => attempt));
    assert.equal(attempts.size, 1, 'one attempt, on every event of it');
    const connected = heard.find(({ name }) => name === 'connected');
    assert.equal((connected?.['user'] as { name: string } | undefined)?.name, 'Alex Rivers');
    const preview = heard.find(({ name }) => name === 'preview')?.['activity'] as { sportName: string; distanceMeters: number };
    assert.ok(preview.sportName && preview.distanceMeters > 0, 'the latest activity is there at once');
    assert.equal(heard.find(({ name }) => name === 'complete')?.['outcome'], 'success');
    const last = heard.filter(({ name }) => name === 'progress').at(-1);
    assert.equal(String(last?.['loadedUntil']).slice(0, 4), String(new Date().getFullYear() - 5), 'five years are in');
    await visitor.sees('Your history is here');
  });

  it('asks for everything at once: nothing waits that need not', async () => {
    const visitor = await stage.arrive();
    stage.sandbox.setFaults({ delays: { userinfo: 400, status: 400, latest: 400 } });
    await visitor.connects('Garmin Connect');
    const calls = stage.sandbox.requests.filter(({ path, method }) => path.startsWith('/api/v1/') && method !== 'OPTIONS').map(({ path }) => path.split('?')[0]);
    assert.deepEqual(calls.slice(0, 5).sort(), ['/api/v1/activities/backfill-status', '/api/v1/activities/latest', '/api/v1/oauth/token', '/api/v1/oauth/userinfo', '/api/v1/profile/status']);
    assert.equal(calls[0], '/api/v1/oauth/token');
  });

  it('by the standard page, with another source', async () => {
    const visitor = await stage.arrive({ 'sign-in': 'standard' });
    const window = await visitor.opens(() => visitor.click('Intervals.icu'));
    await visitor.signInAtWearable(window);
    await visitor.closes(window, () => visitor.click('Allow', window));
    const connected = await visitor.hears('connected', { source: 'intervals_icu' });
    assert.ok(stage.sandbox.requests.some(({ path }) => path.startsWith('/oauth/authorize?')));
    assert.equal((connected['connections'] as { evidence: string }[])[0]?.evidence, 'derived');
  });

  it('with a wearable that tells no e-mail, and is asked for one', async () => {
    const visitor = await stage.arrive();
    const window = await visitor.opens(() => visitor.click('Wahoo'));
    await visitor.signInAtWearable(window);
    await visitor.type('E-mail', 'robin@example.com', window);
    await visitor.click('Continue', window);
    await visitor.closes(window, () => visitor.click('Allow', window));
    const { user } = await visitor.hears('connected', { source: 'wahoo' });
    assert.equal((user as { email: string }).email, 'robin@example.com');
  });

  it('by a link in a mail that opens in another tab, while the first window still waits', async () => {
    const visitor = await stage.arrive();
    const window = await visitor.opens(() => visitor.click('Other ways to sign in'));
    await visitor.click('More options', window);
    await visitor.type('E-mail', 'sam@example.com', window);
    await visitor.click('Send sign-in link', window);
    await visitor.sees('inbox', window);
    const link = stage.sandbox.mails[0]?.link ?? '';
    const tab = await visitor.opensTab(link);
    const gone = visitor.closes(window, () => visitor.click('Allow', tab));
    await visitor.hears('connected');
    await gone;
    await visitor.sees('You can close this window', tab);
    assert.equal((await visitor.heard()).filter(({ name }) => name === 'connected').length, 1);
  });

  it('again at once, when the platform remembers them', async () => {
    const visitor = await stage.arrive();
    await visitor.connects('Garmin Connect');
    await visitor.visit();
    await visitor.passesThrough(() => visitor.click('Garmin Connect'));
    await visitor.hears('connected', { source: 'garmin_connect' });
  });

  it('with the page itself as the landing page', async () => {
    const visitor = await stage.arrive({ 'redirect-uri': '' }, '/own-page');
    await visitor.connects('Garmin Connect');
    assert.equal(new URL(await visitor.page.url()).search, '');
  });

  it('though the platform cuts its window off from the page that opened it', async () => {
    stage.sandbox.setFaults({ coop: { express: 'same-origin', wearable: 'same-origin', consent: 'same-origin' } });
    const visitor = await stage.arrive();
    const window = await visitor.opens(() => visitor.click('Other ways to sign in'));
    await visitor.reaches(window, /^sweatstack\./);
    await visitor.sees('see the window any more');
    await visitor.click('Continue with Garmin Connect', window);
    await visitor.signInAtWearable(window);
    await visitor.closes(window, () => visitor.click('Allow', window));
    await visitor.hears('change', { phase: 'connected' });
    assert.ok(!(await visitor.heard()).some(({ name }) => name === 'cancelled'), 'a cut is no close');
  });

  it('though who they are, how they are and what they did last cannot be had: each costs only itself', async () => {
    stage.sandbox.setFaults({ answers: { userinfo: 403, status: 404 }, latestNull: true });
    const visitor = await stage.arrive();
    await visitor.connects('Garmin Connect');
    const connected = await visitor.hears('connected');
    assert.equal(connected['user'], null);
    assert.equal((connected['connections'] as { history: string }[])[0]?.history, 'unknown');
    await visitor.hears('preview', { activity: null });
    await visitor.hears('complete', { outcome: 'success' });
    visitor.forgives(/status of 40[34]/);
  });

  it('and a developer looks on, without a secret to see', async () => {
    const visitor = await stage.arrive({ inspector: true });
    await visitor.connects('Garmin Connect');
    const heard = await visitor.heard();
    const wires = heard.filter(({ name }) => name === 'wire').map(({ url }) => new URL(String(url)).pathname);
    for (const path of ['/api/v1/oauth/token', '/api/v1/oauth/userinfo', '/api/v1/profile/status', '/api/v1/activities/latest']) assert.ok(wires.includes(path), path);
    const { token } = heard.find(({ name }) => name === 'tokens') as unknown as { token: string };
    const shown = await visitor.page.evaluate(() => document.querySelector('wearable-connect')?.shadowRoot?.textContent ?? '');
    assert.ok(shown.includes('code_challenge'), 'the address is taken apart');
    const told = JSON.stringify(heard.filter(({ name }) => name !== 'tokens')) + shown;
    const [form] = stage.sandbox.requests.filter(({ path, method }) => path === '/api/v1/oauth/token' && method === 'POST').map(({ body }) => body as Record<string, string>);
    for (const secret of [token, form?.['code'], form?.['code_verifier']]) assert.ok(secret && !told.includes(secret));
  });
});
