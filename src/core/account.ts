/** What SweatStack says of an account: read in the page, and on the host's server where the tokens are there. */
import type { Connection, User } from './nouns.js';
import { checkedUrl } from './urls.js';
import { instantOf, membersOf, textOf } from './json.js';

export type Capability = Connection['history'];

/** Where a visitor can put things right: a page to ask the portal for, or, before October 2026, a ready address. */
export type Repair = { readonly destination: string } | { readonly url: string };

export interface AccountStatus {
  readonly history: Capability;
  readonly needsAction: boolean;
  /** Text for the visitor. */
  readonly message: string | null;
  readonly nothingConnected: boolean;
  readonly repair: Repair | null;
}

/** An answer of `oauth/userinfo`. */
export function userFrom(json: unknown): User | null {
  const { sub, name, given_name, family_name, email, registered_at } = membersOf(json);
  const id = textOf(sub);
  return id
    ? { id, name: textOf(name), givenName: textOf(given_name), familyName: textOf(family_name), email: textOf(email), registeredAt: instantOf(registered_at) }
    : null;
}

const capabilityOf = (value: unknown): Capability =>
  (['ready', 'syncing', 'unavailable', 'action_required'] as const).find((known) => known === value) ?? 'unknown';

/** An answer of `profile/status`; null where it is none. */
export function accountStatusFrom(json: unknown): AccountStatus | null {
  const { capabilities, issue } = membersOf(json);
  // Both are always there, be it as null.
  if (capabilities === undefined && issue === undefined) return null;
  const can = membersOf(capabilities);
  const { code, status, message, destination, action_url } = membersOf(issue);
  return {
    history: capabilityOf(can['activity_history']),
    // What arrives from now on. That more of it could be had, the history says for itself.
    needsAction: (can['activities'] ?? status) === 'action_required',
    message: textOf(message),
    // The codes are an open set and not to be branched on; this one is the only word there is for "nothing connected".
    nothingConnected: code === 'no_source_connected',
    repair: repairOf(textOf(destination), textOf(action_url)),
  };
}

function repairOf(destination: string | null, url: string | null): Repair | null {
  if (destination) return { destination };
  try {
    return url ? { url: checkedUrl(url, 'action_url', 'invalid_response').href } : null;
  } catch {
    // A button that leads nowhere good is no button.
    return null;
  }
}
