import type { Connection, Source, User } from '../../core/nouns.js';
import { checkedUrl } from '../../core/urls.js';
import { instantOf, objectOf, textOf } from './json.js';
import type { JsonObject } from './json.js';

export type Capability = Connection['history'];

/** Where a visitor can put things right: a page to ask the portal for, or, before October 2026, a ready address. */
export type Repair = { readonly destination: string } | { readonly url: string };

export interface AccountStatus {
  readonly activities: Capability;
  readonly history: Capability;
  readonly needsAction: boolean;
  /** Text for the visitor. */
  readonly message: string | null;
  readonly nothingConnected: boolean;
  readonly repair: Repair | null;
}

/** An answer of `oauth/userinfo`. */
export function userFrom(json: unknown): User | null {
  const raw = objectOf(json);
  const id = textOf(raw?.['sub']);
  if (!raw || !id) return null;
  return {
    id,
    name: textOf(raw['name']),
    givenName: textOf(raw['given_name']),
    familyName: textOf(raw['family_name']),
    email: textOf(raw['email']),
    registeredAt: instantOf(raw['registered_at']),
  };
}

const capabilities: readonly unknown[] = ['ready', 'syncing', 'unavailable', 'action_required'] satisfies readonly Capability[];

const capabilityOf = (value: unknown): Capability => (capabilities.includes(value) ? (value as Capability) : 'unknown');

/** An answer of `profile/status`; null where it is none. */
export function accountStatusFrom(json: unknown): AccountStatus | null {
  const raw = objectOf(json);
  if (!raw) return null;
  const can = objectOf(raw['capabilities']);
  const issue = objectOf(raw['issue']);
  const activities = capabilityOf(can?.['activities']);
  return {
    activities,
    history: capabilityOf(can?.['activity_history']),
    needsAction: activities === 'action_required' || issue?.['status'] === 'action_required',
    message: textOf(issue?.['message']),
    // The codes are an open set and not to be branched on; this one is the only word there is for "nothing connected".
    nothingConnected: issue?.['code'] === 'no_source_connected',
    repair: issue && repairOf(issue),
  };
}

function repairOf(issue: JsonObject): Repair | null {
  const destination = textOf(issue['destination']);
  if (destination) return { destination };
  const url = textOf(issue['action_url']);
  try {
    return url ? { url: checkedUrl(url, 'action_url', 'invalid_response').href } : null;
  } catch {
    // A button that leads nowhere good is no button.
    return null;
  }
}

/** SweatStack names no connected provider (by design), so this is what was asked for, as far as the account bears it out. */
export const connectionsFrom = (asked: readonly Pick<Source, 'id' | 'name'>[], status: AccountStatus | null): Connection[] =>
  status?.nothingConnected
    ? []
    : asked.map(({ id, name }) => ({
        id,
        source: id,
        name,
        status: status?.needsAction ? 'action_required' : 'active',
        history: status?.history ?? 'unknown',
        connectedAt: null,
        evidence: 'derived',
        message: status?.message ?? null,
      }));
