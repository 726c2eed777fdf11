import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConnectError } from '../../src/core/errors.js';
import { createUpstream } from '../../src/server/upstream.js';
import { createFakeClock } from '../sync/fake-clock.js';
import { createOpenWearables } from './open-wearables-rig.js';
import { createRedeemRig } from './redeem-rig.js';

/** What Node says meanwhile; it says so in a later turn. */
async function warningsOf(act: () => Promise<unknown>): Promise<string[]> {
  const names: string[] = [];
  const hear = ({ name }: Error): void => void names.push(name);
  process.on('warning', hear);
  try {
    await act();
    await new Promise(setImmediate);
    return names;
  } finally {
    process.off('warning', hear);
  }
}

describe('many requests at once', () => {
  it('leave nothing behind that Node warns of', async () => {
    const visitors = Array.from({ length: 30 }, (_, index) => `visitor-${index}`);
    const { ask } = createOpenWearables();
    assert.deepEqual(await warningsOf(() => Promise.all(visitors.map((user) => ask('POST', '/wearables/authorizations', { source: 'strava' }, { 'x-user': user })))), []);
    const { redeem } = createRedeemRig();
    assert.deepEqual(await warningsOf(() => Promise.all(visitors.map(() => redeem()))), []);
  });
});

describe('one that gives no answer', () => {
  const patient = (fetch: (init: RequestInit) => Promise<Response>, clock = createFakeClock()) => ({ clock, ask: (init: RequestInit = {}) => createUpstream((_url, given) => fetch(given), clock)('a list', 'https://ow.example/canary', init) });
  const codeOf = (thrown: unknown): string => (thrown instanceof ConnectError ? `${thrown.code}${thrown.message.includes('canary') ? ', and the address' : ''}` : String(thrown));
  const endless = (): Response => new Response(new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new Uint8Array(1)) }));

  for (const [what, fetch] of Object.entries({ 'is silent': () => new Promise<Response>(() => {}), 'begins one and stops': () => Promise.resolve(endless()) }))
    it(`is given up, should it ignore that it is: one that ${what}`, async () => {
      let limit: AbortSignal | null | undefined;
      const { ask, clock } = patient(({ signal }) => ((limit = signal), fetch()));
      const answer = ask().catch(codeOf);
      await clock.advance(14_999);
      assert.equal(limit?.aborted, false);
      await clock.advance(1);
      assert.deepEqual([await answer, limit?.aborted, clock.pending], ['timeout', true, 0]);
    });

  it('keeps nobody who leaves, and nothing of them', async () => {
    const leaving = new AbortController();
    const { ask, clock } = patient(() => new Promise<Response>(() => {}));
    const listeners = { added: 0, removed: 0 };
    const { signal } = leaving;
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    Object.assign(signal, {
      addEventListener: (...given: Parameters<typeof add>) => ((listeners.added += 1), add(...given)),
      removeEventListener: (...given: Parameters<typeof remove>) => ((listeners.removed += 1), remove(...given)),
    });
    const answer = ask({ signal }).catch(codeOf);
    leaving.abort('gone');
    assert.deepEqual([await answer, clock.pending, listeners.added - listeners.removed], ['gone', 0, 0]);
    assert.equal(await ask({ signal }).catch(codeOf), 'gone', 'who left before is not asked for');
    assert.equal(clock.pending, 0);
  });

  it('may throw as it likes', async () => {
    const { ask, clock } = patient(() => {
      throw new TypeError('canary');
    });
    assert.deepEqual([await ask().catch(codeOf), clock.pending], ['network', 0]);
  });
});

describe('an answer', () => {
  const piece = 65_536;
  const answering = (pieces: number) => {
    const seen = { pulled: 0, cancelled: false };
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (seen.pulled === pieces) return controller.close();
        seen.pulled += 1;
        controller.enqueue(new Uint8Array(piece).fill(0x20));
      },
      cancel: () => void (seen.cancelled = true),
    });
    return { seen, ask: () => createUpstream(() => Promise.resolve(new Response(body)), createFakeClock())('a list', 'https://ow.example/', {}) };
  };

  it('that is too long is read no further than it may be', async () => {
    const { seen, ask } = answering(1_000);
    await assert.rejects(ask(), (thrown) => thrown instanceof ConnectError && thrown.code === 'invalid_response' && thrown.message.includes('longer than'));
    assert.ok(seen.cancelled && seen.pulled * piece < 2_500_000, `${seen.pulled} pieces were read`);
  });

  it('that is not is read whole, letters that are cut in two as well', async () => {
    assert.equal((await answering(30).ask()).text.length, 30 * piece);
    const [one, two] = [new Uint8Array([0xc3]), new Uint8Array([0xb8])];
    const cut = new ReadableStream<Uint8Array>({ start: (controller) => [one, two].forEach((bytes) => controller.enqueue(bytes)), pull: (controller) => controller.close() });
    const answer = await createUpstream(() => Promise.resolve(new Response(cut)), createFakeClock())('a letter', 'https://ow.example/', {});
    assert.equal(answer.text, 'ø');
  });
});
