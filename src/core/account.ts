/** What SweatStack says of an account: read in the page, and on the host's server where the tokens are there. */
import type { Connection, User } from './nouns.js';
import { instantOf, membersOf, textOf } from './json.js';

export type Capability = Connection['history'];

export interface AccountStatus {
  readonly history: Capability;
  readonly needsAction: boolean;
  /** Text for the visitor. */
  readonly message: string | null;
  readonly nothingConnected: boolean;
  /** As it came: where to put it right is read when somebody wants to. */
  readonly issue: unknown;
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
  const { code, status, message } = membersOf(issue);
  return {
    history: capabilityOf(can['activity_history']),
    // What arrives from now on. That more of it could be had, the history says for itself.
    needsAction: (can['activities'] ?? status) === 'action_required',
    message: textOf(message),
    // The codes are an open set and not to be branched on; this one is the only word there is for "nothing connected".
    nothingConnected: code === 'no_source_connected',
    issue,
  };
}
