/** Who is signed in, what they have connected, and how their history stands: drawn by a part (../arrival.ts). */
import type { In, State } from '../../core/state.js';
import type { Activity, Connection } from '../../core/nouns.js';
import { saidOf } from '../arrival-sentences.js';
import { formatDay } from '../format.js';
import { html, nothing } from '../lit.js';
import type { TemplateResult } from '../lit.js';
import { actions, amiss, button, connectionOf, nameOf, notice, sourceOf, standing, wearable } from './scene.js';
import type { Drawn, Scene, View } from './scene.js';
import type { Voice } from '../say.js';

type Usable = In<'syncing' | 'connected'>;

/** What there is to see of what arrives: it has a clock of its own. */
export interface Arriving {
  /** How far it is, in a sentence and a bar. */
  history(state: Usable, voice: Voice): TemplateResult;
  /** `undefined`: not known yet, and there is room for it. */
  latest(activity: Activity | null | undefined, voice: Voice): TemplateResult | null;
}

/** One template for both phases, so that nothing a visitor is about to press moves or loses the focus when the history is in. */
export const usable = (state: Usable, scene: Scene, arriving: Arriving): View => ({
  title: 'connectedTitle',
  said: said(state, scene),
  body: html`${trouble(state, scene)}${account(state, scene)}${history(state, scene, arriving)}${latest(state, scene, arriving)}${
    scene.asking ? question(state, scene) : wishes(state, scene)
  }`,
});

function said(state: Usable, scene: Scene): string {
  const { say, released } = scene;
  if (released?.name && !connectionOf(state, released.source)) return say('notice_source', { source: released.name });
  if (!state.account?.connections.length) return say('noConnections');
  const error = amiss(state);
  if (error) return say(`error_${error.code}`);
  return saidOf(state, scene);
}

/** What went wrong for the account as a whole costs one line. */
function trouble(state: State, scene: Scene): Drawn {
  const error = amiss(state);
  return error ? notice('error', scene.say(`error_${error.code}`), true, error.code === 'sync_failed' ? button(scene, 'tryAgain', () => scene.act.retry()) : nothing) : nothing;
}

/** Where nothing is connected no history can come, and where it failed that has been said already. */
const history = (state: Usable, scene: Scene, arriving: Arriving): Drawn =>
  state.account?.connections.length && state.trouble?.code !== 'sync_failed' ? arriving.history(state, scene) : nothing;

/** Where it is not known yet, room is kept: but only where there may be one at all. */
const latest = ({ preview, phase }: Usable, scene: Scene, arriving: Arriving): Drawn | null =>
  preview === undefined && (phase === 'connected' || !scene.act.platform.preview) ? nothing : arriving.latest(preview, scene);

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
    scene.release({ source, name });
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
export const account = (state: State, scene: Scene): Drawn => {
  if (!state.account) return nothing;
  const { say, platform } = scene;
  const { user, connections } = state.account;
  // oxlint-disable-next-line typescript/prefer-optional-chain -- without a user there is nobody to name, not a fallback
  const name = user && (user.name ?? ([user.givenName, user.familyName].filter(Boolean).join(' ') || user.email));
  // What stands on all of several is about the account, whichever wearable it names: once is enough.
  const forAll = connections[1] && connections.every(({ message }) => message === connections[0]?.message) ? connections[0]?.message : null;
  return html`<div class="account">
    ${name ? html`<p><bdi>${say('signedInAs', { name })}</bdi>${user.email === name ? nothing : html` <small class="muted"><bdi>${user.email}</bdi></small>`}</p>` : nothing}
    ${connections.length
      ? html`<ul part="list" class="rows" aria-label=${say('connections')}>${connections.map((one) => row(forAll ? { ...one, message: null } : one, state, scene))}</ul>`
      : html`<p class="muted">${say('noConnections')}</p>`}
    ${remark(forAll)}
    ${connections.some(({ evidence }) => evidence === 'derived') ? html`<small class="muted">${say('derived', { platform })}</small>` : nothing}
  </div>`;
};

/** In the platform's own words. */
const remark = (message: string | null | undefined): Drawn => (message ? html`<small class="muted"><bdi>${message}</bdi></small>` : nothing);

function row(connection: Connection, state: State, scene: Scene): TemplateResult {
  const { source, name, status, message, connectedAt } = connection;
  // Whatever a platform said last: nothing is arriving where nobody waits for it any more.
  const history = connection.history === 'syncing' && state.phase !== 'syncing' ? 'unknown' : connection.history;
  const { say, act, lang } = scene;
  const lacking = status !== 'active' ? say('attention', { source: name }) : history === 'action_required' ? say('allowHistory') : '';
  const date = connectedAt && formatDay(connectedAt, lang);
  const more = history === 'unknown' ? date && say('since', { date }) : say(`history_${history}`);
  const below = html`
    <small class="muted">${standing(connection, scene)}${more ? ` · ${more}` : nothing}</small>
    ${lacking ? html`<small>${lacking}</small>` : nothing} ${remark(message)}
  `;
  const about = { source, name };
  return html`<li part="connection" class="row">${wearable(sourceOf(state, source) ?? { id: source, name }, below)}${actions(
    lacking ? button(scene, 'reconnect', () => scene.connect(source), { look: 'main', opens: scene.opens, about }) : nothing,
    // Its question is asked where the account is in use; elsewhere there would be no answer.
    act.platform.disconnectsSources && state.phase !== 'failed' ? button(scene, 'disconnect', () => scene.ask(about), { look: 'quiet', about }) : nothing,
  )}</li>`;
}
