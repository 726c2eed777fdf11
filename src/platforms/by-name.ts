import { ConnectError } from '../core/errors.js';
import type { Platform } from '../core/platform.js';
import type { Configuration } from './configuration.js';
import { late } from './late.js';
import { sweatstack } from './later.js';
import { parts } from './parts.js';

const platforms = new Map<string, (configuration: Configuration) => Platform>([
  ['sweatstack', sweatstack],
  ['open-wearables', (configuration) => late('open-wearables', ['attend', 'restore', 'refresh', 'disconnect', 'forget'], async () => (await parts['open-wearables']()).openWearables(configuration))],
  ['demo', (configuration) => late('demo', ['restore', ...(configuration.noPreview ? [] : (['preview'] as const)), 'accessToken', 'refresh', 'disconnect', 'manage', 'forget'], async () => (await parts.demo()).demo(configuration))],
]);

/** The platform a page named or brought. A wrong name fails in the widget, with a sentence, not in the page. */
export function platformFor(configuration: Configuration): Platform {
  const { platform } = configuration;
  if (platform && typeof platform === 'object') return platform;
  const name = String(platform ?? '').trim() || 'sweatstack';
  return platforms.get(name)?.(configuration) ?? unknown(name);
}

function unknown(name: string): Platform {
  const refuse = (): never => {
    throw new ConnectError('misconfigured', `platform must be one of ${[...platforms.keys()].join(', ')}, or a Platform object: got ${JSON.stringify(name)}.`);
  };
  return { name, prepare: refuse, sources: refuse, authorize: refuse, confirm: refuse, follow: refuse };
}
