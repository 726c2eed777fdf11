import type { Connection, Outcome, Stage } from '../../core/nouns.js';
import type { In, State } from '../../core/machine.js';
import { formatMonth } from '../format.js';
import { alarm, tick, watch } from '../glyphs.js';
import { html, nothing } from '../lit.js';
import type { TemplateResult } from '../lit.js';
import type { Word } from '../words.js';
import { statuses } from './choosing.js';
import { preview } from './preview.js';
import { button, nameOf } from './scene.js';
import type { Drawn, Scene, View } from './scene.js';

const stages: Readonly<Record<Stage, Word>> = {
  waiting: 'stageWaiting',
  fetching: 'stageFetching',
  processing: 'stageProcessing',
  done: 'success',
  failed: 'partial',
};

export const outcomes: Readonly<Record<Outcome, Word>> = { success: 'success', partial: 'partial', unknown: 'unknown' };

const histories: Readonly<Record<Connection['history'], Word | null>> = {
  ready: 'historyReady',
  syncing: 'historySyncing',
  unavailable: 'historyUnavailable',
  action_required: 'historyActionRequired',
  unknown: null,
};

export const usable = (state: In<'syncing' | 'connected'>, scene: Scene): View => ({ title: 'connectedTitle', body: here(state, scene) });

/** One template for both phases, so that nothing a visitor is about to press moves or loses the focus when the history is in. */
const here = (state: In<'syncing' | 'connected'>, scene: Scene): TemplateResult => html`
  ${trouble(state, scene)}${history(state, scene)}${account(state, scene)}${preview(state.preview, scene)}${scene.asking ? question(state, scene) : actions(state, scene)}
`;

/** Where nothing is connected no history can come, and where it failed that has been said already. */
function history(state: In<'syncing' | 'connected'>, scene: Scene): Drawn {
  if (!state.account?.connections.length || state.trouble?.code === 'sync_failed') return nothing;
  return state.phase === 'syncing' ? progress(state, scene) : outcome(state, scene);
}

function actions({ account }: State, scene: Scene): TemplateResult {
  const { platform } = scene.act;
  return html`
    <div class="actions">
      ${button(scene, { word: account?.connections.length ? 'addAnother' : 'add', act: () => scene.act.browse() })}
      ${platform.manage ? button(scene, { word: 'manage', act: () => scene.manage(), opens: true }) : nothing}
      ${platform.disconnect && !platform.disconnectsSources ? button(scene, { word: 'disconnect', act: () => scene.ask({ source: null }), look: 'quiet' }) : nothing}
    </div>
  `;
}

/** Disconnecting is asked twice, in place: a dialog of the browser's would stop the whole page. */
function question(state: State, scene: Scene): TemplateResult {
  const source = scene.asking?.source ?? null;
  const name = nameOf(state, source);
  return html`
    <div class="question" role="group" aria-labelledby="question">
      <p id="question" tabindex="-1">${name ? scene.say('disconnectSource', { source: name }) : scene.say('disconnectQuestion')}</p>
      <div class="actions">
        ${button(scene, { word: 'disconnect', act: () => scene.disconnect(source), look: 'danger' })}
        ${button(scene, { word: 'keep', act: () => scene.ask(null) })}
      </div>
    </div>
  `;
}

/** What went wrong for the account as a whole costs one quiet line. */
const trouble = ({ trouble: error }: State, scene: Scene): Drawn =>
  error
    ? html`
        <div class="notice">
          ${alarm}
          <p part="error">${scene.say(`error_${error.code}`)}</p>
          ${error.code === 'sync_failed' ? button(scene, { word: 'tryAgain', act: () => scene.act.retry(), look: 'small' }) : nothing}
        </div>
      `
    : nothing;

function progress({ progress: now }: In<'syncing'>, { say, lang }: Scene): TemplateResult {
  const date = now?.loadedUntil && formatMonth(now.loadedUntil, lang);
  const text = date ? say('historyBackTo', { date }) : say(stages[now?.stage ?? 'waiting']);
  return html`
    <div class="history">
      <p part="status">${text}</p>
      <progress part="progress" max="1" value=${now?.ratio ?? nothing} aria-label=${say('history')} aria-valuetext=${text}></progress>
      <p class="muted">${now?.live === false ? say('reconnecting') : say('goOn')}</p>
    </div>
  `;
}

const outcome = (state: In<'connected'>, { say }: Scene): TemplateResult => {
  const how = state.outcome ?? 'unknown';
  return html`<p part="status" class="history">${how === 'success' ? html`<span class="good">${tick}</span>` : nothing}<span>${say(outcomes[how])}</span></p>`;
};

/** Who is here, and what they have connected. */
export const account = ({ account: who }: State, scene: Scene): Drawn => {
  if (!who) return nothing;
  const { say, platform } = scene;
  const { user, connections } = who;
  const name = user?.name ?? (([user?.givenName, user?.familyName].filter(Boolean).join(' ') || user?.email) ?? null);
  return html`
    ${name ? html`<p class="who"><bdi>${say('signedInAs', { name })}</bdi>${user?.email && user.email !== name ? html` <small class="muted"><bdi>${user.email}</bdi></small>` : nothing}</p>` : nothing}
    ${connections.length
      ? html`<ul part="list" class="rows" aria-label=${say('connections')}>${connections.map((one) => html`<li part="connection" class="row">${connection(one, scene)}</li>`)}</ul>`
      : html`<p class="muted">${say('noConnections')}</p>`}
    ${connections.some(({ evidence }) => evidence === 'derived') ? html`<p class="small muted">${say('derived', { platform })}</p>` : nothing}
  `;
};

function connection({ source, name, status, history, message }: Connection, scene: Scene): TemplateResult {
  const { say, act } = scene;
  const past = histories[history];
  const well = status === 'active';
  return html`
    <slot name=${`icon-${source}`}><span class="glyph">${watch}</span></slot>
    <span class="text">
      <span class="name">${name}</span>
      <small class="muted"><span class=${well ? 'good' : 'bad'}>${well ? tick : alarm} ${say(statuses[status])}</span>${past ? ` · ${say(past)}` : nothing}</small>
      ${message ? html`<small class="muted"><bdi>${message}</bdi></small>` : nothing}
    </span>
    ${act.platform.disconnectsSources ? button(scene, { word: 'disconnect', act: () => scene.ask({ source }), look: 'small', about: { source, name } }) : nothing}
  `;
}
