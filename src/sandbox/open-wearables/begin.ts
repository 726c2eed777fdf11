import type { FaultBox } from '../fault-box.js';
import type { Site } from '../page.js';
import type { Settings } from '../options.js';
import type { OpenWearablesFaults } from './faults.js';
import type { OpenWearables } from './world.js';

/** The application a phone would use; known to all, as the key is. */
export const demoApplication = { appId: `app_${'0123456789abcdef'.repeat(2)}`, appSecret: `secret_${'0123456789abcdef'.repeat(4)}` } as const;

export function createOpenWearables(
  settings: Settings, at: (site: Site) => string, closing: AbortSignal, faults: FaultBox<OpenWearablesFaults>,
): OpenWearables {
  return {
    settings, at, closing, origin: at('open-wearables'), faults,
    users: new Map(), connections: new Map(), pending: new Map(), sent: new Map(), grants: new Map(), runs: new Map(),
    applications: new Map([[demoApplication.appId, demoApplication.appSecret]]), refreshTokens: new Map(), developerTokens: new Map(),
    invitations: new Map(), switched: new Map(),
  };
}

/** Users, connections, states, tokens and faults. */
export function forget(world: OpenWearables): void {
  for (const value of Object.values(world)) if (value instanceof Map) value.clear();
  world.applications.set(demoApplication.appId, demoApplication.appSecret);
  world.faults.clear();
}
