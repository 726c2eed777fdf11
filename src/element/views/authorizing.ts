import { likelyName } from '../../core/integrations.js';
import type { In } from '../../core/state.js';
import { html, nothing } from '../lit.js';
import type { TemplateResult } from '../lit.js';
import { actions, button, byVisitor, moment, nameOf, pictured, pulsing } from './scene.js';
import type { Scene, View } from './scene.js';

/** One picture for each way the window can look from here. */
export function authorizing(state: In<'authorizing'>, scene: Scene): View {
  const { say, act, forPhone } = scene;
  if (state.sight === 'blocked') return blocked(state, scene);
  const apart = state.sight === 'apart';
  const elsewhere = apart || act.place === 'frame' ? scene.late('elsewhere') : null;
  const lost = apart || state.sight === 'lost';
  const source = nameOf(state, state.source) ?? (state.source ? likelyName(state.source) : scene.platform);
  // The whole page is about to go: there is no window to speak of.
  const leaves = state.way === 'redirect';
  // As long as its part is on its way, and where it cannot be had, all is as it was.
  const code = forPhone === null ? null : scene.late('qr');
  const said = (apart && say('apart')) || say(lost ? 'lost' : leaves ? 'loading' : code ? 'scan' : 'finish', { source });
  // A finger on glass has a phone already, and its windows are tabs.
  const byFinger = matchMedia('(pointer: coarse)').matches;
  const text = html`<p part="status">${said}</p>`;
  const hint = apart || leaves || code ? nothing : html`<small class="muted">${say('byItself')} ${say(byFinger ? 'whereTab' : 'whereWindow')}</small>`;
  return {
    title: 'finishTitle',
    said,
    body: html`
      ${moment(code ? code(forPhone as string) : lost ? pictured(state, state.source) : pulsing(state, state.source), text, hint)}
      ${actions(
        leaves ? nothing : button(scene, lost ? 'openAgain' : 'showWindow', () => act.show(elsewhere?.between(scene, source)), { look: 'main', opens: lost }),
        leaves || byFinger || forPhone !== null ? nothing : button(scene, 'usePhone', scene.usePhone),
        cancel(scene),
      )}
    `,
  };
}

const cancel = (scene: Scene): TemplateResult => button(scene, 'cancel', () => scene.act.back(), { look: 'quiet' });

/** A sign-in page refuses to be framed: where no window opens, this page itself needs a tab of its own. */
function blocked(state: In<'authorizing'>, scene: Scene): View {
  const { say, act, isWindowless } = scene;
  const isFramed = act.place === 'frame';
  const elsewhere = isFramed ? scene.late('elsewhere') : null;
  const said = (isWindowless && say('noWindows')) || say(isFramed ? 'error_popup_blocked' : 'blocked');
  const title = isFramed && !isWindowless ? 'failedTitle' : 'blockedTitle';
  return {
    title,
    said: `${say(title)}. ${said}`,
    body: html`
      ${moment(pictured(state, state.source), html`<p part="status">${said}</p>`)}
      ${actions(
        isWindowless && elsewhere ? elsewhere.copyLink(scene, byVisitor) : button(scene, 'tryAgain', () => act.again(false), { look: 'main', opens: true }),
        !isFramed ? button(scene, 'continueHere', () => act.again(true)) : isWindowless ? nothing : (elsewhere?.openInTab(scene) ?? nothing),
        cancel(scene),
      )}
    `,
  };
}

export const confirming = (state: In<'confirming'>, scene: Scene): View => {
  const said = scene.say('confirming');
  return { title: 'confirmingTitle', said, body: html`${moment(pulsing(state, state.source), html`<p part="status">${said}</p>`)}${actions(cancel(scene))}` };
};
