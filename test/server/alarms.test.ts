import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { describe, it } from 'node:test';
import { createAlarm } from '../../src/server/alarms.js';
import { createFakeClock } from '../sync/fake-clock.js';

const fifteen = 15_000;

describe('an alarm', () => {
  it('rings when its time is over, once', async () => {
    const clock = createFakeClock();
    let rings = 0;
    createAlarm(clock, fifteen)(() => (rings += 1));
    await clock.advance(fifteen - 1);
    assert.equal(rings, 0);
    await clock.advance(60_000);
    assert.deepEqual([rings, clock.pending], [1, 0]);
  });

  it('shares a timer with all that were set in the same second, however many', async () => {
    const clock = createFakeClock();
    const alarm = createAlarm(clock, fifteen);
    const rung: number[] = [];
    for (let count = 0; count < 40; count += 1) {
      const at = clock.now();
      for (let each = 0; each < 100; each += 1) alarm(() => rung.push(clock.now() - at));
      await clock.advance(100);
    }
    assert.ok(clock.pending <= 5, `${clock.pending} timers`);
    await clock.advance(fifteen);
    assert.equal(rung.length, 4000);
    assert.ok(rung.every((ms) => ms > fifteen - 1000 && ms <= fifteen), 'up to a second early, never late');
    assert.equal(clock.pending, 0);
  });

  it('does not ring when it was called off, and the last to be takes the timer along', async () => {
    const clock = createFakeClock();
    const alarm = createAlarm(clock, fifteen);
    let rings = 0;
    const [first, second] = [alarm(() => (rings += 1)), alarm(() => (rings += 1))];
    first();
    first();
    assert.equal(clock.pending, 1);
    second();
    assert.equal(clock.pending, 0);
    alarm(() => (rings += 10));
    second();
    await clock.advance(fifteen);
    assert.equal(rings, 10);
  });

  for (const [what, ms] of [['back', -3_600_000], ['ahead', 3_600_000]] as const)
    it(`is never later, though the system clock is set ${what}`, async () => {
      const clock = createFakeClock();
      let by = 0;
      const alarm = createAlarm({ now: () => clock.now() + by, wait: clock.wait }, fifteen);
      const rung: string[] = [];
      alarm(() => rung.push('before'));
      await clock.advance(5_000);
      by = ms;
      alarm(() => rung.push('after'));
      await clock.advance(10_000);
      assert.deepEqual(rung, ['before']);
      await clock.advance(5_000);
      assert.deepEqual(rung, ['before', 'after']);
    });
});

/** Whoever has listened and gone is waited for, by nobody whose process has nothing else to do. */
const visit = `
import { createHandler } from './src/server/handler.ts';
const answers = { '/oauth/providers': [], '/connections': [] };
const fetch = async (url) => Response.json(Object.entries(answers).find(([end]) => new URL(url).pathname.endsWith(end))?.[1] ?? []);
const handler = createHandler({ origin: 'https://club.example', secret: 'a secret of the tests', openWearables: { url: 'https://ow.example', apiKey: 'key' }, authenticate: () => ({ userId: 'kari', openWearablesUserId: 'kari' }), fetch });
const reader = (await handler(new Request('https://club.example/wearables/updates'))).body.getReader();
let text = '';
while (!text.includes('event: connections')) text += new TextDecoder().decode((await reader.read()).value);
await reader.cancel();
console.log('has left');
`;

describe('a process whose last listener has gone', () => {
  it('ends when it has nothing else to do, not a minute later', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', visit], { stdio: ['ignore', 'pipe', 'inherit'], timeout: 30_000, killSignal: 'SIGKILL' });
    let words = '';
    child.stdout.on('data', (chunk: Buffer) => (words += chunk.toString()));
    const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => child.once('close', (...how) => resolve(how)));
    assert.deepEqual([words.trim(), code, signal], ['has left', 0, null]);
  });
});
