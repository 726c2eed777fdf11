import type { Connection, Source } from '../../core/nouns.js';
import type { In } from '../../core/machine.js';
import { addressForBrowser } from '../browser-address.js';
import { arrow } from '../glyphs.js';
import { html, nothing } from '../lit.js';
import type { TemplateResult } from '../lit.js';
import { actions, button, byVisitor, connectionOf, link, endless, newWindow, notice, standing, wearable } from './scene.js';
import type { Scene, View } from './scene.js';

/** As many rows as a list usually has, so that nothing jumps when it comes. */
export const loading = (_: In<'loading'>, { say }: Scene): View => ({
  title: 'title',
  said: say('loading'),
  body: html`${endless}<div class="rows" aria-hidden="true"><i class="row"></i><i class="row"></i><i class="row"></i></div>`,
});

export const choosing = (state: In<'choosing'>, scene: Scene): View => {
  const { say, act, platform } = scene;
  const sources = state.sources ?? [];
  const said = state.notice ? say(`notice_${state.notice}`, { platform }) : '';
  return {
    title: 'title',
    said,
    body: html`
      ${said ? notice('status', said) : nothing}
      ${act.place === 'app' ? insideAnApp(scene) : nothing}
      <p class="muted">${say(sources.length ? 'choose' : 'nothingToChoose')}</p>
      <ul part="list" class="rows">${sources.map((source) => html`<li>${row(source, connectionOf(state, source.id), scene)}</li>`)}</ul>
      ${actions(
        // The server behind the other platform knows no sign-in but a wearable's.
        act.platform.name === 'open-wearables' ? nothing : button(scene, 'otherWays', () => scene.connect(null), { opens: true }),
        state.account ? button(scene, 'back', () => act.back()) : nothing,
      )}
    `,
  };
};

/** Never in the way: most sign-ins work here, and nobody knows which will not. */
const insideAnApp = (scene: Scene): TemplateResult => {
  const { say, copied, copy } = scene;
  return notice(
    'status',
    say('inApp'),
    false,
    actions(link(scene, 'openInBrowser', addressForBrowser()), copied === false ? html`<code>${location.href}</code>` : button(scene, copied ? 'copied' : 'copyLink', copy)),
  );
};

function row({ id, name, kind }: Source, connection: Connection | undefined, scene: Scene): TemplateResult {
  if (kind === 'mobile') return html`<div part="source" class="row">${wearable(id, name, html`<small class="muted">${scene.say('inTheApp')}</small>`)}</div>`;
  return html`
    <button type="button" part="source" class="row" data-source=${id} @click=${byVisitor(() => scene.connect(id))}>
      ${wearable(id, name, connection ? html`<small>${standing(connection, scene)}</small>` : nothing)}${arrow}${newWindow(scene)}
    </button>
  `;
}
