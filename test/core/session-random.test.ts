import { expect } from '@open-wc/testing';
import { ConnectError, errorCodes } from '../../src/core/errors.js';
import { createRandom } from '../sync/fake-stream.js';
import { settled } from '../sync/fake-clock.js';
import { alice, connectionTo, createFakePlatform, garmin, ride, tokensNamed, wahoo } from './fake-platform.js';
import { installFakeTime } from './fake-time.js';
import { createRun, detailOf, terminal } from './run.js';

/** Any visitor, any page, any platform: every attempt has one ending, whatever happens in whichever order. */
describe('core/session, at random', () => {
  for (let seed = 1; seed <= 60; seed++)
    it(`seed ${seed}`, async () => {
      const time = installFakeTime();
      try {
        await play(seed, time.advance);
      } finally {
        time.restore();
      }
    });
});

async function play(seed: number, advance: (ms: number) => Promise<void>): Promise<void> {
  const random = createRandom(seed);
  const one = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const run = createRun(createFakePlatform({ deaf: random() < 0.5 }));
  const { session, fake } = run;
  const endings: Promise<string>[] = [];
  const error = (): ConnectError => new ConnectError(one(errorCodes) ?? 'network', 'At random.');
  const page = (): AbortController => new AbortController();
  let signal = page();
  const acts: (() => void)[] = [
    () => session.start(),
    () => session.start(),
    () => session.stop(),
    () => fake.jobs.sources.forEach((job) => job.resolve([garmin, wahoo])),
    () => fake.jobs.restore.forEach((job) => job.resolve(null)),
    () => one(fake.jobs.restore)?.resolve({ account: { tokens: tokensNamed('t'), user: alice, connections: [connectionTo(garmin)] } }),
    () => one(fake.jobs.restore)?.resolve({ pending: { attempt: `p${seed}`, source: garmin.id, grant: random() < 0.5 ? {} : null } }),
    () => void endings.push(session.connect(one([garmin.id, wahoo.id, null]) ?? null, one(['popup', 'redirect'] as const) ?? 'popup', signal.signal)),
    () => void endings.push(session.connect(garmin.id, 'popup')),
    () => session.back(),
    () => session.browse(),
    () => session.retry('popup'),
    () => session.reset(),
    () => (signal.abort(), (signal = page())),
    () => one(fake.jobs.authorize)?.resolve({}),
    () => one(fake.jobs.authorize)?.reject(error()),
    () => one(fake.jobs.authorize)?.options.onSight(one(['open', 'lost', 'closed', 'blocked'] as const) ?? 'open', () => {}),
    () => one(fake.jobs.confirm)?.resolve({ tokens: tokensNamed('t'), user: alice, connections: [connectionTo(wahoo)] }),
    () => one(fake.jobs.confirm)?.reject(error()),
    () => one(fake.jobs.follow)?.push({ type: 'finished', outcome: 'success' }),
    () => one(fake.jobs.follow)?.fail(error()),
    () => one(fake.jobs.preview)?.resolve(ride),
    () => fake.outlet.forgotten(),
    () => fake.outlet.tokens(tokensNamed('t3'), 'refreshed'),
    () => session.send({ type: 'expired', error: new ConnectError('session_expired', 'Over.') }),
    () => session.send({ type: 'troubled', error: error() }),
  ];
  for (let step = 0; step < 120; step++) {
    one(acts)?.();
    if (random() < 0.6) await settled();
    if (random() < 0.05) await advance(one([300, 600_000]) ?? 0);
  }
  session.abandon();
  await advance(1_000_000);

  const details = run.events.map((event) => ({ ...detailOf(event), type: event.type }));
  expect(details.map(({ seq }) => seq)).to.deep.equal(details.map((_, index) => index + 1));
  for (const attempt of new Set(details.flatMap((detail) => detail.attempt ?? []))) {
    const row = details.filter((detail) => detail.attempt === attempt);
    expect(row.filter(({ type }) => terminal.includes(type)).length, `endings of ${attempt}`).to.equal(1);
    expect(terminal, 'nothing of it comes after').to.include(row.at(-1)?.type);
  }
  // Whoever waited for an attempt knows how it went.
  expect((await Promise.all(endings)).every((ending) => ['connected', 'cancelled', 'failed'].includes(ending))).to.equal(true);
  const changes = details.filter(({ type }) => type === 'wearable-change') as unknown as { phase: string; previous: string }[];
  changes.forEach(({ phase, previous }, index) => {
    expect(previous, 'each change begins where the last one ended').to.equal(changes[index - 1]?.phase ?? 'loading');
    expect(phase).not.to.equal(previous);
  });
}
