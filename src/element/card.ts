/** The card that every layout shows: one function, so that a popover or a dialog can wrap it. */
import type { State } from '../core/state.js';
import { kit } from './first-kit.js';
import type { Layouts } from './late-parts.js';
import { html, nothing } from './lit.js';
import type { TemplateResult } from './lit.js';
import { byVisitor, newWindow } from './views/scene.js';
import type { Drawn, Scene, View } from './views/scene.js';
import type { Say } from './say.js';
import { wiring } from './wiring.js';

export const card = (state: State, scene: Scene, inspector: Drawn): TemplateResult => {
  const { say, platform, lang } = scene;
  const { title, said, body } = (kit.views[state.phase] as (state: State, scene: Scene) => View)(state, scene);
  const working = state.phase === 'loading' || state.phase === 'confirming';
  return html`
    <section part="frame" class="frame" lang=${lang} aria-label=${say('title')} aria-busy=${working}>
      <header part="header"><slot name="header"><h2 tabindex="-1"><span class=${state.phase === 'loading' ? 'ghost' : nothing}>${say(title)}</span></h2></slot></header>
      <div class="body" tabindex="-1">${body}</div>
      <footer part="footer"><slot name="footer">${
        platform === 'SweatStack' ? html`<a href="https://sweatstack.no" target="_blank" rel="noopener">${say('poweredBy', { platform })}${newWindow(scene)}</a>` : nothing
      }</slot></footer>
      ${inspector}
      <p class="unseen" role="status">${said}</p>
    </section>
  `;
};

/* eslint-disable lit-a11y/click-events-have-key-events -- a key that presses a button is a click of it */
/** The button that stands in place of a card: ours, or the page's. What happens when it is pressed comes with the part. */
export const folded = (inside: TemplateResult, state: State, scene: Scene, layouts: Layouts | undefined, isDialog: boolean, open: () => void): TemplateResult => html`
  <slot name="trigger" @pointerdown=${layouts?.pressed} @click=${layouts?.pressed ?? open}
    ><button type="button" part="button" lang=${scene.lang} class=${state.account?.connections.length ? 'trigger' : 'main trigger'} aria-haspopup="dialog" aria-expanded=${layouts?.isOpen ?? false} aria-controls="over">${layouts?.label(state, scene) ?? scene.say('trigger')}</button></slot
  >${layouts?.over(inside, scene, isDialog)}
`;
/* eslint-enable lit-a11y/click-events-have-key-events */

/** All that a sign-in window shows that has come back to the page itself. */
export const landedCard = (say: Say, onward = wiring.onward()): TemplateResult => html`
  <section part="frame" class="frame">
    <div class="body">
      <p part="status">${say(onward ? 'confirmingTitle' : 'landed')}</p>
      ${onward ? html`<button type="button" part="button" class="main" @click=${byVisitor(onward)}>${say('continueHere')}</button>` : nothing}
    </div>
  </section>
`;
