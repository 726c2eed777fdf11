/** The handler against the local SweatStack and the local Open Wearables: what its own stubs say must be what those say. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Tokens } from '../../src/core/nouns.js';
import { createHandler } from '../../src/server/handler.js';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { Backend } from '../sandbox/backend.js';
import { app, connectWith, expressUrl, localFetch, query, redirectUri, start, Visitor } from '../sandbox/visitor.js';
import { createFakeClock } from '../sync/fake-clock.js';
import { membersOf } from './rig.js';

const clock = createFakeClock(Date.now());
let sandbox: Sandbox;
before(async () => {
  sandbox = await createSandbox({ port: 0, quiet: true, now: clock.now, clients: [{ clientId: 'demo-client' }, { clientId: 'server', clientSecret: 'a secret & more' }] });
});
after(() => sandbox.close());

const headers = { 'x-wearable-connect': '1', origin: app };

describe('against the sandbox', () => {
  for (const client of [{ clientId: 'server', clientSecret: 'a secret & more' }, { clientId: 'demo-client' }])
    it(`redeems a code of SweatStack ${client.clientSecret ? 'with a secret' : 'without one'}, once`, async () => {
      const kept: Tokens[] = [];
      const handler = createHandler({ origin: app, authenticate: () => ({ userId: 'kari' }), fetch: localFetch, sweatstack: { ...client, baseUrl: sandbox.sweatstack }, onTokens: (_user, tokens) => void kept.push(tokens) });
      const begun = start({ client_id: client.clientId, nonce: 'of-the-page' });
      const visitor = await new Visitor(app).open(expressUrl(sandbox.sweatstack, begun));
      await connectWith(visitor, 'Garmin Connect');
      if (visitor.heading.startsWith('Allow ')) await visitor.press('Allow');
      const body = JSON.stringify({ code: query(visitor)['code'], verifier: begun.verifier, redirectUri });
      const redeem = () => handler(new Request(`${app}/wearables/redeem`, { method: 'POST', headers, body }));
      const { user, connections, error, message } = await membersOf(await redeem());
      assert.equal(error, undefined, String(message));
      assert.ok((user as { id: string }).id);
      assert.equal((connections as { status: string }[])[0]?.status, 'active');
      assert.ok(kept[0]?.accessToken && kept[0].idToken);
      assert.equal((await redeem()).status, 401);
    });

  for (const source of ['strava', 'garmin'])
    it(`connects ${source} through Open Wearables, follows its history to the end, and lets it go`, async () => {
      const handler = createHandler({
        origin: app, authenticate: () => ({ userId: `kari with ${source}` }), fetch: localFetch, clock, secret: 'a secret of the tests',
        openWearables: { url: sandbox.openWearables, apiKey: sandbox.openWearablesKey },
      });
      const ask = (method: string, path: string, body?: object) => handler(new Request(`${app}/wearables${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) }));
      const { sources } = await membersOf(await ask('GET', '/sources'));
      assert.ok((sources as { id: string }[]).some(({ id }) => id === source));

      const { url } = await membersOf(await ask('POST', '/authorizations', { source }));
      const visitor = await new Visitor(app).open(String(url));
      await visitor.press('Sign in');
      await visitor.press('Allow');
      const nonce = new URL(visitor.url).searchParams.get('nonce');
      const connected = await ask('POST', '/connections', { source, nonce });
      assert.equal(connected.status, 200, await connected.clone().text());

      const reader = (await ask('GET', '/updates')).body?.getReader();
      let text = '';
      const reading = (async () => {
        for (let read = await reader?.read(); read?.value; read = await reader?.read()) text += new TextDecoder().decode(read.value);
      })();
      for (let turns = 0; turns < 2000 && !text.includes('event: complete'); turns += 1) {
        await new Promise(setImmediate);
        await clock.advance(50);
      }
      await reader?.cancel();
      await reading;
      assert.match(text, /event: progress[^]*event: complete\ndata: {"outcome":"success"/);

      assert.equal((await ask('DELETE', `/connections/${source}`)).status, 204);
      const { connections } = await membersOf(await ask('GET', '/connections'));
      assert.deepEqual((connections as { source: string; status: string }[]).map((one) => `${one.source} ${one.status}`), [`${source} revoked`]);
    });

  it('gets as much history as was asked for, of a server that begins with ninety days by itself and drops what is asked meanwhile', async () => {
    const handler = createHandler({
      origin: app, authenticate: () => ({ userId: 'kari, a year back' }), fetch: localFetch, clock, secret: 'a secret of the tests',
      openWearables: { url: sandbox.openWearables, apiKey: sandbox.openWearablesKey },
    });
    const ask = (method: string, path: string, body?: object) => handler(new Request(`${app}/wearables${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) }));
    const { url } = await membersOf(await ask('POST', '/authorizations', { source: 'whoop' }));
    const visitor = await new Visitor(app).open(String(url));
    await visitor.press('Sign in');
    await visitor.press('Allow');
    const nonce = new URL(visitor.url).searchParams.get('nonce');
    assert.equal((await ask('POST', '/connections', { source: 'whoop', nonce, historyDays: 365 })).status, 200);
    const backend = new Backend(sandbox);
    const user = await backend.user('kari, a year back');
    const starts = async () => (await backend.recent(user)).flatMap(({ metadata, timestamp }) => {
      const from = (metadata as { start_date?: string }).start_date;
      return from ? [Math.round((Date.parse(String(timestamp)) - Date.parse(from)) / 86_400_000)] : [];
    });
    assert.deepEqual(await starts(), [90]);
    for (let turns = 0; turns < 200 && (await starts()).length < 2; turns += 1) {
      await new Promise(setImmediate);
      await clock.advance(500);
    }
    assert.deepEqual(await starts(), [365, 90]);
    await clock.advance(60_000);
    assert.equal(clock.pending, 0);
  });

  it('lets go again what somebody else has connected for him [T13]', async () => {
    const handler = createHandler({
      origin: app, authenticate: (request) => ({ userId: request.headers.get('x-user') ?? 'mallory' }), fetch: localFetch, clock, secret: 'a secret of the tests',
      openWearables: { url: sandbox.openWearables, apiKey: sandbox.openWearablesKey },
    });
    const ask = (method: string, path: string, body?: object) => handler(new Request(`${app}/wearables${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) }));
    const statuses = async () => ((await membersOf(await ask('GET', '/connections')))['connections'] as { source: string; status: string }[]).map(({ source, status }) => `${source} ${status}`);
    const { url } = await membersOf(await ask('POST', '/authorizations', { source: 'strava', state: 'wc1.0123456789abcdef' }));
    const victim = await new Visitor(app).open(String(url));
    await victim.press('Sign in');
    await victim.press('Allow');
    assert.deepEqual(await statuses(), ['strava active']);
    const landed = await handler(new Request(victim.url, { headers: { 'x-user': 'kari' } }));
    assert.equal(landed.status, 303);
    assert.deepEqual(await statuses(), ['strava revoked']);
    const nonce = new URL(victim.url).searchParams.get('nonce');
    assert.equal((await ask('POST', '/connections', { source: 'strava', nonce })).status, 409);
  });
});
