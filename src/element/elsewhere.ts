/**
 * A part of its own, for pages in another app's little browser, or in a frame of another site: what can be done there. Never in the
 * way: most sign-ins work in apps, and nobody knows which will not.
 */
import { addressForBrowser } from './browser-address.js';
import type { Elsewhere, Hosting } from './late-parts.js';
import { html } from './lit.js';
import type { TemplateResult } from './lit.js';
import { openRelay } from './relay.js';
import type { Voice, Word } from './say.js';

export { elsewhere as words } from '../locales/en.js';

export function create(element: Hosting): Elsewhere {
  /** Whether the page's address was copied; false where the browser would not. */
  let copied: boolean | null = null;

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(location.href);
      copied = true;
    } catch {
      // Not there, or not allowed.
      copied = false;
    }
    element.requestUpdate();
  }

  /** A link with the looks of a button. */
  const link = ({ say }: Voice, word: Word, href: string, target: string): TemplateResult => html`<a part="button" class="press" href=${href} target=${target} rel="noopener">${say(word)}${target === '_blank' ? html`<span class="unseen">, ${say('newWindow')}</span>` : null}</a>`;

  /** Where the page cannot be left by a click of ours: its address, to be taken along. */
  const copyLink: Elsewhere['copyLink'] = ({ say }, byVisitor) => {
    const word = copied ? 'copied' : 'copyLink';
    return copied === false ? html`<code>${location.href}</code>` : html`<button type="button" part="button" data-act=${word} @click=${byVisitor(copy)}>${say(word)}</button>`;
  };

  return {
    inAnApp: (voice, byVisitor) =>
      html`<div class="notice"><p part="status">${voice.say('inApp')}</p><div class="actions">${link(voice, 'openInBrowser', addressForBrowser(), '_self')}${copyLink(voice, byVisitor)}</div></div>`,
    copyLink,
    openInTab: (voice) => link(voice, 'openInTab', location.href, '_blank'),
    between: ({ say }, source) => (url, name, open) => openRelay(url, name, open, say('relay', { source }), say('goOnTo', { source })),
  };
}
