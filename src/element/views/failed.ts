import type { In } from '../../core/machine.js';
import { alarm } from '../glyphs.js';
import { html, nothing } from '../lit.js';
import { account } from './account.js';
import { button } from './scene.js';
import type { Scene, View } from './scene.js';

export const failed = (state: In<'failed'>, scene: Scene): View => {
  const { say, act } = scene;
  const { code, retryable } = state.error;
  // Signing in again is a thing that happens, and a page that is not set up is not the visitor's failure: neither is an alarm.
  const again = code === 'session_expired';
  const quiet = again || code === 'misconfigured';
  const canGoBack = !!state.sources || !!state.account;
  return {
    title: again ? 'signInAgainTitle' : quiet ? 'title' : 'failedTitle',
    body: html`
      <p part="error" class=${quiet ? 'notice' : 'notice alarm'}>${quiet ? nothing : alarm}<span>${say(`error_${code}`)}</span></p>
      <div class="actions">
        ${retryable
          ? button(scene, { word: again ? 'signInAgain' : 'tryAgain', act: () => act.retry(), look: 'main', opens: state.resume === 'authorizing' })
          : nothing}
        ${canGoBack ? button(scene, { word: 'back', act: () => act.back() }) : nothing}
      </div>
      ${state.account ? account(state, scene) : nothing}
    `,
  };
};
