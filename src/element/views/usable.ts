import type { In } from '../../core/state.js';
import { html, nothing } from '../lit.js';
import { loading } from './choosing.js';
import { actions, amiss, button, moment, notice, standing } from './scene.js';
import type { Scene, View } from './scene.js';

/**
 * What there is to see of an account comes as a part, sent for while somebody signs in. Until it is here there is room for it, and
 * it is the part that says how things stand. Where it cannot be had, that stands here in few words, with a way to try again, and one to leave.
 */
export const usable = (state: In<'syncing' | 'connected'>, scene: Scene): View => {
  const { say, act, late, asking } = scene;
  const part = late('arrival');
  if (part) return part.usable(state, scene);
  const title = 'connectedTitle';
  if (part === undefined) return { title, said: '', body: loading(state, scene).body };
  const error = amiss(state);
  const leave = (look: 'quiet' | 'danger', press: () => unknown) => button(scene, 'disconnect', press, { look });
  return {
    title,
    said: say(error ? `error_${error.code}` : title),
    body: html`
      ${error ? notice('error', say(`error_${error.code}`), true) : nothing}
      ${moment(nothing, ...(state.account?.connections ?? []).map((one) => html`<p part="connection"><b>${one.name}</b> ${standing(one, scene)}</p>`))}
      ${actions(
        button(scene, 'tryAgain', () => (error?.code === 'sync_failed' && act.retry(), late('arrival', true))),
        // Asked twice, as ever.
        act.platform.disconnect ? (asking ? leave('danger', () => act.disconnect()) : leave('quiet', () => scene.ask({ source: null }))) : nothing,
        asking ? button(scene, 'back', () => scene.ask(null)) : nothing,
      )}
    `,
  };
};
