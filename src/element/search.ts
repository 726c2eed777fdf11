/** A part of its own, for platforms that offer more wearables than one looks through: a field to find one, and the first few. */
import type { Source } from '../core/nouns.js';
import type { Hosting, Search } from './late-parts.js';
import { html, nothing } from './lit.js';

export { late as words } from '../locales/en.js';

/** Shown before anybody asks for more. */
const first = 6;

/** As people type: without capitals, accents and what stands between words. */
const plain = (text: string): string => text.normalize('NFKD').replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();

export const matching = (sources: readonly Source[], text: string): readonly Source[] =>
  sources.filter(({ id, name }) => plain(name).includes(plain(text)) || plain(id).includes(plain(text)));

export function create(element: Hosting): Search {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('input{inline-size:100%;min-block-size:2.75rem;padding:0 1rem;border:1px solid color-mix(in srgb,var(--_text) 55%,transparent);border-radius:var(--_radius);background:none;font:inherit}summary{padding-block:.75rem;cursor:pointer;font-weight:600;font-size:.9375rem}');
  element.renderRoot.adoptedStyleSheets.push(sheet);
  let text = '';
  let isUnfolded = false;
  // As it was left while a choice comes to nothing; what comes after one that did not is another search.
  element.addEventListener('wearable-connected', () => {
    text = '';
    isUnfolded = false;
  });
  const unfolded = ({ currentTarget }: Event): void => {
    isUnfolded = (currentTarget as HTMLDetailsElement).open;
  };
  const typed = ({ currentTarget }: Event): void => {
    text = (currentTarget as HTMLInputElement).value;
    element.requestUpdate();
  };

  return (sources, list, { say }) => {
    const asked = text.trim();
    const found = matching(sources, asked);
    const result = found.length ? say('found', { count: found.length }) : say('noResults', { text: asked });
    return html`
      <input type="search" aria-label=${say('search')} placeholder=${say('search')} autocomplete="off" spellcheck="false" value=${text} @input=${typed} />
      <p class=${asked && !found.length ? 'muted' : 'unseen'} aria-live="polite">${asked ? result : null}</p>
      ${asked ? list(found) : html`${list(sources.slice(0, first))}<details open=${isUnfolded ? '' : nothing} @toggle=${unfolded}><summary>${say('moreOptions')}</summary>${list(sources.slice(first))}</details>`}
    `;
  };
}
