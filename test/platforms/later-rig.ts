import { ConnectError } from '../../src/core/errors.js';
import type { Platform } from '../../src/core/platform.js';
import { closeAhead } from '../../src/oauth/ahead.js';
import { createConnector } from '../../src/platforms/connector.js';
import type { ConnectorOptions } from '../../src/platforms/connector.js';
import { connectorLater } from '../../src/platforms/connector-later.js';
import { createFakePlatform } from '../core/fake-platform.js';
import { shortOf } from '../core/run.js';
import { stubOpen } from '../oauth/surroundings.js';
import { settled } from '../sync/fake-clock.js';

export const missing = new ConnectError('network', 'The code is not there.');

/** Connectors whose code is still on its way, and the windows that are opened meanwhile. */
export function useLater() {
  let windows: ReturnType<typeof stubOpen>;
  beforeEach(() => {
    windows = stubOpen();
  });
  afterEach(() => {
    closeAhead();
    windows.restore();
  });

  /** A connector whose code comes when the test says so. */
  function create(options: ConnectorOptions = {}, more: Partial<Platform> = {}) {
    const fake = createFakePlatform();
    const loads: { come(): Promise<void>; fail(error: Error): Promise<void> }[] = [];
    const events: Event[] = [];
    let seq = 0;
    const make = (given: ConnectorOptions) => createConnector({ ...given, platform: Object.assign(fake.platform, more) });
    const connector = connectorLater({ platform: fake.platform, dispatch: (event) => void events.push(event), nextSeq: () => (seq += 1), ...options }, () =>
      new Promise((resolve, reject) => {
        loads.push({ come: () => (resolve(make), settled()), fail: (error) => (reject(error), settled()) });
      }));
    return { connector, fake, loads, events, news: () => events.splice(0).map(shortOf) };
  }

  return {
    create,
    get windows() {
      return windows;
    },
  };
}
