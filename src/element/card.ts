/** The card that every layout shows: one function, so that a popover or a dialog can wrap it. */
import type { State } from '../core/machine.js';
import { html, nothing } from './lit.js';
import type { TemplateResult } from './lit.js';
import { announcement, viewOf } from './views/by-phase.js';
import type { Drawn, Scene } from './views/scene.js';
import type { Say } from './words.js';

export const card = (state: State, scene: Scene, inspector: Drawn): TemplateResult => {
  const { say } = scene;
  const { title, body } = viewOf(state, scene);
  const working = state.phase === 'loading' || state.phase === 'confirming';
  return html`
    <section part="frame" class="frame" aria-label=${say('title')} aria-busy=${working ? 'true' : nothing}>
      <header part="header"><slot name="header"><h2 tabindex="-1">${say(title)}</h2></slot></header>
      <div class="body" tabindex="-1">${body}</div>
      <footer part="footer"><slot name="footer">${footer(scene)}</slot></footer>
      ${inspector}
      <p class="unseen" role="status">${announcement(state, scene)}</p>
    </section>
  `;
};

const footer = (scene: Scene): Drawn =>
  scene.platform === 'SweatStack'
    ? html`<a href="https://sweatstack.no" target="_blank" rel="noopener">${scene.say('poweredBy', { platform: scene.platform })}<span class="unseen">, ${scene.say('newWindow')}</span></a>`
    : nothing;

/** All that a sign-in window shows that has come back to the page itself. */
export const landedCard = (say: Say): TemplateResult =>
  html`<section part="frame" class="frame"><p part="status" class="lead">${say('landed')}</p></section>`;
