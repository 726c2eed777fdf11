import { expect } from '@open-wc/testing';
import { ConnectError } from '../../../src/core/errors.js';
import { keepAttempt } from '../../../src/oauth/attempt.js';
import type { Attempt } from '../../../src/oauth/attempt.js';
import { answerOf, mailboxKey } from '../../../src/oauth/protocol.js';
import type { OpenWearablesOptions } from '../../../src/platforms/open-wearables/settings.js';
import { createConnector } from '../../../src/platforms/connector.js';
import { shortOf } from '../../core/run.js';
import { caught } from '../connecting.js';
import { bodyOf, json, silence } from '../stub-fetch.js';
import { createRig } from './rig.js';
import type { Rig } from './rig.js';
import { connectionOf, nonce } from './stub-handler.js';

describe('platforms/open-wearables', () => {
  let rig: Rig;
  beforeEach(() => (rig = createRig()));
  afterEach(() => rig.restore());

  const headersOf = (index: number): Headers => new Headers(rig.handler.asked.at(index)?.init.headers);
  const refuse = (status: number, body: unknown) => () => json(body, status);

  describe('what the page says', () => {
    const wrong: readonly [OpenWearablesOptions, RegExp][] = [
      [{ baseUrl: 'https://elsewhere.example/wearables' }, /base-url.*own origin/],
      [{ baseUrl: 'javascript:alert(1)' }, /base-url/],
      [{ baseUrl: '/wearables?x=1' }, /base-url.*path alone/],
      [{ mode: 'window' as 'popup' }, /mode must be one of auto, popup, redirect: got "window"/],
      [{ historyDays: 0 }, /history-days.*got 0/],
      [{ historyDays: 1.5 }, /history-days.*got 1.5/],
      [{ historyDays: Number.NaN }, /history-days.*got NaN/],
    ];
    for (const [options, message] of wrong)
      it(`is refused where it cannot work: ${JSON.stringify(options)}`, async () => {
        const error = await caught(rig.platform(options).sources(rig.life().signal));
        expect(error).to.be.instanceOf(ConnectError).and.include({ code: 'misconfigured' });
        expect((error as ConnectError).message).to.match(message);
        expect(rig.handler.asked).to.deep.equal([]);
      });

    it('chooses and orders the sources', async () => {
      const sources = await rig.platform({ sources: 'strava nowhere, garmin' }).sources(rig.life().signal);
      expect(sources.map(({ id }) => id)).to.deep.equal(['strava', 'garmin']);
    });

    it('may mount the handler elsewhere on its origin', async () => {
      const asked = caught(rig.platform({ baseUrl: '/api/watch/' }).sources(rig.life().signal));
      await asked;
      expect(rig.handler.paths()).to.deep.equal(['GET /api/watch/sources']);
    });
  });

  describe('what the handler is asked', () => {
    it('the list once, for what can be and what is connected', async () => {
      rig.handler.connections.push(connectionOf('garmin'));
      const made = rig.platform();
      const { signal } = rig.life();
      const [restored, sources] = await Promise.all([made.restore?.(signal), made.sources(signal)]);
      expect([restored?.account?.tokens, (await restored?.account?.connections)?.map(({ source }) => source), sources.length]).to.deep.equal([null, ['garmin'], 3]);
      expect(rig.handler.paths()).to.deep.equal(['GET /wearables/sources']);
    });

    it('nobody is there where all that is left is revoked', async () => {
      rig.handler.connections.push(connectionOf('garmin', { status: 'revoked' }));
      expect(await rig.platform().restore?.(rig.life().signal)).to.deep.equal({});
    });

    it('with the header that other sites cannot send, and cookies for this origin alone', async () => {
      await rig.platform().sources(rig.life().signal);
      expect(headersOf(0).get('x-wearable-connect')).to.equal('1');
      expect(rig.handler.asked[0]?.init).to.include({ credentials: 'same-origin', redirect: 'error', cache: 'no-store' });
    });

    it('with the host’s session, asked for at each request, and once more after a 401', async () => {
      let count = 0;
      const made = rig.platform({ fetchSession: () => Promise.resolve(`s${++count}`) });
      const { [`GET /wearables/sources`]: good } = rig.handler.answers;
      rig.handler.answers['GET /wearables/sources'] = (asked) => (asked.bearer === 's1' ? json({ error: 'session_expired', message: 'x' }, 401) : (good?.(asked) ?? json({})));
      await made.sources(rig.life().signal);
      expect(rig.handler.asked.map(({ bearer }) => bearer)).to.deep.equal(['s1', 's2']);
    });

    it('and no third time', async () => {
      rig.handler.answers['GET /wearables/sources'] = refuse(401, { error: 'session_expired', message: 'Nobody is signed in.' });
      const error = await caught(rig.platform({ fetchSession: () => Promise.resolve('s') }).sources(rig.life().signal));
      expect([rig.handler.asked.length, (error as ConnectError).code]).to.deep.equal([2, 'session_expired']);
    });

    const answers: readonly [string, Response | (() => Response), string, RegExp][] = [
      ['the handler’s own word', json({ error: 'rate_limited', message: 'Slow down.' }, 429), 'rate_limited', /Slow down/],
      ['a handler that is not there', new Response('<h1>Not found</h1>', { status: 404 }), 'misconfigured', /GET \/wearables\/sources answered HTTP 404.*base-url/],
      ['a page instead', new Response('<h1>Welcome</h1>'), 'invalid_response', /did not answer with JSON/],
      ['another JSON', json({ hello: 1 }), 'invalid_response', /no list of sources/],
      ['a word nobody knows', json({ error: 'boom', message: 'x' }, 500), 'platform_error', /HTTP 500/],
    ];
    for (const [name, answer, code, message] of answers)
      it(`${name} is ${code}`, async () => {
        rig.handler.answers['GET /wearables/sources'] = () => answer as Response;
        const error = (await caught(rig.platform().sources(rig.life().signal))) as ConnectError;
        expect(error.code).to.equal(code);
        expect(error.message).to.match(message);
      });

    it('for longer than the handler asks a platform: what it says then is heard', async () => {
      rig.handler.answers['POST /wearables/connections'] = silence;
      let over = false;
      const error = caught(rig.platform().confirm({ source: 'garmin', nonce }, rig.life().signal)).finally(() => (over = true));
      await rig.time.advance(29_999);
      expect(over).to.equal(false);
      await rig.time.advance(1);
      expect(await error).to.include({ code: 'network', message: `No answer from ${location.host}: waited 30 seconds.` });
    });

    it('for the days of history that the page wants', async () => {
      await rig.signIn(rig.platform({ historyDays: 400 }));
      expect(bodyOf(rig.handler.asked.at(-1))).to.deep.equal({ source: 'garmin', nonce, historyDays: 400 });
    });

    it('to let a source go, and everything', async () => {
      rig.handler.connections.push(connectionOf('garmin'));
      const made = rig.platform();
      const gone = await made.disconnect?.('garmin', rig.life().signal);
      expect(gone).to.deep.equal({ revoked: true, connections: [] });
      rig.handler.connections.push(connectionOf('garmin'), connectionOf('strava', { status: 'revoked' }));
      await made.disconnect?.(null, rig.life().signal);
      expect(rig.handler.paths().filter((path) => path.startsWith('DELETE'))).to.deep.equal(['DELETE /wearables/connections/garmin', 'DELETE /wearables/connections/garmin']);
    });
  });

  describe('what was let go', () => {
    const sourcesOf = (list: readonly { readonly source: string }[] | undefined): string[] => (list ?? []).map(({ source }) => source);
    const revoke = () => {
      rig.handler.connections.splice(0, 1, connectionOf('garmin', { status: 'revoked' }));
      return new Response(null, { status: 204 });
    };

    it('here is gone, though its row stays as revoked; connected again it is there again', async () => {
      rig.handler.connections.push(connectionOf('garmin'), connectionOf('strava', { status: 'revoked' }));
      rig.handler.answers['DELETE /wearables/connections/garmin'] = revoke;
      const made = rig.platform();
      expect(sourcesOf((await made.disconnect?.('garmin', rig.life().signal))?.connections), 'what ended elsewhere is told').to.deep.equal(['strava']);
      expect(sourcesOf(await made.refresh?.(rig.life().signal))).to.deep.equal(['strava']);
      rig.handler.connections.length = 0;
      await rig.signIn(made);
      rig.handler.connections.splice(0, 1, connectionOf('garmin', { status: 'revoked' }));
      expect(sourcesOf(await made.refresh?.(rig.life().signal)), 'and if somebody else ends it then, that is told').to.deep.equal(['garmin']);
    });

    it('could not be let go: then it is still listed', async () => {
      rig.handler.connections.push(connectionOf('garmin', { status: 'revoked' }));
      rig.handler.answers['DELETE /wearables/connections/garmin'] = refuse(502, { error: 'platform_error', message: 'No.' });
      const made = rig.platform();
      await caught(Promise.resolve(made.disconnect?.('garmin', rig.life().signal)));
      expect(sourcesOf(await made.refresh?.(rig.life().signal))).to.deep.equal(['garmin']);
    });

    it('is gone, where the list cannot be read afterwards: what is known is told without it', async () => {
      rig.handler.connections.push(connectionOf('garmin'), connectionOf('strava'));
      const made = rig.platform();
      await made.restore?.(rig.life().signal);
      rig.handler.answers['GET /wearables/connections'] = refuse(502, { error: 'platform_error', message: 'No.' });
      const gone = await made.disconnect?.('garmin', rig.life().signal);
      expect([gone?.revoked, sourcesOf(gone?.connections)]).to.deep.equal([true, ['strava']]);
    });

    for (const history of ['syncing', 'connected'])
      it(`is not shown as connected, where of all only some could be let go: ${history}`, async () => {
        rig.handler.connections.push(connectionOf('garmin'), connectionOf('strava'));
        rig.handler.answers['DELETE /wearables/connections/garmin'] = revoke;
        rig.handler.answers['DELETE /wearables/connections/strava'] = refuse(502, { error: 'platform_error', message: 'No.' });
        const events: Event[] = [];
        const connector = createConnector({ platform: rig.platform(), dispatch: (event) => void events.push(event) });
        rig.life().signal.addEventListener('abort', () => connector.abandon());
        connector.start();
        await rig.pass(() => rig.handler.streams.length);
        if (history === 'connected') rig.handler.send('complete', { outcome: 'success' });
        await rig.pass(() => connector.phase === history);
        events.length = 0;
        await connector.disconnect();
        await rig.pass(() => connector.state.account?.connections.length === 1);
        expect([connector.phase, sourcesOf(connector.state.account?.connections), connector.state.trouble?.code]).to.deep.equal([history, ['strava'], 'platform_error']);
        if (history === 'syncing') {
          await rig.pass(() => rig.handler.streams.length > 1);
          rig.handler.send('complete', { outcome: 'success' });
          await rig.pass(() => connector.phase === 'connected');
        }
        await connector.refresh();
        expect(events.map(shortOf).filter((name) => /^(connections|disconnected|error)/.test(name)).sort()).to.deep.equal(['connections', 'disconnected', 'error(platform_error)']);
      });

    it('leaves the others as the stream has told them: the list alone knows no history', async () => {
      const made = rig.platform();
      await rig.signIn(made, 'strava');
      rig.handler.connections.splice(0, 1, connectionOf('strava'), connectionOf('polar'));
      const [strava, polar] = (await made.refresh?.(rig.life().signal)) ?? [];
      expect([strava?.history, polar?.history]).to.deep.equal(['syncing', 'unknown']);
    });
  });

  describe('the window', () => {
    const address = (): string | undefined => rig.windows.opened.at(-1)?.handle?.location.href;

    it('opens blank in the click, and goes where the handler says', async () => {
      const made = rig.platform();
      await made.prepare(rig.life().signal);
      rig.authorize(made);
      expect(rig.windows.opened.map(({ url }) => url)).to.deep.equal(['about:blank']);
      await rig.pass(() => address()?.startsWith('https:'));
      expect(address()).to.equal('https://provider.example/authorize?client_id=x');
    });

    for (const url of ['javascript:alert(1)', 'data:text/html,x', 'http://provider.example/', 'https://user:secret@provider.example/', '/relative', undefined])
      it(`never goes to ${String(url)}`, async () => {
        rig.handler.answers['POST /wearables/authorizations'] = () => json({ url });
        const run = rig.authorize(rig.platform());
        await rig.pass(() => run.error);
        expect(run.error).to.include({ code: 'invalid_response' });
        expect([address(), rig.windows.opened.at(-1)?.handle?.closed]).to.deep.equal(['about:blank', true]);
      });

    it('is closed where the handler refuses', async () => {
      rig.handler.answers['POST /wearables/authorizations'] = refuse(422, { error: 'misconfigured', message: 'POLAR has no credentials.' });
      const run = rig.authorize(rig.platform(), 'polar');
      await rig.pass(() => run.error);
      expect(run.error).to.include({ code: 'misconfigured', message: 'POLAR has no credentials.' });
      expect(rig.windows.opened.at(-1)?.handle?.closed).to.equal(true);
      expect(await rig.left()).to.equal(0);
    });

    it('closed while it is still blank, is closed', async () => {
      rig.handler.answers['POST /wearables/authorizations'] = silence;
      const run = rig.authorize(rig.platform());
      await rig.pass(() => rig.handler.times('/wearables/authorizations'));
      rig.windows.opened.at(-1)?.handle?.close();
      await rig.pass(() => run.sights.length);
      expect(run.sights, 'though the handler has not answered yet').to.deep.equal(['closed']);
      await rig.pass(() => run.error);
      expect(await rig.left()).to.equal(0);
    });

    it('waits where the element is away for a moment, even before it has an address', async () => {
      const made = rig.platform();
      await made.prepare(rig.life().signal);
      rig.authorize(made).controller.abort('paused');
      const again = rig.authorize(made, 'garmin', 'resume');
      await rig.pass(() => address()?.startsWith('https:'));
      rig.comeBack();
      await rig.pass(() => again.grant);
      expect([again.error, rig.windows.opened.length]).to.deep.equal([null, 1]);
    });

    it('needs a source to go to', async () => {
      const run = rig.authorize(rig.platform(), null);
      await rig.pass(() => run.error);
      expect(run.error).to.include({ code: 'misconfigured' });
      expect(rig.windows.opened).to.deep.equal([]);
    });
  });

  describe('the whole page went and came back', () => {
    const issuer = `${location.origin}/wearables`;
    const attempt: Attempt = { v: 1, id: 'a1', channel: 'ch1', source: 'garmin', state: 's', nonce: 'n', verifier: 'v', issuer, clientId: 'open-wearables', redirectUri: `${issuer}/return`, mode: 'redirect', returnTo: '/', url: 'https://provider.example/', createdAt: 0 };
    const kept = (): string[] => [...Object.keys(rig.around.local), ...Object.keys(rig.around.session)];

    it('and its answer waits where the list failed once; once it is being confirmed, nothing of it is left', async () => {
      const createdAt = Date.now();
      keepAttempt({ ...attempt, createdAt });
      rig.around.session.setItem(mailboxKey('ch1'), JSON.stringify({ ...answerOf(`code=${nonce}&state=s`), createdAt }));
      const { 'GET /wearables/sources': good } = rig.handler.answers;
      rig.handler.answers['GET /wearables/sources'] = refuse(502, { error: 'platform_error', message: 'No.' });
      const made = rig.platform();
      const loading = rig.life();
      expect(await caught(Promise.resolve(made.restore?.(loading.signal)))).to.include({ code: 'platform_error' });
      loading.abort();
      if (good) rig.handler.answers['GET /wearables/sources'] = good;
      const { pending } = (await made.restore?.(rig.life().signal)) ?? {};
      expect([pending?.attempt, pending?.source, pending?.grant]).to.deep.equal(['a1', 'garmin', { source: 'garmin', nonce, channel: 'ch1' }]);
      expect(kept()).not.to.deep.equal([]);
      const confirming = made.confirm(pending?.grant ?? {}, rig.life().signal);
      expect(kept(), 'a code is good for one use, whatever comes of it').to.deep.equal([]);
      await confirming;
      expect(bodyOf(rig.handler.asked.at(-1))).to.deep.equal({ source: 'garmin', nonce });
    });
  });

  describe('a window that is gone without a word', () => {
    async function begun() {
      const made = rig.platform();
      await made.sources(rig.life().signal);
      await made.prepare(rig.life().signal);
      const run = rig.authorize(made);
      await rig.pass(() => rig.windows.opened.at(-1)?.handle?.location.href.startsWith('https:'));
      return { made, run };
    }

    it('is closed, once the list was asked and had nothing new', async () => {
      const { run } = await begun();
      await rig.closeWindow();
      await rig.pass(() => run.sights.includes('closed'));
      expect(rig.handler.paths().at(-1)).to.equal('GET /wearables/connections');
      expect([run.grant, run.error]).to.deep.equal([null, null]);
    });

    it('went well where the list says so, and is confirmed with the nonce that began it', async () => {
      const { made, run } = await begun();
      rig.handler.connections.push(connectionOf('garmin'));
      await rig.closeWindow();
      await rig.pass(() => run.grant);
      expect(run.sights).not.to.include('closed');
      await made.confirm(run.grant ?? {}, rig.life().signal);
      expect(bodyOf(rig.handler.asked.at(-1))).to.deep.equal({ source: 'garmin', nonce });
      expect(await rig.left()).to.equal(0);
    });

    it('is closed all the same where the list does not answer in time; a late yes still counts', async () => {
      const { run } = await begun();
      let answer = (_response: Response): void => {};
      rig.handler.answers['GET /wearables/connections'] = () => new Promise((resolve) => (answer = resolve));
      await rig.closeWindow();
      await rig.pass(() => run.sights.includes('closed'));
      expect(run.grant).to.equal(null);
      answer(json({ connections: [connectionOf('garmin')] }));
      await rig.pass(() => run.grant);
      expect(run.grant).to.deep.equal({ source: 'garmin', nonce });
    });

    it('cut off by a page of the provider’s, the list is asked until it knows', async () => {
      const { run } = await begun();
      const handle = rig.windows.opened.at(-1)?.handle;
      handle?.goAway();
      await rig.time.advance(300);
      // Gone, as COOP makes it look: no focus comes back.
      Object.defineProperty(document, 'hasFocus', { configurable: true, value: () => false });
      handle?.close();
      await rig.pass(() => run.sights.includes('lost'));
      await rig.pass(() => rig.handler.times('/wearables/connections') > 1);
      rig.handler.connections.push(connectionOf('garmin'));
      await rig.pass(() => run.grant);
      Reflect.deleteProperty(document, 'hasFocus');
      expect(run.grant).to.deep.equal({ source: 'garmin', nonce });
      expect(await rig.left()).to.equal(0);
    });

    it('is nobody’s business any more once the visitor gave up', async () => {
      const { run } = await begun();
      rig.handler.answers['GET /wearables/connections'] = silence;
      await rig.closeWindow();
      await rig.pass(() => rig.handler.times('/wearables/connections'));
      run.controller.abort('back');
      await rig.pass(() => run.error);
      expect([run.error, run.sights.includes('closed'), await rig.left()]).to.deep.equal(['back', false, 0]);
    });
  });

  it('an answer that says no is access_denied', async () => {
    rig.handler.answers['POST /wearables/connections'] = refuse(409, { error: 'access_denied', message: 'GARMIN is not connected.' });
    const error = await caught(rig.signIn(rig.platform()));
    expect(error).to.include({ code: 'access_denied', message: 'GARMIN is not connected.' });
  });

  it('a 403 in words that are not the handler’s is nobody’s no', async () => {
    rig.handler.answers['POST /wearables/connections'] = refuse(403, { detail: 'CSRF Failed: CSRF token missing.' });
    const error = await caught(rig.signIn(rig.platform()));
    expect(error).to.include({ code: 'misconfigured' });
    expect((error as Error).message).to.match(/^POST \/wearables\/connections answered HTTP 403, .*CSRF.* base-url\?$/);
  });
});
