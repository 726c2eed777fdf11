import { expect } from '@open-wc/testing';
import type { Connection, Progress } from '../../src/core/nouns.js';
import { settled } from '../sync/fake-clock.js';
import { alice, connectionTo, createFakePlatform, garmin, latest, ride, tokensNamed, wahoo } from './fake-platform.js';
import { createRun, detailOf, shortOf, terminal } from './run.js';

const progress: Progress = { source: garmin.id, stage: 'fetching', ratio: 0.5, loadedUntil: null, items: null, live: true };

/** Every object that can be reached from a detail. */
const reachable = (value: unknown): object[] => (typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(reachable)] : []);

describe('core/session, the order of events', () => {
  it('of one success is the one in the contract', async () => {
    const run = createRun();
    await run.toList();
    const ending = run.session.connect(garmin.id, 'popup');
    latest(run.authorize).resolve({});
    await settled();
    latest(run.confirm).resolve({ tokens: tokensNamed('t'), user: alice, connections: [connectionTo(garmin)] });
    await settled();
    const follow = latest(run.follow);
    follow.push({ type: 'progress', progress });
    follow.push({ type: 'finished', outcome: 'success' });
    await settled();
    expect(run.news()).to.deep.equal([
      ...['change(authorizing)', 'change(confirming)', 'tokens', 'connections', 'connected', 'change(syncing)'],
      ...['progress', 'complete(success)', 'change(connected)'],
    ]);
    expect(await ending).to.equal('connected');
  });

  it('of a returning visitor: tokens, the list, the history', async () => {
    const run = createRun();
    run.session.start();
    latest(run.sources).resolve([garmin]);
    latest(run.restore).resolve({ account: { tokens: tokensNamed('t'), user: alice, connections: [connectionTo(garmin)] } });
    await settled();
    latest(run.follow).push({ type: 'finished', outcome: 'partial' });
    await settled();
    expect(run.news()).to.deep.equal(['tokens', 'connections', 'change(syncing)', 'complete(partial)', 'change(connected)']);
    expect(detailOf(run.events[0] as Event)).to.include({ reason: 'restored', accessToken: 't' });
    expect(run.events.some((event) => 'attempt' in detailOf(event)), 'no attempt was made').to.equal(false);
  });

  it('tells tokens without waiting for who it is', async () => {
    const run = createRun();
    await run.toWindow();
    latest(run.authorize).resolve({});
    await settled();
    let know!: (user: typeof alice) => void;
    const user = new Promise<typeof alice>((resolve) => (know = resolve));
    latest(run.confirm).resolve({ tokens: tokensNamed('t'), user, connections: [] });
    await settled();
    expect(run.news().slice(-1)).to.deep.equal(['tokens']);
    know(alice);
    await settled();
    expect(run.news()).to.deep.equal(['connections', 'connected', 'change(syncing)']);
  });

  it('tells no tokens to a page that asked for none, nor where there are none', async () => {
    for (const { tellTokens, tokens } of [{ tellTokens: false, tokens: tokensNamed('t') }, { tellTokens: true, tokens: null }]) {
      const run = createRun(createFakePlatform(), { tellTokens });
      await run.toWindow();
      latest(run.authorize).resolve({});
      await settled();
      latest(run.confirm).resolve({ tokens, user: null, connections: [] });
      await settled();
      run.fake.outlet.tokens(tokensNamed('t2'), 'refreshed');
      expect(run.news().filter((name) => name === 'tokens')).to.deep.equal(tellTokens ? ['tokens'] : []);
    }
  });

  it('counts 1, 2, 3 … and names the attempt from its first event to its last, and on none after', async () => {
    const run = createRun();
    await run.toConnected();
    run.session.browse();
    run.session.connect(wahoo.id, 'popup');
    run.session.back();
    run.session.back();
    expect(run.events.map((event) => detailOf(event).seq)).to.deep.equal(run.events.map((_, index) => index + 1));
    const attempts = [...new Set(run.authorize.map(({ options }) => options.attempt))];
    expect(attempts).to.have.length(2);
    for (const attempt of attempts) {
      const within = run.events.filter((event) => detailOf(event).attempt === attempt);
      const first = run.events.indexOf(within[0] as Event);
      expect(run.events.slice(first, first + within.length), 'an unbroken row').to.deep.equal(within);
      expect(within.filter(({ type }) => terminal.includes(type)).length).to.equal(1);
      expect(terminal, 'the last of its row').to.include(within[within.length - 1]?.type);
    }
  });

  it('freezes every detail, through and through', async () => {
    const run = createRun();
    await run.toSyncing();
    const open = { ...progress };
    latest(run.follow).push({ type: 'progress', progress: open });
    latest(run.follow).push({ type: 'connections', connections: [connectionTo(garmin, { history: 'ready' })] });
    latest(run.preview).resolve({ ...ride, devices: ['Edge 530'] });
    await settled();
    run.session.send({ type: 'learnt', connections: [connectionTo(garmin), connectionTo(wahoo)] });
    latest(run.follow).push({ type: 'finished', outcome: 'success' });
    await settled();
    expect(new Set(run.events.map(shortOf))).to.include.keys('connected', 'connections', 'progress', 'preview', 'complete(success)', 'tokens');
    for (const event of run.events) {
      for (const part of reachable(detailOf(event))) expect(Object.isFrozen(part), event.type).to.equal(true);
      expect(() => Object.assign(detailOf(event), { seq: 0 }), event.type).to.throw(TypeError);
    }
  });

  it('gives every list as what was added to the one before it, and what was removed', async () => {
    const run = createRun();
    await run.toSyncing();
    run.session.send({ type: 'learnt', connections: [connectionTo(wahoo)] });
    run.session.send({ type: 'learnt', connections: [connectionTo(wahoo)] });
    run.session.send({ type: 'released', source: wahoo.id, connections: [] });
    const changes = run.events.filter(({ type }) => type === 'wearable-connections').map(detailOf);
    const ids = (list: unknown): unknown[] => (list as { id: unknown }[]).map(({ id }) => id);
    expect(changes.map(({ connections, added, removed }) => [ids(connections), ids(added), ids(removed)])).to.deep.equal([
      [[garmin.id], [garmin.id], []],
      [[wahoo.id], [wahoo.id], [garmin.id]],
      [[], [], [wahoo.id]],
    ]);
    expect(run.news().slice(-3)).to.deep.equal(['connections', 'disconnected', 'change(choosing)']);
  });

  it('says that a source was let go though a stream had told the list already, and goes on with what is left', async () => {
    const run = createRun();
    await run.toSyncing();
    run.session.send({ type: 'learnt', connections: [connectionTo(wahoo)] });
    run.news();
    run.session.send({ type: 'released', source: garmin.id, connections: [connectionTo(wahoo)] });
    expect([run.news(), run.session.state.phase]).to.deep.equal([['disconnected'], 'syncing']);
    run.session.send({ type: 'released', source: wahoo.id, connections: [{ ...connectionTo(wahoo), status: 'revoked' }] });
    expect(run.news().slice(-2), 'with the last one nothing is left to wait for').to.deep.equal(['disconnected', 'change(choosing)']);
  });

  it('says what another tab let go of once the history is in, for as long as the element is on the page', async () => {
    const fake = createFakePlatform();
    const attended: { readonly signal: AbortSignal; readonly tell: (source: string, connections: readonly Connection[]) => void }[] = [];
    fake.platform.attend = (signal, tell) => Promise.resolve(void attended.push({ signal, tell }));
    const run = createRun(fake);
    await run.toSyncing();
    expect(attended, 'the stream tells until then').to.deep.equal([]);
    latest(run.follow).push({ type: 'finished', outcome: 'success' });
    await settled();
    run.session.stop();
    run.session.start();
    expect(attended.map(({ signal }) => signal.aborted)).to.deep.equal([true, false]);
    run.news();
    attended[0]?.tell(garmin.id, []);
    expect(run.news(), 'a job that was left has no voice').to.deep.equal([]);
    attended[1]?.tell(wahoo.id, [connectionTo(garmin)]);
    attended[1]?.tell(garmin.id, []);
    expect(run.news()).to.deep.equal(['disconnected', 'connections', 'disconnected', 'change(choosing)']);
    expect(latest(attended).signal.aborted).to.equal(true);
  });
});
