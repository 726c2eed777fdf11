/** What landing pages say. */
import type { Landed } from './landing.js';

/**
 * Fixed sentences, which stand in the page in every language: what the address says is never shown (it could be anybody's text
 * on the host's domain). Whether it went well is not known here, so none of them says so. A page of the host's own may have none.
 */
const words = (): HTMLElement | null | undefined =>
  [...navigator.languages, 'en'].map((tag) => document.querySelector<HTMLElement>(`div[lang|=${tag.split('-')[0]}]`)).find((found) => found);

export function say(what: Landed, onward?: (() => void) | null): void {
  const said = words();
  if (said) {
    const [done, back, button] = said.children as unknown as [HTMLElement, HTMLElement, HTMLElement];
    said.hidden = false;
    // Set from here, since a strict style-src lets no sheet and no attribute through (CSP 3, 8.1: the CSSOM is free).
    document.body.style.cssText = 'margin:9%;font-family:system-ui';
    done.hidden = !(back.hidden = what !== 'return');
    button.hidden = !onward;
    button.onclick = onward as () => void;
  }
}
