/** Makes the tag an element. For the doors that do it: nothing happens until one of them asks. */
import { WearableConnect } from './element/wearable-connect.js';
import { wiring } from './element/wiring.js';
import { isLanding, landHere, onLanding, onward } from './oauth/own-page.js';

/** Before anything else on the page can look at the address: it may hold the answer of a sign-in. */
export function comeHome(): void {
  landHere();
  Object.assign(wiring, { isLanding, onLanding, onward });
}

/** Registers the tag, by another name too; again it is silent, and where another version has it, it warns once. */
export function define(tag = 'wearable-connect'): void {
  // Lit's build for Node brings a stand-in for `customElements`; without a document there is nothing to define for.
  if (typeof document === 'undefined') return;
  const present = customElements.get(tag) as { readonly version?: string } | undefined;
  // A class can be registered once; another name needs a class of its own.
  if (!present) customElements.define(tag, tag === 'wearable-connect' ? WearableConnect : class extends WearableConnect {});
  else if (present.version !== WearableConnect.version && !warned.has(tag)) {
    warned.add(tag);
    console.warn(`<${tag}> is already defined, as version ${present.version ?? '?'}, not ${WearableConnect.version}.`);
  }
}

const warned = new Set<string>();
