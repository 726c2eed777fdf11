import type { In } from '../../core/state.js';
import { tick } from '../glyphs.js';
import { html, nothing } from '../lit.js';
import { loading } from './choosing.js';
import { actions, button, moment } from './scene.js';
import type { Scene, View } from './scene.js';

/**
 * What there is to see of an account comes as a part, sent for while somebody signs in. Until it is here there is room for it; where
 * it cannot be had, it is a sentence, and a way to leave.
 */
export const usable = (state: In<'syncing' | 'connected'>, scene: Scene): View => {
  const { say, act, late } = scene;
  const part = late('arrival');
  if (part) return part.usable(state, scene);
  const arriving = state.phase === 'syncing' && say('arriving');
  return {
    title: 'connectedTitle',
    said: arriving || say('connectedTitle'),
    body:
      part === undefined
        ? loading(state, scene).body
        : html`
            ${moment(html`<span class="glyph">${tick}</span>`, html`<p part="status">${arriving || state.account?.connections.map(({ name }) => name).join(', ')}</p>`)}
            ${actions(act.platform.disconnect ? button(scene, 'disconnect', () => act.disconnect(), { look: 'quiet' }) : nothing)}
          `,
  };
};
