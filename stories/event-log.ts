/** Every event of the element in the Actions panel. Of tokens it says that they came and what for, never what they are. */
import { action } from 'storybook/actions';
import type { TokensDetail } from '../src/index.js';
import { events } from './manifest.js';

const shown = (event: Event): unknown => {
  const { detail } = event as Event & { detail: unknown };
  if (event.type !== 'wearable-tokens') return detail;
  const { seq, reason, tokenType, expiresAt, scope } = detail as TokensDetail;
  return { seq, reason, tokenType, expiresAt, scope, accessToken: '(for the page alone)' };
};

/** On the document, on the way down: there is no other place where those that do not bubble can be heard from outside. */
export function logEvents(page: Document): void {
  for (const { name } of events) {
    const tell = action(name);
    page.addEventListener(name, (event) => void tell(shown(event)), true);
  }
}
