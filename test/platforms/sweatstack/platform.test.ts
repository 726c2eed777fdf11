import { expect } from '@open-wc/testing';
import { paused } from '../../../src/core/errors.js';
import { settled } from '../../sync/fake-clock.js';
import { until } from '../../oauth/surroundings.js';
import { createRig } from './rig.js';
import type { Rig } from './rig.js';

const caught = (promise: Promise<unknown> | undefined): Promise<unknown> => Promise.resolve(promise).then(() => null, (error: unknown) => error);

describe('platforms/sweatstack', () => {
  let rig: Rig;
  beforeEach(() => (rig = createRig()));
  afterEach(() => rig.restore());

  it('opens the final address in the click', async () => {
    const { platform } = rig.platform();
    await platform.prepare(rig.life().signal);
    rig.authorize(platform);
    expect(rig.windows.opened.length).to.equal(1);
    expect(rig.windows.opened[0]?.url).to.match(/^https:\/\/app\.sweatstack\.no\/express-login\?state=/);
    expect(rig.asked()).to.include({ integration: 'wahoo', client_id: 'app' });
  });

  it('asks for no wearable in particular where none was picked', async () => {
    for (const source of [null, 'sweatstack']) {
      const { platform } = rig.platform();
      const confirmed = await rig.signIn(platform, source);
      expect(rig.asked()).not.to.have.property('integration');
      expect((await confirmed.connections).map(({ source: from, name }) => [from, name])).to.deep.equal([['sweatstack', 'SweatStack']]);
    }
  });

  describe('the page’s own address', () => {
    it('is opened', async () => {
      const seen: unknown[] = [];
      const { platform } = rig.platform({ buildUrl: (base, parameters) => (seen.push(base.href, parameters['integration']), `https://own.example/in?${new URLSearchParams(parameters).toString()}`) });
      await platform.prepare(rig.life().signal);
      rig.authorize(platform);
      expect(rig.windows.opened[0]?.url).to.match(/^https:\/\/own\.example\/in\?client_id=app/);
      expect(seen).to.deep.equal(['https://app.sweatstack.no/', 'wahoo']);
    });

    for (const url of ['javascript:alert(1)', 'http://own.example/', 'https://u:p@own.example/', '/relative'])
      it(`is refused: ${url} [T11]`, async () => {
        const { platform } = rig.platform({ buildUrl: () => url });
        await platform.prepare(rig.life().signal);
        const error = await caught(rig.authorize(platform).answered);
        expect(error).to.include({ code: 'misconfigured' });
        expect(rig.windows.opened).to.deep.equal([]);
      });
  });

  it('ends a refusal at the window, and looks behind one that needs to be shown [F11]', async () => {
    const { platform } = rig.platform();
    for (const [answer, code] of [['error=access_denied', 'access_denied'], ['error=login_required', 'platform_error'], ['error=invalid_scope', 'misconfigured']]) {
      await platform.prepare(rig.life().signal);
      const { answered } = rig.authorize(platform);
      rig.answer(answer);
      expect(await caught(answered), answer).to.include({ code });
    }
    expect(rig.server.asked, 'nothing was exchanged').to.deep.equal([]);
    await platform.prepare(rig.life().signal);
    rig.authorize(platform);
    expect(rig.asked(), 'the next window may show something').to.include({ prompt: 'consent' });
  });

  it('never exchanges an answer that is not of this attempt [T1]', async () => {
    const { platform } = rig.platform();
    const grant = (await rig.grant(platform)) as { query: string; attempt: { state: string } };
    const error = await caught(platform.confirm({ ...grant, query: '?code=x&state=wc1.other' }, rig.life().signal));
    expect(error).to.include({ code: 'invalid_response' });
    expect(rig.server.asked).to.deep.equal([]);
  });

  describe('a returning visitor', () => {
    it('is restored with what was kept, and only where something was to be kept', async () => {
      for (const persist of ['memory', 'session', 'local'] as const) {
        const first = rig.platform({ persist });
        await (await rig.signIn(first.platform)).connections;
        expect([...Object.keys(rig.around.local), ...Object.keys(rig.around.session)].length, persist).to.equal(persist === 'memory' ? 0 : 1);
        const restored = await rig.platform({ persist }).platform.restore?.(rig.life().signal);
        expect(restored?.account?.tokens?.accessToken, persist).to.equal(persist === 'memory' ? undefined : 'canary-token');
        if (restored?.account) expect((await restored.account.connections).map(({ id }) => id)).to.deep.equal(['wahoo']);
        first.platform.forget?.();
        expect([...Object.keys(rig.around.local), ...Object.keys(rig.around.session)], persist).to.deep.equal([]);
      }
    });

    it('is met by the attempt that an earlier page began', async () => {
      const first = rig.platform().platform;
      await first.prepare(rig.life().signal);
      const life = rig.life();
      const answered = caught(first.authorize('wahoo', { attempt: 'a1', way: 'popup', signal: life.signal, onSight: () => {} }));
      life.abort(paused);
      await answered;
      const second = rig.platform().platform;
      expect((await second.restore?.(rig.life().signal))?.pending).to.deep.equal({ attempt: 'a1', source: 'wahoo', grant: null });
      const { answered: resumed } = rig.authorize(second, 'wahoo', 'resume');
      rig.answer();
      expect((await second.confirm(await resumed, rig.life().signal)).tokens).to.include({ accessToken: 'canary-token' });
    });
  });

  it('shows whoever looks on the window and each request, and no secret [T7]', async () => {
    const { platform, steps, look } = rig.platform();
    look.on = true;
    await (await rig.signIn(platform)).connections;
    await until(() => steps.length >= 5);
    expect(steps[0]?.kind).to.equal('opened');
    expect(steps.filter(({ kind }) => kind === 'request').length).to.be.above(3);
    expect(JSON.stringify(steps)).to.not.match(/canary/);
    look.on = false;
    const seen = steps.length;
    await platform.refresh?.(rig.life().signal);
    await settled();
    expect(steps.length).to.equal(seen);
  });

  it('keeps no secret in storage once it is connected [T7, T24]', async () => {
    const { platform } = rig.platform();
    const { answered } = (await platform.prepare(rig.life().signal), rig.authorize(platform));
    expect(JSON.stringify(rig.around.local), 'while it waits, its own').to.contain('verifier');
    rig.answer();
    await platform.confirm(await answered, rig.life().signal);
    expect(JSON.stringify([rig.around.local, rig.around.session])).to.equal('[{},{}]');
  });

  it('forgets whatever it was doing', async () => {
    const { platform } = rig.platform();
    await rig.signIn(platform);
    await until(() => rig.server.streams.length);
    platform.forget?.();
    expect(await caught(platform.accessToken?.(rig.life().signal))).to.include({ code: 'session_expired' });
    expect(await rig.left()).to.equal(0);
    expect(() => rig.platform({ clientId: '' }).platform.forget?.(), 'also where it was never set up').not.to.throw();
  });
});
