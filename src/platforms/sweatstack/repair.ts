import { membersOf, textOf } from '../../core/json.js';
import { checkedUrl } from '../../core/urls.js';

/** Where a visitor can put things right: a page to ask the portal for, or, before October 2026, a ready address. */
export type Repair = { readonly destination: string } | { readonly url: string };

/** Of the issue of an account. */
export function repairFrom(issue: unknown): Repair | null {
  const { destination: named, action_url } = membersOf(issue);
  const destination = textOf(named);
  if (destination) return { destination };
  const url = textOf(action_url);
  try {
    return url ? { url: checkedUrl(url, 'action_url', 'invalid_response').href } : null;
  } catch {
    // A button that leads nowhere good is no button.
    return null;
  }
}
