export const platformNames = ['sweatstack', 'open-wearables', 'demo'] as const;
export type PlatformName = (typeof platformNames)[number];

/** What `npm start` tells its page. */
export interface Known {
  readonly sweatstack: string;
  readonly mail: string;
  readonly openWearables: string;
  readonly members: readonly { readonly login: string; readonly password: string; readonly name: string }[];
  readonly locales: readonly string[];
  /** Id and name. */
  readonly sources: Readonly<Record<PlatformName, readonly (readonly [string, string])[]>>;
}
