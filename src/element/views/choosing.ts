import type { Connection, Source } from '../../core/nouns.js';
import type { In, Notice } from '../../core/machine.js';
import { watch, arrow, tick } from '../glyphs.js';
import { html, nothing } from '../lit.js';
import type { TemplateResult } from '../lit.js';
import type { Word } from '../words.js';
import { button, newWindow } from './scene.js';
import type { Scene, View } from './scene.js';

const notices: Readonly<Record<Notice, Word>> = {
  closed: 'noticeClosed',
  denied: 'noticeDenied',
  disconnected: 'noticeDisconnected',
  forgotten: 'noticeForgotten',
};

/** As many rows as a list usually has, so that nothing jumps when it comes. */
export const loading = (): View => ({
  title: 'title',
  body: html`<div class="rows" aria-hidden="true">${[1, 2, 3].map(() => html`<div class="row bone"><i class="glyph"></i><i class="text"></i></div>`)}</div>`,
});

export const noticeOf = ({ notice }: In<'choosing'>, { say, platform }: Scene): string => (notice ? say(notices[notice], { platform }) : '');

export const choosing = (state: In<'choosing'>, scene: Scene): View => {
  const { say, act, signsIn } = scene;
  const sources = state.sources ?? [];
  const notice = noticeOf(state, scene);
  return {
    title: 'title',
    body: html`
      ${notice ? html`<p part="status" class="notice">${notice}</p>` : nothing}
      <p class="muted">${say(sources.length ? 'choose' : 'nothingToChoose')}</p>
      <ul part="list" class="rows">
        ${sources.map((source) => html`<li>${row(source, state.account?.connections.find((one) => one.source === source.id), scene)}</li>`)}
      </ul>
      <div class="actions">
        ${signsIn ? button(scene, { word: 'otherWays', act: () => scene.connect(null), opens: true }) : nothing}
        ${state.account ? button(scene, { word: 'back', act: () => act.back() }) : nothing}
      </div>
    `,
  };
};

function row(source: Source, connection: Connection | undefined, scene: Scene): TemplateResult {
  const inside = html`
    <slot name=${`icon-${source.id}`}><span class="glyph">${watch}</span></slot>
    <span class="text"><span class="name">${source.name}</span> ${note(source, connection, scene)}</span>
  `;
  if (source.kind === 'mobile') return html`<div part="source" class="row">${inside}</div>`;
  return html`
    <button type="button" part="source" class="row" data-source=${source.id} @click=${() => scene.connect(source.id)}>
      ${inside}${connection?.status === 'active' ? nothing : arrow}${newWindow(scene)}
    </button>
  `;
}

const note = (source: Source, connection: Connection | undefined, { say }: Scene): TemplateResult | typeof nothing => {
  if (connection) return html`<small class=${connection.status === 'active' ? 'good' : 'muted'}>${connection.status === 'active' ? tick : nothing} ${say(statuses[connection.status])}</small>`;
  return source.kind === 'mobile' ? html`<small class="muted">${say('inTheApp')}</small>` : nothing;
};

export const statuses: Readonly<Record<Connection['status'], Word>> = {
  active: 'statusActive',
  action_required: 'statusActionRequired',
  expired: 'statusExpired',
  revoked: 'statusRevoked',
};
