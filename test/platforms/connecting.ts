import type { Platform } from '../../src/core/platform.js';
import { createConnector } from '../../src/platforms/connector.js';
import type { ConnectorOptions } from '../../src/platforms/connector.js';
import { alice, connectionTo, createFakePlatform, garmin, latest, tokensNamed } from '../core/fake-platform.js';
import { shortOf } from '../core/run.js';
import { settled } from '../sync/fake-clock.js';

/** A connector on a fake platform, which can do more where a test says so. */
export function create(more: Partial<Platform> = {}, options: ConnectorOptions = {}) {
  const fake = createFakePlatform();
  const events: Event[] = [];
  const connector = createConnector({ platform: Object.assign(fake.platform, more), dispatch: (event) => void events.push(event), ...options });
  let heard = 0;
  return {
    ...{ connector, fake, events },
    news(): string[] {
      const news = events.slice(heard).map(shortOf);
      heard = events.length;
      return news;
    },
    async toSyncing() {
      connector.start();
      fake.load();
      await settled();
      const ending = connector.connect(garmin.id);
      latest(fake.jobs.authorize).resolve({});
      await settled();
      latest(fake.jobs.confirm).resolve({ tokens: tokensNamed('t'), user: alice, connections: [connectionTo(garmin)] });
      await ending;
      this.news();
    },
    async toConnected() {
      await this.toSyncing();
      latest(fake.jobs.follow).push({ type: 'finished', outcome: 'success' });
      await settled();
      this.news();
    },
  };
}
export const caught = (promise: Promise<unknown>): Promise<unknown> => promise.then(() => null, (error: unknown) => error);
