import { expect } from '@open-wc/testing';
import { createConnector } from '../../../src/platforms/connector.js';
import { readable } from '../../core/property.js';
import { detailOf } from '../../core/run.js';
import { until } from '../../oauth/surroundings.js';
import { createFakeStream } from '../../sync/fake-stream.js';
import { createRig } from './rig.js';
import type { Rig } from './rig.js';
import { json } from './stub-server.js';

const token = 'POST /api/v1/oauth/token';
const path = '/api/v1/oauth/token';

/** What a page sees of an exchange that goes wrong: a code is good for one use, so nothing is tried twice by itself. */
describe('platforms/sweatstack, the exchange of the code', () => {
  let rig: Rig;
  beforeEach(() => (rig = createRig()));
  afterEach(() => rig.restore());

  async function begin() {
    const events: Event[] = [];
    const connector = createConnector({ clientId: 'app', dispatch: (event) => void events.push(event) });
    connector.start();
    await until(() => connector.phase !== 'loading');
    const ending = connector.connect('wahoo');
    rig.answer();
    return { connector, ending, errors: () => events.filter(({ type }) => type === 'wearable-error').map(detailOf), tokens: () => events.filter(({ type }) => type === 'wearable-tokens').length };
  }

  it('that takes thirty seconds is given up after fifteen, said to be the network’s fault, and not repeated [F14]', async () => {
    let answer!: (response: Response) => void;
    rig.server.answers[token] = () => new Promise((resolve) => (answer = resolve));
    const run = await begin();
    await until(() => rig.server.times(path));
    await rig.time.advance(14_999);
    expect(run.connector.phase).to.equal('confirming');
    await rig.time.advance(1);
    expect(await run.ending).to.equal('failed');
    expect(run.errors()[0]).to.include({ code: 'network', retryable: true, message: 'No answer from app.sweatstack.no: waited 15 seconds.' });
    await rig.time.advance(15_000);
    answer(json({ access_token: 'canary-token', token_type: 'Bearer' }));
    await rig.time.advance(1000);
    expect([rig.server.times(path), run.connector.phase, run.tokens()], 'what comes then is nobody’s').to.deep.equal([1, 'failed', 0]);
    run.connector.stop();
    expect(await rig.left()).to.equal(0);
  });

  it('whose answer begins and never ends is given up as soon [F14]', async () => {
    const stream = createFakeStream();
    rig.server.answers[token] = ({ init }) => {
      init.signal?.addEventListener('abort', () => stream.fail(init.signal?.reason), { once: true });
      return new Response(stream.body);
    };
    const run = await begin();
    await until(() => rig.server.times(path));
    stream.send('{"access_token":"canary-');
    await rig.time.advance(15_000);
    expect(await run.ending).to.equal('failed');
    expect(run.errors()[0]).to.include({ code: 'network' });
    expect(readable(run.connector.error)).not.to.contain('canary');
    run.connector.stop();
  });

  const lost: Record<string, () => Promise<Response> | Response> = {
    'reset after it was sent': () => Promise.reject(new TypeError('Failed to fetch')),
    'hidden by CORS, or forbidden by connect-src': () => Promise.reject(new TypeError('NetworkError when attempting to fetch resource.')),
    'redirected, which is not followed': () => Promise.reject(new TypeError('Failed to fetch')),
    'cut in the body': () => {
      const stream = createFakeStream();
      stream.send('{"access_token":"canary-');
      stream.fail();
      return new Response(stream.body);
    },
  };
  for (const [what, answer] of Object.entries(lost))
    it(`that is ${what}: network, once, with where to look, and a fresh window mends it [F14, F17]`, async () => {
      rig.server.answers[token] = answer;
      const run = await begin();
      expect(await run.ending).to.equal('failed');
      const [error] = run.errors();
      expect(error).to.include({ code: 'network', retryable: true });
      expect(error?.['message']).to.match(/app\.sweatstack\.no.*CORS.*connect-src/);
      expect(readable(run.connector.error) + JSON.stringify(error)).not.to.contain('canary');
      expect([rig.server.times(path), run.tokens()]).to.deep.equal([1, 0]);
      rig.server.answers[token] = () => json({ access_token: 'canary-token', token_type: 'Bearer' });
      run.connector.retry();
      await until(() => rig.windows.opened.length === 2 && rig.windows.opened[1]?.handle?.location.href !== 'about:blank');
      rig.answer('code=second');
      await until(() => run.connector.phase === 'syncing');
      expect([rig.server.times(path), run.tokens()]).to.deep.equal([2, 1]);
      run.connector.stop();
      expect(await rig.left()).to.equal(0);
    });

  it('sends the code once, though the answer come twice and the confirmation be asked for twice [F18]', async () => {
    const { platform } = rig.platform();
    const grant = await rig.grant(platform);
    rig.answer('code=again');
    await platform.confirm(grant, rig.life().signal);
    rig.server.answers[token] = () => json({ error: 'invalid_grant' }, 400);
    const error: unknown = await platform.confirm(grant, rig.life().signal).catch((thrown: unknown) => thrown);
    expect(error, 'the server, which counts too, says no').to.include({ code: 'session_expired' });
    const codes = rig.server.asked.filter((one) => one.path === path).map(({ init }) => new URLSearchParams(init.body as URLSearchParams).get('code'));
    expect(codes).to.deep.equal(['canary-code', 'canary-code']);
  });

  it('never takes place where there is no crypto.subtle: said clearly, and nothing is left unhandled [F9]', async () => {
    const unhandled: unknown[] = [];
    const note = (event: PromiseRejectionEvent): void => void unhandled.push(event.reason);
    addEventListener('unhandledrejection', note);
    Object.defineProperty(crypto, 'subtle', { configurable: true, get: () => undefined });
    try {
      const events: Event[] = [];
      const connector = createConnector({ clientId: 'app', dispatch: (event) => void events.push(event) });
      connector.start();
      await until(() => connector.phase === 'failed');
      expect(connector.error).to.include({ code: 'unsupported', retryable: false });
      expect(connector.error?.message).to.match(/https/);
      expect(await connector.connect('wahoo')).to.equal('failed');
      await rig.time.advance(60_000);
      expect(events.filter(({ type }) => type === 'wearable-error').map((event) => detailOf(event)['code'])).to.deep.equal(['unsupported', 'unsupported']);
      expect([rig.server.asked.length, rig.windows.opened.every(({ handle }) => handle?.closed)]).to.deep.equal([0, true]);
      connector.stop();
      expect(unhandled).to.deep.equal([]);
    } finally {
      removeEventListener('unhandledrejection', note);
      expect(await rig.left()).to.equal(0);
      Reflect.deleteProperty(crypto, 'subtle');
    }
  });
});
