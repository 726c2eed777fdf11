import type { ConnectError } from '../core/errors.js';
import { backOffMs } from '../sync/back-off.js';
import type { Clock } from '../sync/clock.js';
import { createAlarm } from './alarms.js';
import { createChannel } from './channel.js';
import type { Channel } from './channel.js';
import { createHealth } from './hub-health.js';
import type { Hub } from './hub.js';
import type { Watch } from './rounds.js';
import { createSharedChannel } from './shared-channel.js';

export interface Channels {
  of(id: string): Promise<Channel>;
  /** Once it is over, nobody is shown what it made stale, on any instance. */
  nudge(id: string, abouts: readonly string[]): Promise<void>;
}

export interface ChannelsOptions {
  readonly clock: Clock;
  /** For what may be left undone when the process ends. */
  readonly idle: Clock;
  readonly hub: Hub | null;
  readonly secret: string;
  /** Whose users these are: the same id elsewhere is somebody else. */
  readonly platform: string;
  readonly watchOf: (id: string) => Watch;
  readonly say: (error: ConnectError) => void;
}

/** Nobody who changes something waits longer than this for the others to hear of it. */
const nudgeMs = 2_000;
/** By then whoever watches has looked by itself. */
const mostTries = 8;

/** For a listener who comes back. */
const keptMs = 60_000;

/** One channel a user, while anybody listens and a minute after. */
export function createChannels({ clock, idle, hub, secret, platform, watchOf, say }: ChannelsOptions): Channels {
  const channels = new Map<string, Channel>();
  /** When somebody changed something of whom nobody listens to yet. Without timers: where each request has its own, none outlives it. */
  const unheard = new Map<string, number>();
  const keyOf = createKeys(secret, platform);
  const kept = createAlarm(idle, keptMs);
  const health = createHealth(() => clock.now(), say);

  /** Long after anybody waits for it. */
  async function nudgeAgain(shared: Hub, key: string, abouts: readonly string[]): Promise<void> {
    const { signal } = new AbortController();
    for (let failures = 0; failures < mostTries; failures += 1) {
      health.lost();
      await clock.wait(1_000 + backOffMs(failures), signal);
      if (await nudged(shared, key, abouts)) return health.back();
    }
  }

  const nudged = (shared: Hub, key: string, abouts: readonly string[]): Promise<boolean> => shared.nudge(key, abouts).then(() => true, () => false);

  async function of(id: string): Promise<Channel> {
    const key = hub && (await keyOf(id));
    const known = channels.get(id);
    if (known) return known;
    const forget = (): void => void channels.delete(id);
    const channel = hub && key ? createSharedChannel({ clock, hub, health, key, watch: watchOf(id), kept, onEmpty: forget }) : createChannel(clock, watchOf(id), kept, forget);
    channels.set(id, channel);
    if (clock.now() - (unheard.get(id) ?? -Infinity) < keptMs) void channel.nudge([]);
    unheard.delete(id);
    return channel;
  }

  function keepForLater(id: string): void {
    unheard.delete(id);
    unheard.set(id, clock.now());
    for (const [other, at] of unheard) {
      if (clock.now() - at < keptMs) return;
      unheard.delete(other);
    }
  }

  return {
    of,
    async nudge(id, abouts) {
      if (hub) {
        const key = await keyOf(id);
        const patience = new AbortController();
        const told = nudged(hub, key, abouts);
        void told.then((well) => (well ? null : nudgeAgain(hub, key, abouts)));
        await Promise.race([told, clock.wait(nudgeMs, patience.signal).catch(() => {})]);
        patience.abort();
      }
      const channel = channels.get(id);
      if (channel) await channel.nudge(abouts);
      else keepForLater(id);
    },
  };
}

/** Names a user so that whoever reads the hub learns of nobody. */
function createKeys(secret: string, platform: string): (id: string) => Promise<string> {
  const encoder = new TextEncoder();
  let signing: Promise<CryptoKey> | null = null;
  return async (id) => {
    signing ??= crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    const mac = await crypto.subtle.sign('HMAC', await signing, encoder.encode(JSON.stringify(['wearable-connect hub 1', platform, id])));
    return Array.from(new Uint8Array(mac, 0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  };
}
