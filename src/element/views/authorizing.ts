import type { In } from '../../core/machine.js';
import { html, nothing } from '../lit.js';
import { button, nameOf } from './scene.js';
import type { Scene, View } from './scene.js';

/** One sentence for each way the window can look from here; also what is announced. */
export function whatToDo(state: In<'authorizing'>, { say }: Scene): string {
  if (state.sight === 'lost') return say('lost');
  if (state.sight === 'blocked') return say('blocked');
  if (state.way === 'redirect') return say('leaving');
  const source = nameOf(state, state.source);
  return source ? say('finishSource', { source }) : say('finish');
}

export const authorizing = (state: In<'authorizing'>, scene: Scene): View => {
  const { act } = scene;
  const blocked = state.sight === 'blocked';
  const lost = state.sight === 'lost';
  return {
    title: blocked ? 'blockedTitle' : 'finishTitle',
    body: html`
      <p part="status" class=${lost ? 'notice' : 'lead'}>${blocked || lost ? nothing : html`<i class="spinner"></i>`}<span>${whatToDo(state, scene)}</span></p>
      <div class="actions">
        ${blocked
          ? [
              button(scene, { word: 'tryAgain', act: () => act.again(false), look: 'main', opens: true }),
              button(scene, { word: 'continueHere', act: () => act.again(true) }),
            ]
          : button(scene, { word: lost ? 'openAgain' : 'showWindow', act: () => act.show(), look: 'main', opens: lost })}
        ${button(scene, { word: 'cancel', act: () => act.back() })}
      </div>
    `,
  };
};

export const confirming = (_: In<'confirming'>, scene: Scene): View => ({
  title: 'confirmingTitle',
  body: html`
    <p part="status" class="lead"><i class="spinner"></i><span>${scene.say('confirming')}</span></p>
    <div class="actions">${button(scene, { word: 'cancel', act: () => scene.act.back() })}</div>
  `,
});
