import { expect } from '@open-wc/testing';
import { ConnectError } from '../../src/core/errors.js';
import type { Platform } from '../../src/core/platform.js';
import { platformFor } from '../../src/platforms/by-name.js';
import { createConnector } from '../../src/platforms/connector.js';
import type { ConnectorOptions } from '../../src/platforms/connector.js';
import { alice, connectionTo, createFakePlatform, garmin, latest, tokensNamed, wahoo } from '../core/fake-platform.js';
import { detailOf, shortOf } from '../core/run.js';
import { settled } from '../sync/fake-clock.js';

function create(more: Partial<Platform> = {}, options: ConnectorOptions = {}) {
  const fake = createFakePlatform();
  const events: Event[] = [];
  const connector = createConnector({ platform: Object.assign(fake.platform, more), dispatch: (event) => void events.push(event), ...options });
  let heard = 0;
  return {
    ...{ connector, fake, events },
    news(): string[] {
      const news = events.slice(heard).map(shortOf);
      heard = events.length;
      return news;
    },
    async toConnected() {
      connector.start();
      fake.load();
      await settled();
      const ending = connector.connect(garmin.id);
      latest(fake.jobs.authorize).resolve({});
      await settled();
      latest(fake.jobs.confirm).resolve({ tokens: tokensNamed('t'), user: alice, connections: [connectionTo(garmin)] });
      await ending;
      latest(fake.jobs.follow).push({ type: 'finished', outcome: 'success' });
      await settled();
      this.news();
    },
  };
}
const caught = (promise: Promise<unknown>): Promise<unknown> => promise.then(() => null, (error: unknown) => error);

describe('platforms/connector', () => {
  it('shows what is known, and tells whoever subscribed until they do no more', async () => {
    const run = create();
    const phases: string[] = [];
    const off = run.connector.subscribe(({ phase }) => phases.push(phase));
    expect(run.connector).to.include({ phase: 'loading', user: null, progress: null, error: null });
    expect(run.connector.connections).to.deep.equal([]);
    await run.toConnected();
    expect(phases).to.include.members(['choosing', 'authorizing', 'confirming', 'syncing', 'connected']);
    expect(run.connector.user).to.equal(run.connector.state.account?.user);
    expect(run.connector.connections.map(({ id }) => id)).to.deep.equal([garmin.id]);
    off();
    const heard = phases.length;
    run.connector.browse();
    expect(phases.length).to.equal(heard);
    run.connector.back();
    expect(run.connector.phase).to.equal('connected');
  });

  it('goes as the page’s mode says, and in this tab where a visitor wants that', async () => {
    for (const [mode, way] of [['auto', 'popup'], ['popup', 'popup'], ['redirect', 'redirect'], [null, 'popup']] as const) {
      const run = create({}, { mode });
      void run.connector.connect();
      expect(latest(run.fake.jobs.authorize).options.way, String(mode)).to.equal(way);
      run.connector.again(true);
      expect(latest(run.fake.jobs.authorize).options.way).to.equal('redirect');
      run.connector.again(false);
      expect(latest(run.fake.jobs.authorize).options.way).to.equal('popup');
    }
  });

  it('tells tokens only where they are to be told', async () => {
    for (const [tokenDelivery, told] of [[null, true], ['event', true], ['none', false], ['backend', false]] as const) {
      const run = create({}, { tokenDelivery });
      await run.toConnected();
      expect(run.events.some(({ type }) => type === 'wearable-tokens'), String(tokenDelivery)).to.equal(told);
    }
  });

  describe('errands', () => {
    const failing = (code: ConnectError['code']) => () => Promise.reject(new ConnectError(code, 'So.'));
    for (const [what, method, act] of [
      ['manage', 'manage', (run: ReturnType<typeof create>) => run.connector.manage()],
      ['disconnect', 'disconnect', (run: ReturnType<typeof create>) => run.connector.disconnect()],
      ['refresh', 'accessToken', (run: ReturnType<typeof create>) => run.connector.refresh()],
    ] as const)
      it(`a failed ${what} is an event, leaves the phase alone, and rejects nothing`, async () => {
        for (const code of ['network', 'popup_blocked', 'unsupported'] as const) {
          const run = create({ [method]: failing(code) });
          await run.toConnected();
          await act(run);
          expect(run.news()).to.deep.equal([`error(${code})`]);
          expect(detailOf(run.events.at(-1) as Event)).to.include({ phase: 'connected' });
          expect(detailOf(run.events.at(-1) as Event)).not.to.have.property('attempt');
          expect(run.connector).to.include({ phase: 'connected' });
          expect(run.connector.error).to.have.property('code', code);
        }
      });

    it('a platform that cannot says so', async () => {
      const run = create();
      await run.toConnected();
      await run.connector.manage();
      await run.connector.disconnect();
      expect(run.news()).to.deep.equal(['error(unsupported)', 'error(unsupported)']);
      expect(await caught(run.connector.getAccessToken())).to.include({ code: 'unsupported' });
      await run.connector.refresh();
      expect(run.news()).to.deep.equal([]);
    });

    it('manage() and refresh() learn the list anew', async () => {
      const listed = [connectionTo(garmin), connectionTo(wahoo)];
      for (const errand of ['manage', 'refresh'] as const) {
        const run = create({ manage: () => Promise.resolve(), accessToken: () => Promise.resolve('t'), connections: () => Promise.resolve(listed.map((one) => ({ ...one }))) });
        await run.toConnected();
        await run.connector[errand]();
        expect(run.news()).to.deep.equal(['connections']);
        const detail = detailOf(run.events.at(-1) as Event);
        expect((detail['added'] as { id: string }[]).map(({ id }) => id)).to.deep.equal([wahoo.id]);
        expect(Object.isFrozen((detail['connections'] as object[])[1]), 'down to the last').to.equal(true);
        await run.connector[errand]();
        expect(run.news(), 'nothing new').to.deep.equal([]);
      }
    });

    it('refresh() is content with a token that is still good', async () => {
      const asked: unknown[] = [];
      const accessToken = (_: AbortSignal, force?: boolean) => (asked.push(force), force ? Promise.reject(new ConnectError('session_expired', 'No refresh token.')) : Promise.resolve('t'));
      const run = create({ accessToken });
      await run.toConnected();
      await run.connector.refresh();
      expect([run.news(), asked]).to.deep.equal([[], [true, undefined]]);
    });

    it('disconnect() tells the truth about what became of the tokens', async () => {
      for (const revoked of [true, false]) {
        const run = create({ disconnect: () => Promise.resolve({ revoked, connections: [] }) });
        await run.toConnected();
        await run.connector.disconnect();
        expect(run.news()).to.deep.equal(['connections', 'disconnected', 'change(choosing)']);
        expect(run.connector.state).to.include({ notice: revoked ? 'disconnected' : 'forgotten', account: null });
      }
      const one = create({ disconnect: (source) => Promise.resolve({ revoked: true, connections: source === garmin.id ? [] : [connectionTo(garmin)] }) });
      await one.toConnected();
      await one.connector.disconnect(garmin.id);
      expect(one.news()).to.deep.equal(['connections', 'disconnected']);
      expect(detailOf(one.events.at(-1) as Event)).to.deep.include({ source: garmin.id, connections: [] });
    });

    it('end with the connector: what comes later is nobody’s', async () => {
      let finish!: (connections: []) => void;
      const signals: AbortSignal[] = [];
      const run = create({ manage: (signal) => (signals.push(signal), Promise.resolve()), connections: () => new Promise((resolve) => (finish = resolve)) });
      await run.toConnected();
      const managing = run.connector.manage();
      await settled();
      run.connector.stop();
      expect(signals[0]?.aborted).to.equal(true);
      finish([]);
      await managing;
      expect(run.news()).to.deep.equal([]);
      run.connector.start();
      void run.connector.manage();
      expect(signals[1]?.aborted, 'and begin anew with it').to.equal(false);
    });
  });

  describe('getAccessToken()', () => {
    it('gives what the platform gives', async () => expect(await create({ accessToken: () => Promise.resolve('t') }).connector.getAccessToken()).to.equal('t'));

    it('rejects, and says so to the page only where the session is lost', async () => {
      for (const [code, news] of [['network', []], ['session_expired', ['error(session_expired)', 'change(failed)']]] as const) {
        const run = create({ accessToken: () => Promise.reject(new ConnectError(code, 'So.')) });
        await run.toConnected();
        expect(await caught(run.connector.getAccessToken())).to.include({ code });
        expect(run.news()).to.deep.equal(news);
      }
    });

    it('rejects with one of our errors, whatever was thrown, and without a word where nobody is signed in', async () => {
      const odd = create({ accessToken: () => Promise.reject(new Error('Odd.')) });
      expect(await caught(odd.connector.getAccessToken())).to.be.instanceOf(ConnectError);
      const nobody = create({ accessToken: () => Promise.reject(new ConnectError('session_expired', 'Nobody.')) });
      expect(await caught(nobody.connector.getAccessToken())).to.include({ code: 'session_expired' });
      expect(nobody.news()).to.deep.equal([]);
    });
  });

  describe('set up wrongly', () => {
    const wrong: Record<string, ConnectorOptions> = {
      'without a client id': {},
      'with an odd address': { clientId: 'app', baseUrl: 'http://a.example' },
      'with a platform that nobody knows': { platform: 'garmin', clientId: 'app' },
      'with the name of something else': { platform: 'constructor', clientId: 'app' },
    };
    for (const [what, options] of Object.entries(wrong))
      it(`${what}: it fails with a sentence, and never throws`, async () => {
        const events: Event[] = [];
        const connector = createConnector({ ...options, dispatch: (event) => void events.push(event) });
        connector.start();
        await settled();
        expect(events.map(shortOf)).to.deep.equal(['error(misconfigured)', 'change(failed)']);
        expect(String(detailOf(events[0] as Event)['message']).length).to.be.above(40);
        expect(await connector.connect('wahoo')).to.equal('failed');
        connector.retry();
        connector.back();
        connector.browse();
        connector.show();
        connector.again(true);
        await connector.manage();
        await connector.disconnect();
        await connector.refresh();
        expect(await caught(connector.getAccessToken())).to.be.instanceOf(ConnectError);
        connector.reset();
        await settled();
        connector.stop();
        connector.abandon();
      });

    it('names what there is', () => {
      for (const name of ['x', 'toString', '__proto__']) {
        const error: unknown = (() => { try { return void platformFor({ platform: name }).follow([], new AbortController().signal); } catch (thrown) { return thrown; } })();
        expect(error, name).to.include({ code: 'misconfigured' });
        expect((error as Error).message).to.contain('sweatstack').and.contain(JSON.stringify(name));
      }
      expect(platformFor({ platform: ' ' }).name, 'none named').to.equal('sweatstack');
      const own = createFakePlatform().platform;
      expect(platformFor({ platform: own })).to.equal(own);
    });
  });

  it('says nothing any more once it is abandoned', async () => {
    const run = create();
    await run.toConnected();
    let states = 0;
    run.connector.subscribe(() => states++);
    void run.connector.connect(wahoo.id);
    run.connector.abandon();
    expect(run.news()).to.deep.equal(['change(authorizing)', 'cancelled(aborted)', 'change(choosing)']);
    const heard = states;
    latest(run.fake.jobs.authorize).resolve({});
    run.fake.outlet.tokens(tokensNamed('t2'), 'refreshed');
    run.fake.outlet.forgotten();
    await settled();
    expect([states, run.news()]).to.deep.equal([heard, []]);
  });
});
