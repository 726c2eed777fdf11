/** The handler where there is no Node: a realm with the globals of the web alone, as in a worker of Cloudflare's, in Deno or in Bun. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import { build } from 'vite';
import type { HandlerOptions } from '../../src/server/settings.js';
import type { Handler } from '../../src/server/handler.js';
import { createOpenWearables, key, row } from './open-wearables-rig.js';
import { createRedeemRig, redeemable } from './redeem-rig.js';
import { authenticate, membersOf, site } from './rig.js';

/** WinterTC's minimum common API, as far as anything here could want it: no process, Buffer, require or setImmediate. */
const web = {
  AbortController, AbortSignal, Blob, DOMException, Event, EventTarget, FormData, Headers, ReadableStream, Request, Response, TextDecoder, TextEncoder, TransformStream, URL, URLSearchParams, WritableStream,
  atob, btoa, clearInterval, clearTimeout, console, crypto, queueMicrotask, setInterval, setTimeout, structuredClone,
};

describe('where there is no Node', () => {
  let create: (options: HandlerOptions) => Handler;
  before(async () => {
    const lib = { entry: 'src/server/index.ts', formats: ['iife' as const], name: 'server', fileName: 'server' };
    const built = await build({ configFile: false, publicDir: false, logLevel: 'warn', build: { lib, write: false, minify: false } });
    const [chunk] = [built].flat().flatMap((one) => ('output' in one ? one.output : []));
    assert.ok(chunk?.type === 'chunk');
    assert.deepEqual(chunk.imports, [], 'and nothing is imported at run time');
    ({ createHandler: create } = runInContext(`${chunk.code}; server`, createContext({ ...web })) as { createHandler: typeof create });
  });

  it('a visitor connects, listens, and comes back', async () => {
    const rig = createOpenWearables();
    const handler = create({ origin: site, authenticate, fetch: rig.platforms.fetch, clock: rig.clock, openWearables: { url: 'https://ow.example', apiKey: key }, secret: 'a secret of the tests' });
    const ask = (method: string, path: string, body?: object) =>
      handler(new Request(`${site}/wearables${path}`, { method, headers: { 'x-user': 'kari', 'x-wearable-connect': '1' }, ...(body && { body: JSON.stringify(body) }) }));
    const begun = await ask('POST', '/authorizations', { source: 'strava' });
    assert.equal(begun.status, 200, await begun.clone().text());
    const nonce = begun.headers.get('x-wearable-connect-nonce');
    assert.equal((await ask('GET', `/return?nonce=${nonce}&state=wc1.0123456789abcdef`)).status, 200);
    rig.rows['kari'] = [row('strava', rig.clock.now() + 1)];
    assert.equal((await membersOf(await ask('POST', '/connections', { source: 'strava', nonce })))['source'], 'strava');
    const reader = (await ask('GET', '/updates')).body?.getReader();
    let text = '';
    while (!text.includes('event: connections')) text += new TextDecoder().decode((await reader?.read())?.value);
    await reader?.cancel();
  });

  it('a code is redeemed', async () => {
    const rig = createRedeemRig();
    const kept: unknown[] = [];
    const handler = create({ origin: site, authenticate, fetch: rig.platforms.fetch, clock: rig.clock, sweatstack: { clientId: 'app-1', clientSecret: 'canary-secret' }, onTokens: (_user, tokens) => void kept.push(tokens) });
    const response = await handler(new Request(`${site}/wearables/redeem`, { method: 'POST', headers: { 'x-user': 'kari', 'x-wearable-connect': '1' }, body: JSON.stringify(redeemable) }));
    assert.equal(response.status, 200, await response.clone().text());
    assert.equal(kept.length, 1);
  });
});
