import type { In } from '../core/state.js';
import { alarm } from './glyphs.js';
import { html } from './lit.js';
import { choosing, loading } from './views/choosing.js';
import { actions, button, moment } from './views/scene.js';
import type { Scene, View } from './views/scene.js';
import type { Kit } from './whole-kit.js';

/** The rest did not come, so neither did how a failure usually looks. */
const missing = ({ error }: In<'failed'>, scene: Scene): View => {
  const said = scene.say(`error_${error.code}`);
  return {
    title: 'failedTitle',
    said,
    body: html`
      ${moment(html`<span class="glyph">${alarm}</span>`, html`<p part="error">${said}</p>`)}
      ${actions(button(scene, 'tryAgain', () => scene.act.retry(), { look: 'main' }))}
    `,
  };
};

/** What an element is drawn with before anything has moved; `connect-later.ts` puts the rest in. The file for a script tag has `whole-kit.ts` in this place. */
export const kit: Kit = {
  views: { loading, choosing, authorizing: loading, confirming: loading, syncing: loading, connected: loading, failed: missing },
};
