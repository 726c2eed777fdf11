import { expect } from '@open-wc/testing';
import { ConnectError } from '../../src/core/errors.js';
import { settled } from '../sync/fake-clock.js';
import { connectionTo, createFakePlatform, garmin, latest, tokensNamed, wahoo } from './fake-platform.js';
import { createRun, detailOf } from './run.js';

describe('core/session, late', () => {
  describe('an answer that comes late', () => {
    it('is honoured after the window seemed closed, also while another attempt runs', async () => {
      for (const another of [false, true]) {
        const run = createRun();
        const { attempt } = await run.toWindow();
        const first = latest(run.authorize);
        first.options.onSight('closed', () => {});
        if (another) void run.session.connect(wahoo.id, 'popup');
        run.news();
        first.resolve({});
        await settled();
        expect(run.news()).to.deep.equal([...(another ? ['cancelled(aborted)'] : []), 'change(confirming)']);
        const now = detailOf(run.events.at(-1) as Event).attempt;
        expect(now).to.be.a('string').and.not.equal(attempt);
      }
    });

    it('is ignored after Back, after the page’s abort, after reset, and after abandoning [F13]', async () => {
      const page = new AbortController();
      const ways: ((run: ReturnType<typeof createRun>) => void)[] = [({ session }) => session.back(), () => page.abort(), ({ session }) => session.reset(), ({ session }) => session.abandon()];
      for (const giveUp of ways) {
        const run = createRun(createFakePlatform({ deaf: true }));
        await run.toList();
        void run.session.connect(garmin.id, 'popup', page.signal.aborted ? undefined : page.signal);
        giveUp(run);
        run.news();
        latest(run.authorize).resolve({});
        await settled();
        expect(run.confirm, String(giveUp)).to.deep.equal([]);
        expect(run.news(), String(giveUp)).to.deep.equal([]);
      }
    });

    it('is ignored where it comes to a confirmation that was left', async () => {
      const run = createRun(createFakePlatform({ deaf: true }));
      await run.toWindow();
      latest(run.authorize).resolve({});
      await settled();
      run.session.back();
      run.news();
      latest(run.confirm).resolve({ tokens: tokensNamed('canary'), user: null, connections: [connectionTo(garmin)] });
      await settled();
      expect(run.news(), 'no token of somebody who said no').to.deep.equal([]);
    });

    it('is ignored once it fails: an attempt has one ending', async () => {
      const run = createRun();
      await run.toWindow();
      latest(run.authorize).options.onSight('closed', () => {});
      run.news();
      latest(run.authorize).reject(new ConnectError('timeout', 'Fifteen minutes.'));
      await settled();
      expect(run.news()).to.deep.equal([]);
    });
  });
});
