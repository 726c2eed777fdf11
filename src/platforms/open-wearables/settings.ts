import { ConnectError } from '../../core/errors.js';
import { listOf } from '../../core/integrations.js';
import { checkedUrl } from '../../core/urls.js';
import type { Configuration } from '../configuration.js';

export interface OpenWearablesOptions extends Pick<Configuration, 'sources' | 'mode' | 'historyDays'> {
  /** Where the host's handler is mounted, on this page's origin. Default: `/wearables`. */
  readonly baseUrl?: string | null | undefined;
  /** Its value goes to the handler as a bearer, for hosts that know their visitors by no cookie. */
  readonly fetchSession?: (() => Promise<string>) | null | undefined;
}

export interface Settings {
  /** Without a slash at its end. */
  readonly base: string;
  /** Ids in the order of the page; none for all that are offered. */
  readonly wanted: readonly string[];
  readonly popupOnly: boolean;
  readonly historyDays: number | null;
}

/** Reads what the page said, and says what is wrong with it. Called with a page at hand, never at import. */
export function settingsFrom({ baseUrl, sources, mode, historyDays = null }: OpenWearablesOptions): Settings {
  const { origin, pathname, search, hash } = checkedUrl(baseUrl?.trim() || '/wearables', 'base-url', 'misconfigured', location.href);
  // The handler serves the page that the window comes back to, and only one of this origin can be heard from there.
  if (origin !== location.origin) throw misconfigured(`base-url must be on this page’s own origin, ${location.origin}: got ${origin}.`);
  if (search || hash) throw misconfigured(`base-url must be a path alone: got ${search + hash}.`);
  const way = mode?.trim() || 'auto';
  if (!['auto', 'popup', 'redirect'].includes(way)) throw misconfigured(`mode must be one of auto, popup, redirect: got ${JSON.stringify(way)}.`);
  if (historyDays !== null && !(Number.isInteger(historyDays) && historyDays > 0)) throw misconfigured(`history-days must be whole days, 1 or more: got ${historyDays}.`);
  return { base: origin + pathname.replace(/\/+$/, ''), wanted: listOf(sources), popupOnly: way === 'popup', historyDays };
}

const misconfigured = (message: string): ConnectError => new ConnectError('misconfigured', message);
