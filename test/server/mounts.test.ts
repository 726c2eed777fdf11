/** The lines of the README that mount the handler, run as they stand there, each over a socket: cookies, bodies, streams and their end. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, get, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { compileFunction } from 'node:vm';
import { getRequestListener } from '@hono/node-server';
import express from 'express';
import { Hono } from 'hono';
import { NodeNextRequest, NodeNextResponse } from 'next/dist/server/base-http/node.js';
import { sendResponse } from 'next/dist/server/send-response.js';
import { NextRequestAdapter, signalFromNodeResponse } from 'next/dist/server/web/spec-extension/adapters/next-request.js';
import { NextRequest } from 'next/server.js';
import type { Handler } from '../../src/server/handler.js';
import { createOpenWearables, ids, row } from './open-wearables-rig.js';
import { membersOf, reply, verdictOf } from './rig.js';

const readme = readFileSync('README.md', 'utf8');
const lineFor = (where: string): string => new RegExp(`^\\| ${where} \\| \`([^\`]+)\``, 'm').exec(readme)?.[1] ?? assert.fail(`the README has no line for ${where}`);

/** What it evaluates to, with these names in reach. */
const run = (where: string, names: Record<string, unknown>): unknown => (compileFunction(`return ${lineFor(where)}`, Object.keys(names)) as (...values: unknown[]) => unknown)(...Object.values(names));

const elsewhere = 'the host’s own page';

/** As Next calls a route handler: a NextRequest, and what the handler gives sent by its own means (build/templates/app-route.js). */
function nextListener(handler: Handler): RequestListener {
  const routes = new Map([...lineFor('Next').matchAll(/handler as (\w+)/g)].map(([, method]) => [method, handler]));
  return (request, response) => {
    const [asked, answered] = [new NodeNextRequest(request), new NodeNextResponse(response)];
    const route = routes.get(request.method ?? '');
    const nextRequest = NextRequestAdapter.fromNodeNextRequest(asked, signalFromNodeResponse(response));
    assert.ok(nextRequest instanceof NextRequest);
    const answer = route && request.url?.startsWith('/wearables/') ? route(nextRequest) : Promise.resolve(new Response(elsewhere));
    void answer.then((given) => sendResponse(asked, answered, given));
  };
}

const mounts: Record<string, (handler: Handler) => RequestListener> = {
  Node: (handler) => run('Node', { handler, getRequestListener, createServer: (listener: RequestListener) => ({ listen: () => listener }) }) as RequestListener,
  'Express 5': (handler) => {
    const app = express();
    run('Express 5', { app, handler, getRequestListener });
    app.use(express.json());
    app.use((_request, response) => void response.send(elsewhere));
    return app;
  },
  Hono: (handler) => {
    const app = new Hono();
    run('Hono', { app, handler });
    app.all('*', (context) => context.text(elsewhere));
    const listener = getRequestListener(app.fetch);
    return (request, response) => void listener(request, response);
  },
  Next: nextListener,
};

for (const [where, mount] of Object.entries(mounts))
  describe(`mounted on ${where}`, { timeout: 20_000 }, () => {
    let server: Server;
    let origin: string;
    let rig: ReturnType<typeof createOpenWearables>;
    before(async () => {
      server = createServer((request, response) => listener(request, response)).listen(0, '127.0.0.1');
      await once(server, 'listening');
      origin = `http://localhost:${(server.address() as AddressInfo).port}`;
      const authenticate = (request: Request) => {
        const [, userId] = /\bsession=(\w+)/.exec(request.headers.get('cookie') ?? '') ?? [];
        return userId ? { userId } : null;
      };
      rig = createOpenWearables({ origin, authenticate }, { [`DELETE /api/v1/users/${ids['kari']}/connections/strava`]: () => reply(null, 204) });
      rig.rows['kari'] = [row('strava', rig.clock.now())];
      const listener = mount(rig.handler);
    });
    after(() => {
      server.closeAllConnections();
      server.close();
    });

    const cookie = 'theme=dark; session=kari';
    const ask = (method: string, path: string, body?: string, headers: Record<string, string> = {}) =>
      fetch(`${origin}${path}`, { method, headers: { cookie, origin, 'x-wearable-connect': '1', ...headers }, redirect: 'manual', ...(body !== undefined && { body }) });

    it('knows the visitor by the cookie', async () => {
      const { sources, connections } = await membersOf(await ask('GET', '/wearables/sources'));
      assert.equal((sources as unknown[]).length, 3);
      assert.equal((connections as unknown[]).length, 1);
      assert.equal(await verdictOf(await ask('GET', '/wearables/sources', undefined, { cookie: 'theme=dark' })), '401 session_expired');
    });

    it('reads bodies, short, none at all and too long', async () => {
      const response = await ask('POST', '/wearables/authorizations', JSON.stringify({ source: 'strava', state: 'wc1.0123456789abcdef' }));
      assert.match(String((await membersOf(response))['url']), /^https:\/\/provider\.example\/strava/);
      assert.match(response.headers.get('x-wearable-connect-nonce') ?? '', /^[\w-]{100,}$/);
      assert.match(response.headers.get('x-wearable-connect-visitor') ?? '', /^[\w-]{22}$/);
      assert.equal(await verdictOf(await ask('POST', '/wearables/authorizations')), '400 misconfigured');
      assert.equal(await verdictOf(await ask('POST', '/wearables/authorizations', JSON.stringify({ source: 'x'.repeat(20_000) }))), '413 misconfigured');
    });

    it('answers without a body, with a page, with a refusal', async () => {
      const gone = await ask('DELETE', '/wearables/connections/strava');
      assert.deepEqual([gone.status, await gone.text()], [204, '']);
      const landing = await ask('GET', '/wearables/return?nonce=x&state=y', undefined, { cookie: '' });
      assert.match(landing.headers.get('content-security-policy') ?? '', /^default-src 'none'; script-src 'sha256-/);
      assert.match(await landing.text(), /<\/script>$/);
      assert.equal(await verdictOf(await ask('GET', '/wearables/nothing')), '404 misconfigured');
      assert.equal(await verdictOf(await ask('POST', '/wearables/connections', '{}', { origin: 'https://evil.example' })), '403 access_denied');
    });

    it('leaves the rest of the site alone', { skip: where === 'Node' }, async () => {
      assert.equal(await (await ask('GET', '/hello')).text(), elsewhere);
    });

    it('streams at once, and stops asking when the reader has gone', async () => {
      const socket = once(server, 'connection') as Promise<[Socket]>;
      const request = get(`${origin}/wearables/updates`, { agent: false, headers: { cookie } });
      const [stream] = (await once(request, 'response')) as [IncomingMessage];
      assert.match(stream.headers['content-type'] ?? '', /^text\/event-stream/);
      let text = '';
      for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
        text += String(chunk);
        if (text.includes('event: connections')) break;
      }
      /** One look is every fifteen seconds at most. */
      const asks = async (): Promise<boolean> => {
        const before = rig.platforms.asked.length;
        await rig.clock.advance(20_000);
        return rig.platforms.asked.length > before;
      };
      assert.equal(await asks(), true);
      const [side] = await socket;
      const closed = once(side, 'close');
      stream.destroy();
      await closed;
      let looks = 0;
      while (await asks()) assert.ok((looks += 1) < 10, 'it is still asking minutes later');
    });
  });
