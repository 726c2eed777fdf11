import type { In } from '../../core/machine.js';
import { html, nothing } from '../lit.js';
import type { TemplateResult } from '../lit.js';
import type { QrCode } from '../qr.js';
import { actions, button, inItsOwnTab, nameOf, notice, waiting } from './scene.js';
import type { Scene, View } from './scene.js';

/** One picture for each way the window can look from here. */
export function authorizing(state: In<'authorizing'>, scene: Scene): View {
  const { say, act, code } = scene;
  const cancel = button(scene, 'cancel', () => act.back());
  if (state.sight === 'blocked')
    return {
      title: 'blockedTitle',
      said: `${say('blockedTitle')}. ${say('blocked')}`,
      body: html`
        <p part="status">${say('blocked')}</p>
        ${actions(button(scene, 'tryAgain', () => act.again(false), { look: 'main', opens: true }), act.place === 'frame' ? inItsOwnTab(scene) : button(scene, 'continueHere', () => act.again(true)), cancel)}
      `,
    };
  const apart = state.sight === 'apart';
  const lost = apart || state.sight === 'lost';
  const source = nameOf(state, state.source) ?? scene.platform;
  const said = apart ? say('apart') : lost ? say('lost') : state.way === 'redirect' ? say('loading') : say('finish', { source });
  return {
    title: 'finishTitle',
    said,
    body: html`
      ${lost ? notice('status', said) : waiting(said)} ${code ? scanned(code, scene) : nothing}
      ${actions(button(scene, lost ? 'openAgain' : 'showWindow', () => act.show({ text: say('relay', { source }), button: say('goOnTo', { source }) }), { look: 'main', opens: lost }), code ? nothing : button(scene, 'usePhone', scene.makeCode), cancel)}
    `,
  };
}

const scanned = ({ path, size }: QrCode, { say }: Scene): TemplateResult =>
  html`<p part="status">${say('scan')}</p><svg class="code" aria-hidden="true" viewBox=${`0 0 ${size} ${size}`}><path d=${path} /></svg>`;

export const confirming = (_: In<'confirming'>, scene: Scene): View => {
  const said = scene.say('confirming');
  return { title: 'confirmingTitle', said, body: html`${waiting(said)}${actions(button(scene, 'cancel', () => scene.act.back()))}` };
};
