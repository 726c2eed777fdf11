import type { Platform } from '../core/platform.js';

/**
 * What a page can say about connecting: the element's attributes, or the options of `createConnector`. Attributes and plain scripts
 * can say any word, whatever stands here; that is told where it is read.
 */
export interface Configuration {
  /** `sweatstack`, `open-wearables`, `demo`, or a platform of one's own. */
  readonly platform?: 'sweatstack' | 'open-wearables' | 'demo' | Platform | null | undefined;
  readonly clientId?: string | null | undefined;
  /** Where the window lands, on this page's origin. Default: this page, without query and fragment. */
  readonly redirectUri?: string | null | undefined;
  /** OAuth scopes, separated by spaces. Default: `openid profile data:read`. */
  readonly scope?: string | null | undefined;
  /** The platform's origin; for `open-wearables` where the handler is mounted. Default: `https://app.sweatstack.no`, `/wearables`. */
  readonly baseUrl?: string | null | undefined;
  /** SweatStack's page: `express` shows the wearables first. Default: `express`. */
  readonly signIn?: 'express' | 'standard' | null | undefined;
  /** Ids of the wearables to offer, in order. Default: what the platform offers. */
  readonly sources?: readonly string[] | string | null | undefined;
  /** `auto` (default): a window where it works, else the whole page. */
  readonly mode?: 'auto' | 'popup' | 'redirect' | null | undefined;
  /** Where tokens outlive a reload. Default: `memory`, so nowhere. */
  readonly persist?: 'memory' | 'session' | 'local' | null | undefined;
  /** `event` (default), `none`: call `getAccessToken()`, or `backend`: the host's server redeems the code. */
  readonly tokenDelivery?: 'event' | 'none' | 'backend' | null | undefined;
  /** Where the handler is mounted, for `backend`. Default: `/wearables`. */
  readonly backendUrl?: string | null | undefined;
  /** For `open-wearables`: how far back to ask for. Default: the server decides. */
  readonly historyDays?: number | null | undefined;
  /** For `demo`: what happens. Default: `happy`. */
  readonly scenario?: string | null | undefined;
  /** Do not fetch the latest activity. */
  readonly noPreview?: boolean | undefined;
  /** Tell of every request (`wearable-wire`), with secrets removed. */
  readonly inspector?: boolean | undefined;
  /** Its result goes to the host's handler as `Authorization: Bearer …`. */
  readonly fetchSession?: (() => Promise<string>) | null | undefined;
}

/** Without them a page cannot ask the platform for a way to its own page. */
export const hasTokens = ({ tokenDelivery }: { readonly tokenDelivery?: string | null | undefined }): boolean => tokenDelivery?.trim() !== 'backend';
