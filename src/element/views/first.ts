import type { In } from '../../core/state.js';
import { alarm } from '../glyphs.js';
import { html } from '../lit.js';
import { choosing, loading } from './choosing.js';
import { actions, button, moment } from './scene.js';
import type { Scene, View, Views } from './scene.js';

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

/** Before anything has moved there is not more to see; `connect-later.ts` puts the rest here. The file for a script tag has `all.ts` in this place. */
export const views: Views = { loading, choosing, authorizing: loading, confirming: loading, syncing: loading, connected: loading, failed: missing };
