import { ConnectError } from '../../core/errors.js';
import { membersOf, textOf } from '../../core/json.js';
import type { Source } from '../../core/nouns.js';
import { checkedUrl } from '../../core/urls.js';
import type { Clock } from '../../sync/clock.js';
import { baseOf } from './api.js';
import type { Api } from './api.js';

export type OfferedSource = Required<Source>;

/** An administrator's switch may take this long to be seen. */
const keptMs = 300_000;

export const sourceForm = /^[a-z\d][\w-]{0,63}$/i;

/** What this server of Open Wearables offers, the same for every user. New ones keep coming, so no list is built in. */
export function createSources(api: Api, publicUrl: URL | null, clock: Clock): () => Promise<readonly OfferedSource[]> {
  let kept: { readonly list: Promise<readonly OfferedSource[]>; readonly at: number } | null = null;
  return () => {
    if (kept && clock.now() - kept.at < keptMs) return kept.list;
    const list = api.read('listing providers', '/oauth/providers?enabled_only=true').then((json) => sourcesFrom(json, api.base, publicUrl));
    const mine = (kept = { list, at: clock.now() });
    list.catch(() => {
      if (kept === mine) kept = null;
    });
    return list;
  };
}

export function sourcesFrom(json: unknown, base: string, publicUrl: URL | null): readonly OfferedSource[] {
  if (!Array.isArray(json)) throw new ConnectError('invalid_response', 'Open Wearables (listing providers) did not answer with a list.');
  return json.flatMap((entry: unknown): OfferedSource[] => {
    const { provider, name, has_cloud_api: cloud, is_enabled: enabled, icon_url: icon } = membersOf(entry);
    const id = textOf(provider);
    // A server that does not know the filter lists the others too; `authorize` would serve them all the same.
    if (!id || !sourceForm.test(id) || enabled === false) return [];
    return [{ id, name: textOf(name) ?? id, icon: iconFrom(textOf(icon), base, publicUrl), kind: cloud === false ? 'mobile' : 'web' }];
  });
}

/** Relative to the API's origin, and of no other: an icon tells its server who looks at it. Where browsers know that one by another address, there. */
function iconFrom(path: string | null, base: string, publicUrl: URL | null): string | null {
  try {
    const icon = path ? checkedUrl(path, 'icon_url', 'invalid_response', base) : null;
    if (icon?.origin === new URL(base).origin) return publicUrl ? baseOf(publicUrl) + icon.pathname + icon.search : icon.href;
    return icon && icon.origin === publicUrl?.origin ? icon.href : null;
  } catch {
    return null;
  }
}
