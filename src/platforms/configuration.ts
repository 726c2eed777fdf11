import type { Platform } from '../core/platform.js';

/** What a page can say about connecting: the element's attributes, or the options of `createConnector`. */
export interface Configuration {
  /** `sweatstack`, `open-wearables`, `demo`, or a platform of one's own. */
  readonly platform?: string | Platform | null;
  readonly clientId?: string | null;
  /** Where the window lands, on this page's origin. Default: this page, without query and fragment. */
  readonly redirectUri?: string | null;
  /** OAuth scopes, separated by spaces. Default: `openid profile data:read`. */
  readonly scope?: string | null;
  readonly baseUrl?: string | null;
  readonly signIn?: string | null;
  /** Ids of the wearables to offer, in order. Default: what the platform offers. */
  readonly sources?: readonly string[] | string | null;
  readonly mode?: string | null;
  readonly persist?: string | null;
  readonly tokenDelivery?: string | null;
  readonly backendUrl?: string | null;
  readonly historyDays?: number | null;
  readonly scenario?: string | null;
  readonly noPreview?: boolean;
  readonly inspector?: boolean;
  readonly fetchSession?: (() => Promise<string>) | null;
}
