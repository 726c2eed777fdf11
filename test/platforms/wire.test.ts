import { expect } from '@open-wc/testing';
import { ConnectError } from '../../src/core/errors.js';
import type { Step, WireEntry } from '../../src/core/platform.js';
import { redactedBody, redactedUrl } from '../../src/platforms/redact.js';
import { createWire } from '../../src/platforms/wire.js';
import { installFakeTime } from '../core/fake-time.js';
import type { FakeTime } from '../core/fake-time.js';
import { until } from '../oauth/surroundings.js';
import { countListeners } from '../sync/count-listeners.js';
import { settled } from '../sync/fake-clock.js';
import { createFakeStream } from '../sync/fake-stream.js';

describe('platforms/wire', () => {
  const { fetch } = globalThis;
  let time: FakeTime;
  let asked: { url: string; init: RequestInit }[];
  let answer: (init: RequestInit) => Promise<Response>;

  beforeEach(() => {
    time = installFakeTime();
    asked = [];
    answer = () => Promise.resolve(new Response('{"a":1}'));
    globalThis.fetch = (url, init = {}) => {
      asked.push({ url: url as string, init });
      return answer(init);
    };
  });
  afterEach(() => {
    globalThis.fetch = fetch;
    time.restore();
  });

  const url = 'https://a.example/x';
  const { signal } = new AbortController();
  const silence = (init: RequestInit): Promise<Response> => new Promise((_, reject) => init.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error)));
  function look() {
    const entries: WireEntry[] = [];
    const steps = (step: Step): void => void (step.kind === 'request' && entries.push(step.entry));
    return { entries, wire: createWire(() => steps) };
  }
  const caught = (promise: Promise<unknown>): Promise<unknown> => promise.then(() => null, (error: unknown) => error);

  it('sends no cookie, follows no redirect, leaves no referrer and no copy [T23]', async () => {
    await createWire(() => null)(url, { signal, method: 'POST', headers: { x: 'y' }, body: 'b' });
    const { signal: _, ...rest } = asked[0]?.init ?? {};
    expect(rest).to.deep.equal({ credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer', cache: 'no-store', method: 'POST', body: 'b', headers: { x: 'y' } });
    await createWire(() => null)(url, { signal, redirect: 'manual', credentials: 'include' });
    expect([asked[1]?.init.credentials, asked[1]?.init.redirect], 'whatever a library says').to.deep.equal(['omit', 'error']);
    await createWire(() => null)(url, { signal, cookies: true });
    expect(asked[2]?.init.credentials, 'the host’s own handler').to.equal('same-origin');
  });

  it('gives the answer as it was', async () => {
    answer = () => Promise.resolve(new Response('{"a":1}', { status: 418, headers: { 'retry-after': '7' } }));
    const response = await createWire(() => null)(url, { signal });
    expect([response.status, response.headers.get('retry-after'), await response.text()]).to.deep.equal([418, '7', '{"a":1}']);
    answer = () => Promise.resolve(new Response(null, { status: 204 }));
    expect((await createWire(() => null)(url, { signal })).status).to.equal(204);
    expect(time.pending).to.equal(0);
  });

  it('waits fifteen seconds, for the body too [F14]', async () => {
    for (const body of [false, true]) {
      const stream = createFakeStream();
      const never = body ? () => Promise.resolve(new Response(stream.body)) : silence;
      answer = (init) => {
        init.signal?.addEventListener('abort', () => stream.fail(init.signal?.reason), { once: true });
        return never(init);
      };
      const controller = new AbortController();
      const listeners = countListeners(controller.signal);
      const error = caught(createWire(() => null)(url, { signal: controller.signal }));
      await time.advance(14_999);
      expect([time.pending, listeners.count]).to.deep.equal([1, 1]);
      await time.advance(1);
      expect(await error).to.be.instanceOf(ConnectError);
      expect(await error).to.include({ code: 'network', message: 'No answer from a.example: waited 15 seconds.' });
      expect([time.pending, listeners.count]).to.deep.equal([0, 0]);
    }
  });

  it('gives a stream all the time there is, once it is asked for', async () => {
    const stream = createFakeStream();
    answer = () => Promise.resolve(new Response(stream.body));
    const response = await createWire(() => null)(url, { signal, streamed: true });
    expect([time.pending, asked[0]?.init.signal === signal]).to.deep.equal([0, true]);
    await time.advance(60_000);
    stream.send('x');
    stream.close();
    expect(await response.text()).to.equal('x');
  });

  it('gives up with the caller’s own reason, and leaves nothing', async () => {
    answer = silence;
    for (const streamed of [false, true]) {
      const controller = new AbortController();
      const listeners = countListeners(controller.signal);
      const { entries, wire } = look();
      const error = caught(wire(url, { signal: controller.signal, streamed }));
      controller.abort('paused');
      expect(await error).to.equal('paused');
      // The fake fetch of this test keeps one of its own on a signal that is handed on.
      expect([time.pending, listeners.count - (streamed ? 1 : 0), entries.length]).to.deep.equal([0, 0, 0]);
    }
  });

  it('calls what never arrived "network", and says where to look [F17, T24]', async () => {
    answer = () => Promise.reject(new TypeError('Failed to fetch'));
    const { entries, wire } = look();
    const error = await caught(wire(`${url}?code=canary`, { signal }));
    expect(error).to.include({ code: 'network' });
    expect((error as Error).message).to.match(/a\.example.*connect-src/);
    expect((error as Error).message).not.to.contain('canary');
    expect(entries).to.have.length(1);
    expect(entries[0]).to.include({ status: 0, response: null });
  });

  describe('tells whoever looks on', () => {
    it('what was asked and answered, without secrets [T7, T24]', async () => {
      answer = async () => {
        await time.advance(40);
        return new Response(JSON.stringify({ access_token: 'canary', nested: [{ refresh_token: 'canary', id_token: null }], scope: 'profile' }), { status: 201 });
      };
      const { entries, wire } = look();
      const body = new URLSearchParams({ code: 'canary', code_verifier: 'canary', refresh_token: 'canary', client_id: 'app' });
      const response = await wire(`${url}?token=canary&a=b`, { signal, method: 'POST', body, headers: { authorization: 'Bearer canary' } });
      await until(() => entries.length);
      expect(entries).to.deep.equal([
        {
          ...{ method: 'POST', url: `${url}?token=${encodeURIComponent('•••')}&a=b`, status: 201, milliseconds: 40 },
          request: { code: '•••', code_verifier: '•••', refresh_token: '•••', client_id: 'app' },
          response: { access_token: '•••', nested: [{ refresh_token: '•••', id_token: null }], scope: 'profile' },
        },
      ]);
      expect(JSON.parse(await response.text()), 'the answer itself is whole').to.include({ access_token: 'canary' });
    });

    it('of an address in an answer only that there is one: a portal’s is good once, for whoever opens it [T7]', async () => {
      answer = () => Promise.resolve(new Response(JSON.stringify({ url: 'https://a.example/portal/canary', issue: { action_url: 'https://a.example/canary' }, issues: [{ action_url: null }], image_url: 'https://a.example/i.png' })));
      const { entries, wire } = look();
      const response = await wire(url, { signal });
      expect(entries[0]?.response).to.deep.equal({ url: '•••', issue: { action_url: '•••' }, issues: [{ action_url: null }], image_url: 'https://a.example/i.png' });
      expect(await response.text(), 'whoever asked has it').to.contain('portal/canary');
    });

    it('nothing while nobody does; and begins when somebody begins', async () => {
      const entries: Step[] = [];
      let watching = false;
      const wire = createWire(() => (watching ? (step) => entries.push(step) : null));
      await wire(url, { signal });
      await settled();
      expect(entries.length).to.equal(0);
      watching = true;
      await wire(url, { signal });
      expect(entries.length).to.equal(1);
    });

    it('of a stream only that it began', async () => {
      answer = () => Promise.resolve(new Response(createFakeStream().body));
      const { entries, wire } = look();
      await wire(url, { signal, streamed: true });
      expect(entries[0]).to.include({ method: 'GET', status: 200, response: 'a stream' });
    });
  });

  it('redacts every name that opens a door, wherever it stands [T7, T24]', () => {
    const names = ['access_token', 'refresh_token', 'id_token', 'token', 'code', 'code_verifier', 'client_secret', 'verifier', 'url', 'action_url'];
    for (const name of names) {
      const texts = [redactedBody(JSON.stringify([{ x: { [name]: 'canary' } }])), redactedBody(new URLSearchParams({ [name]: 'canary' })), redactedBody(JSON.stringify({ [name]: 'canary' })), redactedUrl(`https://a.example/?${name}=canary#${name}=canary`)];
      for (const text of texts) expect(JSON.stringify(text), name).not.to.contain('canary');
    }
    expect(redactedBody('<p>canary'), 'of what it cannot read, only how much').to.equal('9 characters, not JSON');
    expect([redactedBody(''), redactedBody(new Blob(['canary'])), redactedBody(undefined)]).to.deep.equal([null, null, null]);
    expect(redactedUrl('https://u:canary@a.example/p')).to.equal('https://a.example/p');
  });
});
