/** Over HTTP/1.1 a page has six connections to a server, and each stream keeps one for itself. */
import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { it } from 'node:test';
import { asksAgain, inEveryEngine } from './rig.js';
import type { Ground } from './rig.js';
import { eventually, Visit } from './visit.js';

const streamPath = '/api/v1/activities/backfill-status';
const seventhPath = '/api/v1/oauth/userinfo?seventh';
const began = 'http.server.request.start';
const isPreflight = ({ method }: IncomingMessage): boolean => method === 'OPTIONS';

/** What the servers of this process are asked for, as it begins, and what they have not answered to the end. */
function watchServers() {
  const open = new Map<Socket, IncomingMessage>();
  const order: string[] = [];
  const count = (message: unknown): void => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    if (isPreflight(request)) return;
    const { socket, url = '' } = request;
    order.push(`begins ${url}`);
    open.set(socket, request);
    response.once('close', () => {
      open.delete(socket);
      order.push(`ends ${url}`);
    });
  };
  subscribe(began, count);
  return {
    order,
    streams: (): IncomingMessage[] => [...open.values()].filter(({ url = '' }) => url.startsWith(streamPath)),
    stop: () => unsubscribe(began, count),
  };
}

type PageWithStreams = typeof globalThis & { streams?: AbortController[]; seventh?: Promise<unknown> };

inEveryEngine('six streams over HTTP/1.1', (ground: Ground) => {
  it('five other streams of the page and the widget’s own: it connects before that takes the last connection, and what comes after them waits without an error [F21]', async () => {
    const { sites, profile } = ground;
    const visit = await Visit.to(profile, sites.page());
    await visit.allowsIn(await visit.picks('Garmin Connect', '/consent'));
    const { token } = await visit.hears('tokens');
    await visit.reaches('connected');
    await visit.run(() => document.querySelector('wearable-connect')?.disconnect());
    await visit.reaches('choosing');
    asksAgain(sites);
    // Its stream has no end of its own.
    sites.sandbox.setFaults({ historyStuck: true });
    const servers = watchServers();
    try {
      const { sweatstack } = sites.sandbox;
      await visit.run(
        async (url, authorization) => {
          const page = globalThis as PageWithStreams & { heard?: unknown[] };
          page.heard?.splice(0);
          page.streams = Array.from({ length: 5 }, () => new AbortController());
          await Promise.all(page.streams.map(({ signal }) => fetch(url, { headers: { authorization }, signal })));
        },
        sweatstack + streamPath,
        `Bearer ${String(token)}`,
      );
      assert.equal(servers.streams().length, 5);
      await visit.allowsIn(await visit.picks('Garmin Connect', '/consent'));
      await eventually('the widget never opened its own stream', async () => servers.streams().length === 6);
      const six = servers.streams();
      assert.deepEqual(six.map(({ httpVersion }) => httpVersion), Array(6).fill('1.1'));
      assert.equal(new Set(six.map(({ socket }) => socket)).size, 6, 'a connection each');

      await visit.run((url) => void ((globalThis as PageWithStreams).seventh = fetch(url).catch(() => {})), sweatstack + seventhPath);
      await visit.isConnected();
      await visit.run(() => (globalThis as PageWithStreams).streams?.[0]?.abort());
      await visit.run(() => (globalThis as PageWithStreams).seventh);
      const [ended, seventh] = [servers.order.indexOf(`ends ${streamPath}`), servers.order.indexOf(`begins ${seventhPath}`)];
      assert.ok(ended >= 0 && seventh > ended, `the seventh request waits for one of the six: ${servers.order.join(', ')}`);
    } finally {
      servers.stop();
    }
  });
}, { sandbox: { historySeconds: 1, lineEverySeconds: 0.2, streamSeconds: 60 } });
