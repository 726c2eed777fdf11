import type { Platform } from '../core/platform.js';

/**
 * What a page can say about connecting: the element's attributes, or the options of `createConnector`. Attributes and plain scripts
 * can say any word, whatever stands here; that is told where it is read.
 */
export interface Configuration {
  /** `sweatstack`, `open-wearables`, `demo`, or a platform of one's own. */
  readonly platform?: 'sweatstack' | 'open-wearables' | 'demo' | Platform | null;
  readonly clientId?: string | null;
  /** Where the window lands, on this page's origin. Default: this page, without query and fragment. */
  readonly redirectUri?: string | null;
  /** OAuth scopes, separated by spaces. Default: `openid profile data:read`. */
  readonly scope?: string | null;
  readonly baseUrl?: string | null;
  readonly signIn?: 'express' | 'standard' | null;
  /** Ids of the wearables to offer, in order. Default: what the platform offers. */
  readonly sources?: readonly string[] | string | null;
  readonly mode?: 'auto' | 'popup' | 'redirect' | null;
  readonly persist?: 'memory' | 'session' | 'local' | null;
  readonly tokenDelivery?: 'event' | 'none' | 'backend' | null;
  readonly backendUrl?: string | null;
  readonly historyDays?: number | null;
  readonly scenario?: string | null;
  readonly noPreview?: boolean;
  readonly inspector?: boolean;
  readonly fetchSession?: (() => Promise<string>) | null;
}

/** Without them a page cannot ask the platform for a way to its own page. */
export const hasTokens = ({ tokenDelivery }: { readonly tokenDelivery?: string | null | undefined }): boolean => tokenDelivery?.trim() !== 'backend';
