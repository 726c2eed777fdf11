import { expect } from '@open-wc/testing';
import { accountStatusFrom } from '../../../src/core/account.js';
import type { AccountStatus } from '../../../src/core/account.js';
import { connectionsFrom } from '../../../src/core/derived.js';
import { ConnectError, paused } from '../../../src/core/errors.js';
import type { SyncUpdate } from '../../../src/core/platform.js';
import { afterwards } from '../../../src/platforms/sweatstack/afterwards-later.js';
import type { Afterwards } from '../../../src/platforms/sweatstack/afterwards-later.js';
import { createFakeClock, settled } from '../../sync/fake-clock.js';
import { statusOf } from './stub-server.js';

const missing = (): Promise<Afterwards> => Promise.reject(new TypeError('Importing a module script failed.'));
const whole = (parts: Partial<Afterwards>) => (): Promise<Afterwards> => Promise.resolve(parts as Afterwards);

/** Follows by code that may or may not come; `pass` lets time go by. */
function follow(load: () => Promise<Afterwards>, status: () => Promise<AccountStatus | null>) {
  const clock = createFakeClock();
  const life = new AbortController();
  const asked = { status: 0, stream: 0 };
  const updates: SyncUpdate[] = [];
  const end: { error?: unknown; done?: true } = {};
  const run = async (): Promise<void> => {
    const { followBackfill } = afterwards(load);
    const options = {
      source: 'wahoo',
      clock,
      open: () => ((asked.stream += 1), Promise.reject(new TypeError('Nobody reads it.'))),
      status: () => ((asked.status += 1), status()),
      connectionsFrom: (known: AccountStatus | null) => connectionsFrom([{ id: 'wahoo', name: 'Wahoo' }], known),
      step: () => null,
    };
    for await (const update of followBackfill(options, life.signal)) updates.push(update);
  };
  void run().then(
    () => (end.done = true),
    (thrown: unknown) => (end.error = thrown),
  );
  return {
    clock,
    life,
    asked,
    updates,
    end,
    async pass(ms: number): Promise<void> {
      await settled();
      await clock.advance(ms);
      await settled();
    },
  };
}

describe('platforms/sweatstack: the code for afterwards cannot be had', () => {
  const { warn } = console;
  let warnings: unknown[];
  beforeEach(() => {
    warnings = [];
    console.warn = (...said: unknown[]) => void warnings.push(said.join(' '));
  });
  afterEach(() => {
    console.warn = warn;
  });
  const of = (history: string) => accountStatusFrom(statusOf(history));

  it('the account tells that the history is in, and a developer is told once what is missing', async () => {
    let history = 'syncing';
    const run = follow(missing, async () => of(history));
    await run.pass(20_000);
    expect([run.updates, run.end], 'not yet').to.deep.equal([[], {}]);
    history = 'ready';
    await run.pass(60_000);
    expect(run.updates).to.deep.equal([
      { type: 'connections', connections: connectionsFrom([{ id: 'wahoo', name: 'Wahoo' }], of('ready')) },
      { type: 'finished', outcome: 'success' },
    ]);
    expect([run.end.done, run.asked.stream, run.clock.pending]).to.deep.equal([true, 0, 0]);
    expect(warnings).to.have.lengthOf(1);
    expect(warnings[0]).to.equal('wearable-connect.afterwards.js could not be loaded. TypeError: Importing a module script failed.');
  });

  for (const [what, status] of [
    ['says nothing of an end', async () => of('syncing')],
    ['cannot say', () => Promise.reject(new Error('HTTP 500'))],
  ] as const)
    it(`where the account ${what}, ten minutes are enough, and it was not asked too often`, async () => {
      const run = follow(missing, status);
      await run.pass(590_000);
      expect(run.end).to.deep.equal({});
      await run.pass(60_000);
      expect(run.updates.at(-1)).to.deep.equal({ type: 'finished', outcome: 'unknown' });
      expect(run.asked.status).to.be.within(10, 150);
      expect(run.clock.pending).to.equal(0);
    });

  it('what the account says for good is not asked for again: nobody is signed in any more, or nothing is connected', async () => {
    const over = follow(missing, () => Promise.reject(new ConnectError('session_expired', 'HTTP 401')));
    await over.pass(10);
    expect(over.end.error).to.include({ code: 'session_expired' });
    expect([over.asked.status, over.clock.pending]).to.deep.equal([1, 0]);
    const none = follow(missing, async () => accountStatusFrom({ capabilities: {}, issue: { code: 'no_source_connected' } }));
    await none.pass(10);
    expect(none.updates).to.deep.equal([{ type: 'connections', connections: [] }, { type: 'finished', outcome: 'unknown' }]);
  });

  it('whoever leaves does not wait for it longer than they would for its work', async () => {
    const { revokeAll } = afterwards(() => new Promise(() => {}));
    const patience = new AbortController();
    const revoked = revokeAll('app', { accessToken: 'a', tokenType: 'Bearer', expiresAt: null, scope: '' }, new URL('https://app.sweatstack.no'), () => Promise.reject(new Error('asked')), patience.signal);
    patience.abort();
    expect(await revoked).to.equal(false);
  });

  it('it is asked for again, and takes over as soon as it comes', async () => {
    let tries = 0;
    const run = follow(
      () =>
        ++tries < 3
          ? missing()
          : whole({
              async *followBackfill(): AsyncGenerator<SyncUpdate> {
                yield { type: 'finished', outcome: 'partial' };
              },
            })(),
      async () => of('syncing'),
    );
    await run.pass(60_000);
    expect([run.updates, tries]).to.deep.equal([[{ type: 'finished', outcome: 'partial' }], 3]);
  });

  it('aborted, it asks nothing more and leaves nothing', async () => {
    const run = follow(missing, async () => of('syncing'));
    await run.pass(100);
    run.life.abort(paused);
    const { status } = run.asked;
    await run.pass(600_000);
    expect([run.end.error, run.updates, run.asked.status, run.clock.pending]).to.deep.equal([paused, [], status, 0]);
  });

  it('tokens count as not taken back, and the portal says why it does not open', async () => {
    const { revokeAll, visitPortal } = afterwards(missing);
    expect(await revokeAll('app', { accessToken: 'a', tokenType: 'Bearer', expiresAt: null, scope: '' }, new URL('https://app.sweatstack.no'), () => Promise.reject(new Error('asked')), new AbortController().signal)).to.equal(false);
    expect(await visitPortal(new URL('https://app.sweatstack.no'), null, () => Promise.reject(new Error('asked')), new AbortController().signal).catch((thrown: unknown) => thrown)).to.include({ code: 'network', retryable: true });
  });
});

describe('platforms/sweatstack: the code for afterwards is here', () => {
  it('a portal is opened in the click itself', async () => {
    let opened = 0;
    const { ahead, visitPortal } = afterwards(whole({ visitPortal: async () => void (opened += 1) }));
    ahead();
    await settled();
    void visitPortal(new URL('https://app.sweatstack.no'), null, () => Promise.resolve(null), new AbortController().signal);
    expect(opened).to.equal(1);
  });
});
