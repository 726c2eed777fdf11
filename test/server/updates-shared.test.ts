/** Three instances, one clock, one hub: each thing that can happen between them, as often as one likes. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createFakeClock, type FakeClock } from '../sync/fake-clock.js';
import { createFakeHub, createWire } from './fake-hub.js';
import { inTime, reply } from './rig.js';
import { createInstances, event, gist, matrix, row, type Said } from './updates-rig.js';

const minute = 60_000;
const cells = (done: number): string[] => Array.from({ length: 5 }, (_, index) => (index < done ? 'done' : 'pending'));

/** `own`: the clock of the first instance, where it can be held up alone. */
function createCluster(own?: FakeClock) {
  const clock = createFakeClock();
  const fake = createFakeHub(clock);
  const wires = [0, 1, 2].map(() => createWire(fake.hub));
  const rig = createInstances(wires.map(({ hub }, index) => ({ hub, clock: index === 0 ? (own ?? clock) : clock })));
  /** How far Garmin's history is, in fifths. */
  const garmin = (done: number): void => void (rig.state.garmin = matrix(done < 5 ? 'in_progress' : 'complete', cells(done)));
  rig.rows['kari'] = [row('garmin', clock.now())];
  garmin(0);
  const [one, two, three] = rig.instances as [Instance, Instance, Instance];
  const [wireOne, wireTwo, wireThree] = wires as [Wire, Wire, Wire];
  /** The index of who has looked since, and how often. */
  const looksIn = async (ms: number): Promise<number[]> => {
    const before = [...rig.looks];
    await clock.advance(ms);
    return rig.looks.map((looks, index) => looks - (before[index] ?? 0));
  };
  return { ...rig, clock, fake, garmin, one, two, three, wires, wireOne, wireTwo, wireThree, looksIn };
}
type Instance = ReturnType<typeof createInstances>['instances'][number];
type Wire = ReturnType<typeof createWire>;

const idsOf = (said: readonly Said[]): string[] => said.map(({ id }) => id);
const noneTwice = (said: readonly Said[]): void => assert.equal(new Set(idsOf(said)).size, said.length, `an id came twice: ${idsOf(said).join(' ')}`);
const ratios = (said: readonly Said[]): unknown[] => said.filter(({ event: name }) => name === 'progress').map(({ data }) => data['ratio']);

describe('instances that share a hub', () => {
  it('look once for all their listeners, who hear the same under the same ids', async () => {
    const { clock, garmin, instances, looksIn, polls, one } = createCluster();
    const all = [];
    for (const instance of [...instances, ...instances]) all.push(await instance.listen());
    await clock.advance(4_000);
    const looks = await looksIn(30_000);
    assert.ok(looks.filter((count) => count > 0).length === 1 && Math.max(...looks) <= 11, `looks of each: ${looks.join()}`);
    for (const done of [1, 3, 5]) {
      garmin(done);
      await clock.advance(6_000);
    }
    for (const { said } of all) {
      assert.deepEqual(said, all[0]?.said);
      noneTwice(said);
    }
    assert.deepEqual(gist(all[0]?.said ?? []).at(-1), 'complete success');
    assert.deepEqual(ratios(all[0]?.said ?? []), [0, 0.2, 0.6, 1]);
    for (const heard of all) heard.leave();
    const last = polls();
    await clock.advance(10 * minute);
    assert.equal(polls(), last);
    assert.equal(clock.pending, 0, 'no timer is left');
    assert.equal(one.thrown.length, 0);
  });

  it('go on after the last event of a listener, whichever of them it comes back to', async () => {
    const { clock, garmin, one, two, three } = createCluster();
    const first = await one.listen();
    const witness = await three.listen();
    await clock.advance(4_000);
    first.leave();
    garmin(2);
    await clock.advance(8_000);
    const again = await two.listen(first.said.at(-1)?.id);
    await clock.advance(2_000);
    garmin(5);
    await clock.advance(8_000);
    assert.deepEqual([...first.said, ...again.said], witness.said);
    const stranger = await two.listen('another-7');
    await clock.advance(2_000);
    assert.deepEqual(gist(stranger.said), ['connections garmin:ready', 'progress garmin done 1', 'complete success'].sort((a, b) => gist(witness.said).lastIndexOf(a) - gist(witness.said).lastIndexOf(b)));
    for (const heard of [witness, again, stranger]) heard.leave();
  });

  it('tell who polls, each time another of them, nothing twice and everything, and look no more often for it', async () => {
    const { clock, garmin, instances, one, platforms, base } = createCluster();
    const said: Said[] = [];
    const looked: number[] = [];
    const usual = platforms.answers[`GET ${base}/connections`];
    platforms.answers[`GET ${base}/connections`] = (asked) => {
      looked.push(clock.now());
      return usual?.(asked) ?? reply([]);
    };
    const poll = async (index: number): Promise<void> => {
      const { ask } = instances[index % 3] ?? one;
      let over = false;
      const answer = ask('GET', '/wearables/updates', undefined, { accept: 'application/json', 'last-event-id': said.at(-1)?.id ?? null }).finally(() => (over = true));
      while (!over) await clock.advance(100);
      said.push(...((await (await answer).json()) as { updates: Said[] }).updates);
      await clock.advance(500);
    };
    for (let count = 0; gist(said).at(-1) !== 'complete success'; count += 1) {
      assert.ok(count < 40, gist(said).join());
      if (count % 2) garmin(Math.min(5, (count + 1) / 2));
      await poll(count);
    }
    noneTwice(said);
    assert.deepEqual([...new Set(ratios(said))], [0, 0.2, 0.4, 0.6, 0.8, 1]);
    // Each of them begins anew with each poll, and still nobody looks before it is due.
    const times = looked.slice(1).map((at, index) => at - (looked[index] ?? 0));
    assert.ok(times.every((ms) => ms >= 3_000), times.join());
    assert.equal(one.thrown.length, 0);
  });

  it('take over within the lease where the one that looks is gone, and nobody misses anything', async () => {
    const { clock, garmin, looks, one, two, three, wireOne, looksIn } = createCluster();
    const first = await one.listen();
    await clock.advance(1_000);
    const heard = [await two.listen(), await three.listen()];
    await clock.advance(4_000);
    assert.deepEqual(looks.map((count) => count > 0), [true, false, false]);
    // Killed: none of its calls arrives any more, and nobody listens to it.
    wireOne.goes('held');
    const lastId = first.said.at(-1)?.id;
    garmin(3);
    const after = await looksIn(6_500);
    assert.ok((after[1] ?? 0) + (after[2] ?? 0) > 0, `looks of each: ${after.join()}`);
    assert.ok(!after[1] || !after[2], 'one of the two');
    const again = await two.listen(lastId);
    garmin(5);
    await clock.advance(8_000);
    assert.deepEqual(heard[0]?.said, heard[1]?.said);
    assert.deepEqual([...first.said.slice(0, first.said.findIndex(({ id }) => id === lastId) + 1), ...again.said], heard[0]?.said);
    assert.equal(gist(again.said).at(-1), 'complete success');
    for (const one of [first, ...heard, again]) one.leave();
  });

  it('hear nothing of one that was held up while it looked, and comes back after it lost the lease', async () => {
    const own = createFakeClock();
    const { clock, fake, garmin, one, two, three, platforms } = createCluster(own);
    const both = async (ms: number): Promise<void> => {
      for (let left = ms; left > 0; left -= 250) {
        await own.advance(250);
        await clock.advance(250);
      }
    };
    const first = await one.listen();
    await both(1_000);
    const witness = await two.listen();
    await both(1_500);
    // What it is told before it is held up: one fifth. It will want to tell it when it is back.
    const path = 'GET /api/v1/providers/garmin/users/47fdf7a7-fccc-462c-93c0-a07498b72c04/backfill/status';
    const usual = platforms.answers[path];
    let release = (): void => {};
    platforms.answers[path] = async () => {
      await new Promise<void>((resolve) => (release = resolve));
      return reply(matrix('in_progress', cells(1)));
    };
    await own.advance(1_000);
    if (usual) platforms.answers[path] = usual;
    garmin(3);
    const told = fake.calls.filter((call) => call === 'tell').length;
    await clock.advance(10_000);
    assert.equal(ratios(witness.said).at(-1), 0.6, 'another one leads');
    release();
    await own.advance(0);
    assert.ok(fake.calls.filter((call) => call === 'tell').length > told + 1, 'it tried to');
    await both(10_000);
    assert.deepEqual(ratios(witness.said), [0, 0.6]);
    noneTwice(witness.said);
    noneTwice(first.said);
    garmin(5);
    await both(10_000);
    for (const { said } of [first, witness]) assert.equal(gist(said).at(-1), 'complete success');
    const late = await three.listen();
    await both(1_000);
    assert.equal(gist(late.said).at(-1), 'complete success');
    for (const heard of [first, witness, late]) heard.leave();
  });

  it('show nothing that was nudged, on any instance, before it was looked at anew', async () => {
    const { clock, state, rows, one, two, three, platforms, base } = createCluster();
    rows['kari'] = [row('strava', clock.now())];
    state.events = [event('strava', 'completed', 'success', clock.now() + 1)];
    const first = await one.listen();
    const witness = await two.listen();
    await clock.advance(3_000);
    assert.equal(gist(witness.said).at(-1), 'complete success');
    const sought = witness.said.at(-3)?.id;
    // A look that began before the nudge and ends after it tells what was.
    const usual = platforms.answers[`GET ${base}/connections`];
    let answerNow = (): void => {};
    platforms.answers[`GET ${base}/connections`] = async () => {
      const old = reply(rows['kari']);
      await new Promise<void>((resolve) => (answerNow = resolve));
      return old;
    };
    await clock.advance(15_000);
    platforms.answers[`DELETE ${base}/connections/strava`] = () => {
      rows['kari'] = [row('garmin', clock.now())];
      state.garmin = matrix('in_progress', cells(1));
      return reply(null, 204);
    };
    if (usual) platforms.answers[`GET ${base}/connections`] = usual;
    assert.equal((await three.ask('DELETE', '/wearables/connections/strava')).status, 204);
    const late = [await two.listen(), await three.listen(sought)];
    // Who looks has not heard of it yet.
    answerNow();
    await clock.advance(0);
    late.push(await one.listen());
    await clock.advance(3_000);
    for (const { said } of late) {
      assert.deepEqual(gist(said).filter((line) => /complete|progress strava/.test(line)), []);
      assert.ok(gist(said).includes('progress garmin fetching 0.2'), gist(said).join());
    }
    assert.equal(gist(first.said).slice(gist(first.said).indexOf('complete success') + 1).some((line) => line.startsWith('complete')), false);
    for (const heard of [first, witness, ...late]) heard.leave();
  });

  for (const [what, fate] of [['refuses', 'refused'], ['does not answer', 'held'], ['answers to nobody, though it does what it is told', 'late']] as const)
    it(`go on alone where the hub ${what}, say so once each, and come back`, async () => {
      const { clock, garmin, instances, fake, wires, looksIn } = createCluster();
      const heard = await Promise.all(instances.map((instance) => instance.listen()));
      await clock.advance(4_000);
      for (const wire of wires) wire.goes(fate);
      garmin(1);
      const alone = await looksIn(20_000);
      assert.ok(alone.every((looks) => looks >= 3), `looks of each: ${alone.join()}`);
      for (const { said } of heard) assert.equal(ratios(said).at(-1), 0.2);
      const stranger = await instances[1]?.listen();
      await clock.advance(3_000);
      assert.equal(ratios(stranger?.said ?? []).at(-1), 0.2);
      // It lost everything, where it was gone and not only unreachable.
      if (fate === 'refused') fake.forget();
      for (const wire of wires) wire.goes('well');
      garmin(2);
      await clock.advance(30_000);
      const together = await looksIn(30_000);
      assert.equal(together.filter((looks) => looks > 0).length, 1, `looks of each: ${together.join()}`);
      garmin(5);
      await clock.advance(10_000);
      for (const { said } of [...heard, ...(stranger ? [stranger] : [])]) {
        noneTwice(said);
        assert.equal(gist(said).at(-1), 'complete success');
        assert.deepEqual(ratios(said), [...ratios(said)].sort(), 'it never goes back');
        assert.ok([0.2, 0.4, 1].every((ratio) => ratios(said).includes(ratio)), ratios(said).join());
      }
      for (const { thrown } of instances) {
        assert.equal(thrown.length, 1);
        assert.match(String(thrown[0]), /The hub does not answer/);
        assert.doesNotMatch(String(thrown[0]), /canary/);
      }
      for (const one of [...heard, stranger]) one?.leave();
      await clock.advance(10 * minute);
      assert.equal(clock.pending, 0, 'no timer is left');
    });

  it('hold nobody up who changes something while the hub is gone, and tell it of the change when it is back', async () => {
    const { clock, fake, one, three, wireThree, platforms, base } = createCluster();
    platforms.answers[`DELETE ${base}/connections/garmin`] = () => reply(null, 204);
    const heard = await one.listen();
    await clock.advance(2_000);
    wireThree.goes('refused');
    assert.equal((await three.ask('DELETE', '/wearables/connections/garmin')).status, 204);
    assert.equal(fake.calls.includes('nudge'), false);
    wireThree.goes('well');
    await clock.advance(10_000);
    assert.equal(fake.calls.filter((call) => call === 'nudge').length, 1);
    wireThree.goes('held');
    assert.equal((await inTime(three.ask('DELETE', '/wearables/connections/garmin'), clock)).status, 204);
    wireThree.goes('well');
    await clock.advance(0);
    assert.equal(fake.calls.filter((call) => call === 'nudge').length, 2, 'the client has kept it');
    heard.leave();
  });

  it('ask a hub that does not answer again each half minute, not each second, and come back though a question got lost', async () => {
    const { clock, fake, one, wireOne } = createCluster();
    const heard = await one.listen();
    await clock.advance(2_000);
    wireOne.goes('held');
    const before = wireOne.sent.length;
    await clock.advance(9 * minute);
    heard.leave();
    for (let count = 0; count < 20; count += 1) {
      const again = await one.listen();
      await clock.advance(5_000);
      again.leave();
    }
    assert.ok(wireOne.sent.length - before <= 24, wireOne.sent.slice(before).join());
    wireOne.goes('lost');
    const last = await one.listen();
    await clock.advance(5_000);
    wireOne.goes('well');
    fake.calls.length = 0;
    await clock.advance(45_000);
    assert.ok(fake.calls.includes('tell'), 'it leads');
    last.leave();
  });

  it('tell again what only the hub remembers, where something else was told alone meanwhile', async () => {
    const { clock, one, two, wires, platforms, base } = createCluster();
    const heard = [await one.listen(), await two.listen()];
    await clock.advance(4_000);
    const usual = platforms.answers[`GET ${base}/connections`];
    for (const wire of wires) wire.goes('held');
    platforms.answers[`GET ${base}/connections`] = () => reply('canary', 503);
    await clock.advance(20_000);
    // Of the two, the one that had looked before.
    assert.equal(gist(heard[0]?.said ?? []).at(-1), 'progress garmin fetching 0 not live');
    if (usual) platforms.answers[`GET ${base}/connections`] = usual;
    for (const wire of wires) wire.goes('well');
    await clock.advance(20_000);
    for (const { said } of heard) {
      assert.equal(gist(said).findLast((line) => line.startsWith('progress')), 'progress garmin fetching 0');
      noneTwice(said);
    }
    for (const one of heard) one.leave();
  });

  it('go back to no older copy of the page, which a restored Redis may have', async () => {
    const { clock, garmin, fake, one, two } = createCluster();
    const heard = [await one.listen(), await two.listen()];
    await clock.advance(3_000);
    const copy = new Map([...fake.pages].map(([key, page]) => [key, structuredClone(page)]));
    garmin(3);
    await clock.advance(4_000);
    for (const [key, page] of copy) fake.pages.set(key, page);
    garmin(4);
    await clock.advance(8_000);
    for (const { said } of heard) {
      noneTwice(said);
      assert.equal(ratios(said).at(-1), 0.8);
    }
    for (const one of heard) one.leave();
  });

  it('know how long nothing has moved, whoever looked at it', async () => {
    const { clock, one, two, looksIn } = createCluster();
    const first = await one.listen();
    await clock.advance(6 * minute);
    const second = await two.listen();
    first.leave();
    assert.ok(((await looksIn(minute))[1] ?? 0) > 0);
    await clock.advance(3.5 * minute);
    assert.deepEqual(gist(second.said).slice(-1), ['complete unknown']);
    second.leave();
  });
});
