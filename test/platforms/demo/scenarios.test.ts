import { expect } from '@open-wc/testing';
import type { Activity } from '../../../src/core/nouns.js';
import type { State } from '../../../src/core/state.js';
import type { Connector } from '../../../src/platforms/connector.js';
import { scenarioNames } from '../../../src/platforms/demo/scenarios.js';
import type { ScenarioName } from '../../../src/platforms/demo/scenarios.js';
import { aWhile, createDemo } from './connecting.js';
import type { Demo } from './connecting.js';

const signedIn = ['authorizing', 'confirming', 'tokens', 'connections', 'connected', 'syncing', 'progress', 'preview'];
const wholeWith = (outcome: string): string[] => [...signedIn, 'connections', 'progress', `complete(${outcome})`, 'is connected'];
const success = wholeWith('success');

interface Row {
  /** What is told while it loads; the list, unless something else is said. */
  readonly loading?: readonly string[];
  /** What is told after a click on Polar, in a time in which everything has happened that happens by itself. */
  readonly clicked: readonly string[];
  readonly sights?: readonly string[];
  /** And then. */
  readonly then?: readonly [act: (connector: Connector) => unknown, news: readonly string[]];
  readonly holds?: (state: State) => unknown;
}

const polar = ({ account }: State) => account?.connections.find(({ source }) => source === 'polar');

const rows: Readonly<Record<ScenarioName, Row>> = {
  happy: {
    clicked: success,
    sights: ['open'],
    holds: (state) => expect([polar(state)?.history, state.account?.user?.name, state.preview?.sportName, state.progress?.loadedUntil?.slice(0, 10)]).to.deep.equal(['ready', 'Kari Nordmann', 'classic XC skiing', '2021-11-21']),
  },
  denied: { clicked: ['authorizing', 'cancelled(denied)', 'choosing'] },
  blocked: { clicked: ['authorizing'], sights: ['open', 'blocked'], then: [(connector) => connector.again(false), success.slice(1)] },
  closed: { clicked: ['authorizing', 'cancelled(closed)', 'choosing'] },
  'coop-severed': { clicked: success, sights: ['open', 'lost'] },
  'late-success': { clicked: ['authorizing', 'cancelled(closed)', 'choosing', ...success.slice(1)], sights: ['open'] },
  'slow-backfill': { clicked: success },
  partial: { clicked: wholeWith('partial'), holds: (state) => expect([polar(state)?.history, state.progress?.ratio]).to.deep.equal(['action_required', 0.4]) },
  'no-news': { clicked: wholeWith('unknown'), holds: (state) => expect([polar(state)?.history, state.progress?.loadedUntil]).to.deep.equal(['unknown', null]) },
  'no-data': { clicked: wholeWith('success'), holds: (state) => expect([polar(state)?.status, state.preview, state.progress?.loadedUntil, state.progress?.items]).to.deep.equal(['active', null, null, null]) },
  'action-required': {
    clicked: [...signedIn, 'progress', 'complete(partial)', 'is connected'],
    holds: (state) => expect([polar(state)?.status, polar(state)?.message]).to.deep.equal(['action_required', 'The password was changed there: sign in once more.']),
    then: [(connector) => connector.manage(), ['connections']],
  },
  'token-expired': { clicked: [...signedIn, 'error(session_expired)', 'failed'], then: [(connector) => connector.retry(), success] },
  'sync-failed': {
    clicked: [...signedIn, 'error(sync_failed)', 'complete(unknown)', 'is connected'],
    then: [(connector) => connector.retry(), ['syncing', 'progress', 'connections', 'progress', 'complete(success)', 'is connected']],
    holds: (state) => expect([polar(state)?.status, state.trouble?.code, state.outcome]).to.deep.equal(['active', 'sync_failed', 'unknown']),
  },
  offline: { loading: ['error(network)', 'failed'], clicked: [], then: [(connector) => connector.retry(), ['loading', 'choosing']] },
  'rate-limited': { clicked: ['authorizing', 'confirming', 'error(rate_limited)', 'failed'], then: [(connector) => connector.retry(), success] },
  unsupported: { loading: ['error(unsupported)', 'failed'], clicked: ['authorizing', 'confirming', 'error(unsupported)', 'failed'], then: [(connector) => connector.retry(), []], holds: ({ phase }) => expect(phase).to.equal('failed') },
  misconfigured: { loading: ['error(misconfigured)', 'failed'], clicked: [], then: [(connector) => connector.retry(), []], holds: ({ phase }) => expect(phase).to.equal('failed') },
  returning: {
    loading: ['tokens', 'connections', 'syncing', 'progress', 'complete(success)', 'is connected', 'preview'],
    clicked: [],
    holds: (state) => expect([state.account?.user?.givenName, state.account?.connections.map(({ source }) => source), state.preview?.devices]).to.deep.equal(['Kari', ['garmin_connect', 'strava'], ['Edge 1050']]),
  },
  'many-sources': {
    clicked: success,
    holds: ({ sources, account }) => {
      expect([sources?.length, sources?.filter(({ kind }) => kind === 'mobile').length]).to.deep.equal([16, 3]);
      expect(account?.connections.map(({ source, status }) => `${source} ${status}`)).to.deep.equal(['suunto action_required', 'whoop revoked', 'polar active']);
    },
  },
};

describe('platforms/demo, what each scenario comes to', () => {
  let rig: Demo;
  beforeEach(() => (rig = createDemo()));
  afterEach(() => rig.restore());

  it('has a row for every scenario', () => expect(Object.keys(rows)).to.deep.equal(scenarioNames));

  for (const [scenario, { loading = ['choosing'], clicked, sights, then, holds }] of Object.entries(rows))
    it(scenario, async () => {
      const { connector, news, sights: seen } = rig.create({ scenario });
      connector.start();
      await rig.pass(aWhile);
      expect(news()).to.deep.equal(loading);
      if (clicked.length) {
        void connector.connect('polar');
        await rig.pass(aWhile);
        expect(news()).to.deep.equal(clicked);
      }
      if (sights) expect(seen).to.deep.equal(sights);
      holds?.(connector.state);
      if (then) {
        void then[0](connector);
        await rig.pass(aWhile);
        expect(news()).to.deep.equal(then[1]);
      }
      connector.stop();
      expect([rig.clock.pending, rig.time.pending, rig.around.left, rig.windows.opened]).to.deep.equal([0, 0, 0, 0]);
    });

  for (const scenario of scenarioNames)
    it(`leaves nothing of ${scenario}, stopped at any moment; and goes on from there`, async () => {
      for (const ms of [0, 200, 500, 1_500, 2_300, 3_000, 4_000, 6_000, 20_000]) {
        const { connector } = rig.create({ scenario });
        connector.start();
        await rig.pass(300);
        void connector.connect('polar');
        await rig.pass(ms);
        const { phase } = connector;
        connector.stop();
        await rig.clock.advance(0);
        // A grant that is being redeemed is good for one use: that goes on.
        if (phase === 'confirming') await rig.pass(5_000);
        expect([rig.clock.pending, rig.time.pending, rig.around.left], `${phase} after ${ms}`).to.deep.equal([0, 0, 0]);
        connector.start();
        await rig.pass(aWhile);
        expect(connector.phase, `after ${phase}`).not.to.be.oneOf(['loading', 'confirming', 'syncing']);
        connector.abandon();
        await rig.clock.advance(0);
        expect([rig.clock.pending, rig.time.pending, rig.around.left], 'abandoned').to.deep.equal([0, 0, 0]);
      }
    });

  for (const [scenario, at, sport] of [['happy', 1_500, 'classic XC skiing'], ['no-data', 3_000, undefined]] as const)
    it(`tells once what was done last, and not before anything of ${scenario} can be known`, async () => {
      const { connector, events, toList } = rig.create({ scenario });
      await toList();
      void connector.connect('polar');
      while (connector.phase !== 'syncing') await rig.clock.advance(50);
      await rig.clock.advance(at - 50);
      const told = () => events.flatMap((event) => (event.type === 'wearable-preview' ? [(event as Event & { readonly detail: { readonly activity: Activity | null } }).detail.activity?.sportName] : []));
      expect(told()).to.deep.equal([]);
      await rig.clock.advance(350);
      expect(told()).to.deep.equal([sport]);
      await rig.clock.advance(aWhile);
      expect(told()).to.deep.equal([sport]);
      connector.abandon();
    });

  it('stands still where the clock does: first the waiting, then some of the history', async () => {
    const { connector, toList } = rig.create({ scenario: 'slow-backfill' });
    await toList();
    void connector.connect('polar');
    await rig.pass(4_000);
    expect([connector.phase, connector.state.progress?.stage, connector.state.progress?.ratio]).to.deep.equal(['syncing', 'waiting', null]);
    await rig.pass(60_000);
    await rig.time.advance(1_000);
    const held = connector.state;
    expect([held.phase, held.progress?.stage, held.progress?.loadedUntil?.slice(0, 4)]).to.deep.equal(['syncing', 'fetching', '2025']);
    await rig.time.advance(1_000);
    expect(connector.state).to.equal(held);
    connector.abandon();
  });

  it('loses the line for a while in a slow one, and never goes back', async () => {
    const { connector, events, toList } = rig.create({ scenario: 'slow-backfill' });
    await toList();
    void connector.connect('polar');
    for (let second = 0; second < 260; second++) {
      await rig.pass(1_000);
    }
    const told = events.flatMap((event) => (event.type === 'wearable-progress' ? [(event as Event & { readonly detail: { readonly ratio: number | null; readonly live: boolean } }).detail] : []));
    expect(told.length).to.be.greaterThan(45);
    expect(told.filter(({ live }) => !live).length).to.equal(1);
    const ratios = told.map(({ ratio }) => ratio ?? 0);
    expect(ratios).to.deep.equal([...ratios].sort((a, b) => a - b));
    expect([ratios.at(-1), connector.phase]).to.deep.equal([1, 'connected']);
    connector.abandon();
  });
});
