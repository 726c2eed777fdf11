import { send, sendJson, HttpError, type Exchange } from '../web.js';
import { flagOf, refuse, throughFaults } from './endpoint.js';
import type { OpenWearablesFaults } from './faults.js';
import { iconOf, isName, namesInWords, providerOf, providersOf, type Provider } from './providers.js';
import type { OpenWearables } from './world.js';

export const iconUrl = (provider: string): string => `/static/provider-icons/${provider}.svg`;

/** As this server is set up: some of the cloud's may be reachable by phone alone. */
function offered(provider: Provider, faults: OpenWearablesFaults): Provider {
  return faults.sdkOnly.includes(provider.id) ? { ...provider, cloud: undefined } : provider;
}

/** Names are lower case only; another case is another name. */
export function namedProvider(faults: OpenWearablesFaults, name: string | undefined): Provider | undefined {
  if (!isName(faults.release, name ?? '')) return refuse(`Input should be ${namesInWords(faults.release)}`);
  const found = providerOf(faults.release, name ?? '');
  return found && offered(found, faults);
}

export function providerJson(world: OpenWearables, provider: Provider, faults: OpenWearablesFaults): Record<string, unknown> {
  const { id, name, cloud } = offered(provider, faults);
  return {
    provider: id, name, has_cloud_api: cloud !== undefined,
    is_enabled: !faults.disabled.includes(id) && world.switched.get(id) !== false,
    icon_url: iconUrl(id), live_sync_mode: cloud?.live ?? null, live_sync_configurable: cloud?.configurable ?? false, data_granularity: null,
  };
}

/** Open to anybody: the server's own pairing page asks for it, too. */
export const listProviders = (world: OpenWearables, exchange: Exchange): Promise<void> =>
  throughFaults(world, exchange, 'providers', (faults) => {
    const query = exchange.url.searchParams;
    const enabledOnly = flagOf(query, 'enabled_only', false);
    const cloudOnly = flagOf(query, 'cloud_only', false);
    const all = providersOf(faults.release).map((provider) => providerJson(world, provider, faults));
    if (faults.unknownValues) {
      all.push({ ...all.at(-1), provider: 'moonwatch', name: 'Moonwatch', icon_url: iconUrl('moonwatch'), live_sync_mode: 'telepathy' });
    }
    sendJson(exchange, 200, all.filter((one) => (!enabledOnly || one['is_enabled'] === true) && (!cloudOnly || one['has_cloud_api'] === true)));
  });

export function answerIcon(world: OpenWearables, exchange: Exchange): void {
  const provider = providerOf(world.faults.current.release, (exchange.params['file'] ?? '').replace(/\.svg$/, ''));
  if (provider === undefined) throw new HttpError(404, 'Not Found');
  send(exchange, 200, 'image/svg+xml', iconOf(provider));
}
