import { expect } from '@open-wc/testing';
import { ConnectError } from '../../src/core/errors.js';
import type { Disconnected } from '../../src/core/platform.js';
import { connectionTo, garmin, latest, wahoo } from '../core/fake-platform.js';
import { detailOf } from '../core/run.js';
import { settled } from '../sync/fake-clock.js';
import { caught, create } from './connecting.js';

describe('platforms/connector, errands', () => {
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

    it('a failed one is forgotten with the next that goes well', async () => {
      let isOffline = true;
      const manage = (): Promise<void> => (isOffline ? Promise.reject(new ConnectError('network', 'So.')) : Promise.resolve());
      const run = create({ manage, accessToken: () => Promise.resolve('t') });
      await run.toConnected();
      await run.connector.manage();
      expect(run.connector.error).to.have.property('code', 'network');
      isOffline = false;
      await run.connector.refresh();
      expect(run.connector.error).to.equal(null);
      expect(run.news(), 'which is no news of its own').to.deep.equal(['error(network)']);
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
      const listed = [connectionTo(garmin), connectionTo(wahoo, { history: 'ready' })];
      for (const errand of ['manage', 'refresh'] as const) {
        const run = create({ manage: () => Promise.resolve(), accessToken: () => Promise.resolve('t'), refresh: () => Promise.resolve(listed.map((one) => ({ ...one }))) });
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

    it('manage(): whoever is back once more from a page that stayed open has it learnt once more', async () => {
      let listed = [connectionTo(garmin)];
      let failure: ConnectError['code'] | undefined;
      let again = (): void => {};
      const run = create({
        manage: (_, told = () => {}) => Promise.resolve(void (again = told)),
        refresh: () => (failure ? Promise.reject(new ConnectError(failure, 'So.')) : Promise.resolve(listed.map((one) => ({ ...one })))),
      });
      await run.toConnected();
      await run.connector.manage();
      run.news();
      listed = [connectionTo(garmin), connectionTo(wahoo, { history: 'ready' })];
      again();
      await settled();
      expect(run.news()).to.deep.equal(['connections']);
      failure = 'network';
      again();
      await settled();
      expect(run.news(), 'as at the first time').to.deep.equal(['error(network)']);
      failure = 'session_expired';
      again();
      await settled();
      expect(run.connector.phase, 'a session that was lost meanwhile is told').to.equal('failed');
    });

    it('manage(): a history that is to come is followed', async () => {
      const histories = { 'new, and its history arrives': [connectionTo(garmin, { history: 'ready' }), connectionTo(wahoo)], 'allowed now': [connectionTo(garmin)] };
      for (const [what, listed] of Object.entries(histories)) {
        let now = [connectionTo(garmin, { history: 'action_required' })];
        const run = create({ manage: () => Promise.resolve(void (now = listed)), refresh: () => Promise.resolve(now) });
        await run.toConnected();
        await run.connector.refresh();
        expect(run.news(), what).to.deep.equal(['connections']);
        await run.connector.manage();
        expect(run.news(), what).to.deep.equal(['connections', 'change(syncing)']);
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

    it('disconnect() tells the truth about what became of the tokens [T25]', async () => {
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
      expect(one.news()).to.deep.equal(['connections', 'disconnected', 'change(choosing)']);
      expect(detailOf(one.events.at(-2) as Event)).to.deep.include({ source: garmin.id, connections: [] });
    });

    it('disconnect() lets nothing run meanwhile: no stream asks with tokens that are being taken back, and no lost session is told', async () => {
      let finish!: (gone: Disconnected) => void;
      const accessToken = () => Promise.reject(new ConnectError('session_expired', 'Nobody is signed in.'));
      const run = create({ accessToken, disconnect: () => new Promise((resolve) => (finish = resolve)) });
      await run.toSyncing();
      const leaving = run.connector.disconnect();
      await settled();
      expect(latest(run.fake.jobs.follow).signal.aborted).to.equal(true);
      expect(await caught(run.connector.getAccessToken())).to.include({ code: 'session_expired' });
      expect(run.news()).to.deep.equal([]);
      finish({ revoked: true, connections: [] });
      await leaving;
      expect(run.news()).to.deep.equal(['connections', 'disconnected', 'change(choosing)']);
      expect(run.fake.jobs.follow).to.have.length(1);
    });

    it('disconnect() that failed leaves everything as it was: the history goes on', async () => {
      const run = create({ disconnect: () => Promise.reject(new ConnectError('network', 'Offline.')) });
      await run.toSyncing();
      await run.connector.disconnect();
      expect(run.news()).to.deep.equal(['error(network)']);
      expect([run.connector.phase, run.fake.jobs.follow.map(({ signal }) => signal.aborted)]).to.deep.equal(['syncing', [true, false]]);
      run.connector.stop();
    });

    it('end with the connector: what comes later is nobody’s', async () => {
      let finish!: (connections: []) => void;
      const signals: AbortSignal[] = [];
      const run = create({ manage: (signal) => (signals.push(signal), Promise.resolve()), refresh: () => new Promise((resolve) => (finish = resolve)) });
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

  describe('of a connector that was stopped', () => {
    /** A platform that gives up where it is asked with a life that is over. */
    const living = <T>(value: T) => (signal: AbortSignal): Promise<T> => (signal.aborted ? Promise.reject(signal.reason as Error) : Promise.resolve(value));

    it('disconnect(source) is asked for, and told', async () => {
      const asked: (string | null)[] = [];
      const gone = living<Disconnected>({ revoked: true, connections: [] });
      const run = create({ disconnect: (source, signal) => (asked.push(source), gone(signal)) });
      await run.toConnected();
      run.connector.stop();
      await run.connector.disconnect(garmin.id);
      expect([asked, run.news()]).to.deep.equal([[garmin.id], ['connections', 'disconnected', 'change(choosing)']]);
      expect(detailOf(run.events.at(-2) as Event)).to.deep.include({ source: garmin.id, connections: [] });
    });

    it('disconnect() ends the session and does not start it, whether it comes off or not', async () => {
      for (const [end, news] of [[living<Disconnected>({ revoked: true, connections: [] }), ['connections', 'disconnected', 'change(choosing)']], [() => Promise.reject(new ConnectError('network', 'Offline.')), ['error(network)']]] as const) {
        const run = create({ disconnect: (_, signal) => end(signal) });
        await run.toSyncing();
        run.connector.stop();
        const before = run.fake.calls.length;
        await run.connector.disconnect();
        await settled();
        expect([run.news(), run.fake.calls.slice(before), run.fake.listening]).to.deep.equal([news, [], 0]);
      }
    });

    it('a running one is at work again after disconnect(), as before', async () => {
      const run = create({ disconnect: (_, signal) => living<Disconnected>({ revoked: true, connections: [] })(signal) });
      await run.toSyncing();
      await run.connector.disconnect();
      expect(run.news()).to.deep.equal(['connections', 'disconnected', 'change(choosing)']);
      const before = run.fake.calls.length;
      run.connector.reset();
      expect(run.fake.calls.slice(before), 'it loads, which only one that is started does').to.include.members(['forget', 'sources', 'restore']);
      run.connector.stop();
      expect(run.fake.listening).to.equal(0);
    });

    it('getAccessToken() and refresh() give what the platform gives', async () => {
      const run = create({ accessToken: living('t'), refresh: living([connectionTo(garmin), connectionTo(wahoo, { history: 'ready' })]) });
      await run.toConnected();
      run.connector.stop();
      expect(await run.connector.getAccessToken()).to.equal('t');
      await run.connector.refresh();
      expect(run.news()).to.deep.equal(['connections']);
    });
  });
});
