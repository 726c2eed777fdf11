import { ConnectError } from '../core/errors.js';
import type { Platform } from '../core/platform.js';
import type { Configuration } from './configuration.js';
import { sweatstack } from './sweatstack/platform.js';

const platforms: Readonly<Record<string, (configuration: Configuration) => Platform>> = { sweatstack };

/** The platform a page named or brought. A wrong name fails in the widget, with a sentence, not in the page. */
export function platformFor(configuration: Configuration): Platform {
  const { platform } = configuration;
  if (platform && typeof platform === 'object') return platform;
  const name = platform?.trim() || 'sweatstack';
  const make = Object.hasOwn(platforms, name) ? platforms[name] : undefined;
  return make?.(configuration) ?? unknown(name);
}

function unknown(name: string): Platform {
  const refuse = (): never => {
    throw new ConnectError('misconfigured', `platform must be one of ${Object.keys(platforms).join(', ')}, or an object that implements Platform: got ${JSON.stringify(name)}.`);
  };
  return { name, prepare: async () => refuse(), sources: async () => refuse(), authorize: async () => refuse(), confirm: async () => refuse(), follow: refuse };
}
