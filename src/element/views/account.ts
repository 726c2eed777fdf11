import type { In, State } from '../../core/machine.js';
import type { Connection } from '../../core/nouns.js';
import { formatMonth } from '../format.js';
import { tick } from '../glyphs.js';
import { html, nothing } from '../lit.js';
import type { TemplateResult } from '../lit.js';
import { preview } from './preview.js';
import { actions, button, nameOf, notice, standing, wearable } from './scene.js';
import type { Drawn, Scene, View } from './scene.js';

type Usable = In<'syncing' | 'connected'>;

/** One template for both phases, so that nothing a visitor is about to press moves or loses the focus when the history is in. */
export const usable = (state: Usable, scene: Scene): View => ({
  title: 'connectedTitle',
  said: said(state, scene),
  body: html`${trouble(state, scene)}${history(state, scene)}${account(state, scene)}${preview(state.preview, scene)}${scene.asking ? question(state, scene) : wishes(state, scene)}`,
});

const ending = ({ outcome }: Usable, { say }: Scene): string => say(`outcome_${outcome ?? 'unknown'}`);

/** Of the history only its year, or a screen reader would never stop talking. */
function said(state: Usable, scene: Scene): string {
  const { say } = scene;
  if (!state.account?.connections.length) return say('noConnections');
  if (state.phase === 'connected') return state.trouble ? say(`error_${state.trouble.code}`) : ending(state, scene);
  const date = state.progress?.loadedUntil?.slice(0, 4);
  return `${say('connectedTitle')}. ${date ? say('historyBackTo', { date }) : say('arriving')}`;
}

/** What went wrong for the account as a whole costs one line. */
const trouble = ({ trouble: error }: State, scene: Scene): Drawn =>
  error
    ? notice('error', scene.say(`error_${error.code}`), true, error.code === 'sync_failed' ? button(scene, 'tryAgain', () => scene.act.retry()) : nothing)
    : nothing;

/** Where nothing is connected no history can come, and where it failed that has been said already. */
function history(state: Usable, scene: Scene): Drawn {
  const { say, lang } = scene;
  if (!state.account?.connections.length || state.trouble?.code === 'sync_failed') return nothing;
  if (state.phase === 'connected') return html`<p part="status">${state.outcome === 'success' ? tick : nothing} ${ending(state, scene)}</p>`;
  const now = state.progress;
  const date = now?.loadedUntil && formatMonth(now.loadedUntil, lang);
  const text = date ? say('historyBackTo', { date }) : say(now && now.stage !== 'waiting' ? 'arriving' : 'waiting');
  return html`
    <div class="history">
      <p part="status">${text}</p>
      <progress part="progress" value=${now?.ratio ?? nothing} aria-label=${say('history')} aria-valuetext=${text}></progress>
      <p class="muted">${say(now?.live === false ? 'reconnecting' : 'goOn')}</p>
    </div>
  `;
}

function wishes({ account }: State, scene: Scene): TemplateResult {
  const { act } = scene;
  const { platform } = act;
  return actions(
    button(scene, account?.connections.length ? 'addAnother' : 'add', () => act.browse()),
    platform.manage ? button(scene, 'manage', () => act.manage(), { opens: true }) : nothing,
    platform.disconnect && !platform.disconnectsSources ? button(scene, 'disconnect', () => scene.ask({ source: null }), { look: 'quiet' }) : nothing,
  );
}

/** Disconnecting is asked twice, in place: a dialog of the browser's would stop the whole page. */
function question(state: State, scene: Scene): TemplateResult {
  const source = scene.asking?.source ?? null;
  const name = nameOf(state, source);
  const disconnect = (): void => {
    scene.ask(null);
    void scene.act.disconnect(source);
  };
  return html`
    <div class="notice" role="group" aria-labelledby="question">
      <p id="question" tabindex="-1">${name ? scene.say('disconnectSource', { source: name }) : scene.say('disconnectQuestion')}</p>
      ${actions(button(scene, 'disconnect', disconnect, { look: 'danger' }), button(scene, 'keep', () => scene.ask(null)))}
    </div>
  `;
}

/** Who is here, and what they have connected. */
export const account = ({ account: who }: State, scene: Scene): Drawn => {
  if (!who) return nothing;
  const { say, platform } = scene;
  const { user, connections } = who;
  const name = user && (user.name ?? ([user.givenName, user.familyName].filter(Boolean).join(' ') || user.email));
  return html`
    ${name ? html`<p><b><bdi>${say('signedInAs', { name })}</bdi></b>${user.email === name ? nothing : html` <small class="muted"><bdi>${user.email}</bdi></small>`}</p>` : nothing}
    ${connections.length
      ? html`<ul part="list" class="rows" aria-label=${say('connections')}>${connections.map((one) => row(one, scene))}</ul>`
      : html`<p class="muted">${say('noConnections')}</p>`}
    ${connections.some(({ evidence }) => evidence === 'derived') ? html`<small class="muted">${say('derived', { platform })}</small>` : nothing}
  `;
};

function row(connection: Connection, scene: Scene): TemplateResult {
  const { source, name, history, message } = connection;
  const { say, act } = scene;
  const below = html`
    <small class="muted">${standing(connection, scene)}${history === 'unknown' ? nothing : ` · ${say(`history_${history}`)}`}</small>
    ${message ? html`<small class="muted"><bdi>${message}</bdi></small>` : nothing}
  `;
  return html`<li part="connection" class="row">${wearable(source, name, below)}${
    act.platform.disconnectsSources ? button(scene, 'disconnect', () => scene.ask({ source }), { about: { source, name } }) : nothing
  }</li>`;
}
