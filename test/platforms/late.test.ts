import { expect } from '@open-wc/testing';
import { ConnectError } from '../../src/core/errors.js';
import type { Outlet, Platform } from '../../src/core/platform.js';
import { late } from '../../src/platforms/late.js';
import { parts } from '../../src/platforms/parts.js';
import { platformFor } from '../../src/platforms/by-name.js';
import { installFakeTime } from '../core/fake-time.js';
import { createFakePlatform, garmin, latest } from '../core/fake-platform.js';
import { settled } from '../sync/fake-clock.js';
import { caught } from './connecting.js';

describe('platforms/late', () => {
  const { signal } = new AbortController();
  const outlet: Outlet = { tokens: () => {}, forgotten: () => {}, step: null };

  /** A platform whose code comes when the test says so. */
  function create() {
    const fake = createFakePlatform();
    const deliveries: { resolve: (platform: Platform) => void; reject: (error: unknown) => void }[] = [];
    const platform = late('far', ['restore', 'disconnect', 'forget'], () => new Promise<Platform>((resolve, reject) => deliveries.push({ resolve, reject })));
    return { fake, platform, deliveries };
  }

  it('asks for the code when it is first needed, once', async () => {
    const { fake, platform, deliveries } = create();
    platform.attach?.(outlet);
    expect(deliveries.length).to.equal(0);
    const both = Promise.all([platform.prepare(signal), platform.sources(signal)]);
    expect(deliveries.length).to.equal(1);
    deliveries[0]?.resolve(fake.platform);
    await settled();
    latest(fake.jobs.sources).resolve([garmin]);
    await both;
    expect(deliveries.length).to.equal(1);
  });

  it('hands on whom to tell, before anything else is asked', async () => {
    const { fake, platform, deliveries } = create();
    const order: string[] = [];
    const there: Platform = { ...fake.platform, attach: (hears) => void order.push(hears === outlet ? 'attach' : '?'), prepare: () => Promise.resolve(void order.push('prepare')) };
    platform.attach?.(outlet);
    const ready = platform.prepare(signal);
    deliveries[0]?.resolve(there);
    await ready;
    expect(order).to.deep.equal(['attach', 'prepare']);
  });

  it('forgets before it restores, where it was told to before its code was there', async () => {
    const { fake, platform, deliveries } = create();
    const order: string[] = [];
    const there: Platform = { ...fake.platform, forget: () => void order.push('forget'), restore: () => Promise.resolve(void order.push('restore') as unknown as null) };
    const restoring = platform.restore?.(signal);
    platform.forget?.();
    deliveries[0]?.resolve(there);
    await restoring;
    platform.forget?.();
    expect(order).to.deep.equal(['forget', 'restore', 'forget']);
  });

  it('can do what it was said to, and nothing else', () => {
    const { platform } = create();
    expect(Object.keys(platform).sort()).to.deep.equal(['attach', 'authorize', 'confirm', 'disconnect', 'disconnectsSources', 'follow', 'forget', 'name', 'prepare', 'restore', 'sources']);
  });

  it('opens its window in the click once the code is there', async () => {
    const { fake, platform, deliveries } = create();
    const ready = platform.prepare(signal);
    deliveries[0]?.resolve(fake.platform);
    await ready;
    void platform.authorize('garmin', { attempt: 'a', way: 'popup', signal, onSight: () => {} });
    expect(latest(fake.jobs.authorize), 'in the caller’s task').not.to.equal(undefined);
  });

  it('says what is missing where the code does not come, and asks again the next time', async () => {
    const { fake, platform, deliveries } = create();
    const first = caught(platform.sources(signal));
    deliveries[0]?.reject(new TypeError('Failed to fetch dynamically imported module'));
    const error = await first;
    expect(error).to.be.instanceOf(ConnectError).and.include({ code: 'network', retryable: true });
    expect((error as ConnectError).message).to.match(/platform="far".*beside the script/);
    const second = platform.sources(signal);
    deliveries[1]?.resolve(fake.platform);
    await settled();
    latest(fake.jobs.sources).resolve([garmin]);
    expect(await second).to.deep.equal([garmin]);
  });

  it('waits no longer than twenty seconds for it, and takes it where it comes later', async () => {
    const time = installFakeTime();
    try {
      const { fake, platform, deliveries } = create();
      const first = caught(platform.sources(signal));
      await time.advance(20_000);
      expect(await first).to.be.instanceOf(ConnectError).and.include({ code: 'network', retryable: true });
      void platform.sources(signal);
      deliveries[1]?.resolve(fake.platform);
      await settled();
      expect([fake.jobs.sources.length, time.pending]).to.deep.equal([1, 0]);
    } finally {
      time.restore();
    }
  });

  it('forgets nothing where nothing came', () => {
    const { platform, deliveries } = create();
    platform.forget?.();
    expect(deliveries.length).to.equal(0);
  });

  it('is how Open Wearables comes: what it can do is what is said of it', async () => {
    const shown = platformFor({ platform: 'open-wearables' });
    const real = (await parts['open-wearables']()).openWearables();
    expect(Object.keys(shown).sort()).to.deep.equal(Object.keys(real).sort());
    expect([shown.name, shown.disconnectsSources]).to.deep.equal([real.name, real.disconnectsSources]);
  });
});
