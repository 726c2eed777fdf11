import type { In } from '../../core/state.js';
import { alarm } from '../glyphs.js';
import { html, nothing } from '../lit.js';
import { actions, button, moment, notice } from './scene.js';
import type { Scene, View } from './scene.js';

export const failed = (state: In<'failed'>, scene: Scene): View => {
  const { act } = scene;
  const { code, retryable } = state.error;
  // Signing in again is a thing that happens, and a page that is not set up is not the visitor's failure: neither is an alarm.
  const again = code === 'session_expired';
  const quiet = again || code === 'misconfigured';
  const said = scene.say(`error_${code}`);
  return {
    title: again ? 'signInAgain' : quiet ? 'title' : 'failedTitle',
    said,
    body: html`
      ${state.account ? notice('error', said, !quiet) : moment(quiet ? nothing : html`<span class="glyph">${alarm}</span>`, html`<p part="error">${said}</p>`)}
      ${state.account ? scene.late('arrival')?.account(state, scene) : nothing}
      ${actions(
        retryable ? button(scene, again ? 'signInAgain' : 'tryAgain', () => act.retry(), { look: 'main', opens: scene.opens && state.resume === 'authorizing' }) : nothing,
        state.sources || state.account ? button(scene, 'back', () => act.back(), { look: 'quiet' }) : nothing,
      )}
    `,
  };
};
