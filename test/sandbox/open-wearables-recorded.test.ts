/** Asks the sandbox what the real server was asked, in the same order, and holds each answer against the recorded one. */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.js';
import { Backend, type Row } from './backend.js';
import { bodyOf, exchanges, gist, stream, type Recorded } from './replaying.js';
import { ask, type Answer } from './visitor.js';

/** What neither the handler nor a browser ever asks for. */
const notAnswered: Readonly<Record<string, string>> = {
  'create api key': 'the sandbox has one key, and prints it',
  timeseries: 'measured values: no part of connecting', 'timeseries missing': 'likewise', 'data sources': 'likewise',
};

const historySeconds = 15;
/** How long the real server was left alone before it was asked this. */
const waits: Readonly<Record<string, number>> = {
  'strava ok authorize': historySeconds, 'connections after strava sync': historySeconds,
  ...Object.fromEntries([3, 6, 9, 12, 15, 18, 21].map((at) => [`backfill status t+${at}s`, at === 3 ? 3.1 : 3])), 'historical garmin': 0.1, 'sync recent': 2,
};

const recordedUser = '47fdf7a7-fccc-462c-93c0-a07498b72c04';
const stateOf = (address: string): string => new URL(address).searchParams.get('state') ?? '';

let now = Date.UTC(2026, 10, 21, 4, 5, 3);
let sandbox: Sandbox;
let backend: Backend;
before(async () => {
  sandbox = await createSandbox({ port: 0, quiet: true, historySeconds, now: () => now });
  backend = new Backend(sandbox);
  // On the real server, too, somebody else had connected the same Garmin account before.
  await backend.connect('garmin', await backend.user('somebody else'));
  now += 60_000;
});
after(() => sandbox.close());

/** What the answers gave so far, by which the next requests are made. */
const learnt = { user: '', developer: '', sdk: '', refresh: '', used: '', appId: '', appSecret: '', code: '', authorization: '', callback: '', landing: '' };

function learn(label: string, answer: Answer): void {
  const body = bodyOf(answer) as Record<string, string>;
  if (label === 'dev login') learnt.developer = body['access_token'] ?? '';
  if (label === 'create user') learnt.user = body['id'] ?? '';
  if (label === 'create application') Object.assign(learnt, { appId: body['app_id'], appSecret: body['app_secret'] });
  if (label === 'token ok') learnt.sdk = body['access_token'] ?? '';
  if (label === 'token ok' || label === 'refresh') [learnt.used, learnt.refresh] = [learnt.refresh, body['refresh_token'] ?? ''];
  if (label === 'invitation code') learnt.code = body['code'] ?? '';
  if (label.endsWith(' authorize')) learnt.authorization = body['authorization_url'] ?? '';
  if (label.endsWith(' callback')) learnt.landing = answer.headers.location ?? '';
}

function headersOf({ label, req }: Recorded): Record<string, string> {
  const values: Record<string, string> = {
    'x-open-wearables-api-key': label === 'users bad key' ? 'sk-wrong' : sandbox.openWearablesKey,
    authorization: `Bearer ${label === 'users key as bearer' ? sandbox.openWearablesKey : label.endsWith('with sdk token') ? learnt.sdk : learnt.developer}`,
    'content-type': label === 'dev login' ? 'application/x-www-form-urlencoded' : 'application/json',
    origin: label.endsWith('allowed origin') ? 'http://localhost:3000' : 'https://evil.example',
    'access-control-request-method': 'GET', 'access-control-request-headers': 'x-open-wearables-api-key',
  };
  return Object.fromEntries(req.headers.map((name) => [name.toLowerCase(), values[name.toLowerCase()] ?? '']));
}

function sentBody({ label, req }: Recorded): string | undefined {
  if (label === 'dev login') return 'username=admin%40admin.com&password=x';
  if (req.body === null) return undefined;
  const own: Record<string, string> = {
    app_id: learnt.appId, code: learnt.code, refresh_token: label === 'refresh reuse' ? learnt.used : learnt.refresh,
    ...(label === 'token bad secret' ? {} : { app_secret: learnt.appSecret }),
  };
  return JSON.stringify(Object.fromEntries(Object.entries(req.body).map(([name, value]) => [name, own[name] ?? value])));
}

/** The provider of the recording decides at once; here somebody signs in there first. */
async function atProvider({ res }: Recorded): Promise<Answer> {
  const [decided] = await backend.decide(learnt.authorization, String(res.headers['location']).includes('error=') ? 'deny' : 'allow', { history: 'on' }, false);
  learnt.callback = decided.headers.location ?? '';
  assert.equal(stateOf(learnt.callback), stateOf(learnt.authorization));
  // By 303 here and by 302 there: that much is the provider's own.
  return { ...decided, status: res.status };
}

function addressOf({ label, req }: Recorded): string {
  if (label.endsWith(' callback') || label === 'callback replayed state') return learnt.callback;
  if (label.endsWith(' landing')) return sandbox.openWearables + learnt.landing;
  return sandbox.openWearables + req.path.replaceAll(recordedUser, learnt.user);
}

async function replay(recorded: Recorded): Promise<Answer> {
  const { label, req } = recorded;
  now += 1000 * (waits[label] ?? 0);
  if (req.path.startsWith('https://provider.example/')) return atProvider(recorded);
  // Of the recorded server's providers this one had no credentials.
  sandbox.setFaults({ openWearables: { noCredentials: ['whoop'], badCode: label === 'strava badcode callback' } });
  const body = sentBody(recorded);
  return ask(addressOf(recorded), { method: req.method, headers: headersOf(recorded), ...(body !== undefined && { body }) });
}

/** Of the providers of a release the list is its own; the rows of one user stand in no order that was promised. */
const inOrder = (value: unknown): unknown =>
  Array.isArray(value) && value.every((one) => Object.hasOwn(Object(one) as object, 'provider_user_id')) ? (value as Row[]).toSorted((one, other) => String(one['provider']).localeCompare(String(other['provider']))) : value;

describe('what the real Open Wearables answered, the local one answers', () => {
  for (const recorded of exchanges.filter(({ label }) => notAnswered[label] === undefined)) {
    const { label, req, res } = recorded;
    it(`${label}: ${req.method} ${req.path.replace(recordedUser, '…').slice(0, 90)}`, async () => {
      const answer = await replay(recorded);
      learn(label, answer);
      assert.equal(answer.status, res.status, answer.body);
      for (const [name, value] of Object.entries(res.headers)) assert.equal(gist(answer.headers[name]), gist(value), name);
      assert.deepEqual(gist(inOrder(bodyOf(answer))), gist(inOrder(res.body)));
    });
  }

  it('and its stream says the same, frame by frame', async () => {
    const { host, port } = new URL(sandbox.openWearables);
    const lines = stream.lines.map(({ line }) => line).filter((line) => line !== ': heartbeat').join('\n').trimEnd();
    const [answer, text] = await new Promise<[Answer['headers'], string]>((resolve, reject) => {
      const headers = { host, 'x-open-wearables-api-key': sandbox.openWearablesKey };
      const sent = request({ host: '127.0.0.1', port, path: `/api/v1/users/${learnt.user}/sync/stream?replay=200`, headers, agent: false }, (told) => {
        let heard = '';
        told.setEncoding('utf8').on('data', (chunk: string) => {
          heard += chunk;
          if (heard.split('\ndata: ').length < lines.split('\ndata: ').length || !heard.endsWith('\n\n')) return;
          resolve([told.headers, heard.trimEnd()]);
          sent.destroy();
        });
      });
      sent.on('error', reject).end();
    });
    for (const name of ['cache-control', 'x-accel-buffering', 'content-type']) assert.equal(answer[name], stream.headers[name]);
    const frames = (whole: string): unknown[] => whole.split('\n').map((line) => (line.startsWith('data: ') ? gist(JSON.parse(line.slice(6))) : line));
    assert.deepEqual(frames(text), frames(lines));
  });
});
