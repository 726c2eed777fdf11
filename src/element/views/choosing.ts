import type { Source } from '../../core/nouns.js';
import type { In, State } from '../../core/state.js';
import { arrow } from '../glyphs.js';
import { html, nothing } from '../lit.js';
import type { TemplateResult } from '../lit.js';
import { actions, button, byVisitor, connectionOf, newWindow, notice, standing, wearable } from './scene.js';
import type { Scene, View } from './scene.js';

/** As many as a list usually has, so that nothing jumps when it comes. */
const toCome = html`<div class="rows" aria-hidden="true"><i class="row"></i><i class="row"></i><i class="row"></i></div>`;

export const loading = (_: State, { say }: Scene): View => ({
  title: 'title',
  said: say('loading'),
  // Nothing is to come where there are no words yet: how many lines they take moves what is below them.
  body: say('choose') ? html`<p aria-hidden="true"><span class="ghost">${say('choose')}</span></p>${toCome}` : nothing,
});

/** More than these are searched rather than looked through. */
export const few = 8;

export const choosing = (state: In<'choosing'>, scene: Scene): View => {
  const { say, act, platform } = scene;
  const sources = state.sources ?? [];
  const said = state.notice ? say(`notice_${state.notice}`, { platform }) : '';
  const list = (some: readonly Source[]): TemplateResult => html`<ul part="list" class="rows">${some.map((source) => html`<li>${row(source, state, scene)}</li>`)}</ul>`;
  const search = sources.length > few ? scene.late('search') : null;
  return {
    title: 'title',
    said,
    body: html`
      ${said ? notice('status', said) : nothing}
      ${act.place === 'app' ? scene.late('elsewhere')?.inAnApp(scene, byVisitor) : nothing}
      <p class="muted">${say(sources.length ? 'choose' : 'nothingToChoose')}</p>
      ${search ? search(sources, list, scene) : search === null ? list(sources) : toCome}
      ${actions(
        // The server behind the other platform knows no sign-in but a wearable's.
        act.platform.name === 'open-wearables' ? nothing : button(scene, 'otherWays', () => scene.connect(null), { look: 'quiet', opens: scene.opens }),
        state.account ? button(scene, 'back', () => act.back()) : nothing,
      )}
      <small class="muted">${say('trust')}</small>
    `,
  };
};

function row(source: Source, state: In<'choosing'>, scene: Scene): TemplateResult {
  const { id, kind } = source;
  if (kind === 'mobile') return html`<div part="source" class="row">${wearable(source, html`<small class="muted">${scene.say('inTheApp')}</small>`)}</div>`;
  const connection = connectionOf(state, id);
  return html`
    <button type="button" part="source" class="row" data-source=${id} @click=${byVisitor(() => scene.connect(id))}>
      ${wearable(source, connection ? html`<small>${standing(connection, scene)}</small>` : nothing)}${arrow}${scene.opens ? newWindow(scene) : nothing}
    </button>
  `;
}
