import type { Activity } from '../../core/nouns.js';
import { formatDistance, formatDuration, formatLocalStart } from '../format.js';
import { html, nothing } from '../lit.js';
import type { Drawn, Scene } from './scene.js';

/** The latest activity: the first proof that something has arrived. */
export const preview = (activity: Activity | null | undefined, { say, lang }: Scene): Drawn => {
  if (!activity) return nothing;
  const { sportName, startLocal, durationSeconds, distanceMeters, devices } = activity;
  const start = startLocal && formatLocalStart(startLocal, lang);
  const figures = [
    durationSeconds === null ? null : formatDuration(durationSeconds, lang),
    distanceMeters === null ? null : formatDistance(distanceMeters, lang),
  ].filter(Boolean);
  return html`
    <section part="preview" class="preview" aria-labelledby="latest">
      <h3 id="latest" class="small muted">${say('latest')}</h3>
      <p class="name">${sportName}</p>
      ${start ? html`<p class="muted"><time datetime=${startLocal}>${start}</time></p>` : nothing}
      ${figures.length ? html`<p class="figures">${figures.map((figure) => html`<span>${figure}</span>`)}</p>` : nothing}
      ${devices.length ? html`<p class="small muted">${say('recordedWith', { devices: devices.join(', ') })}</p>` : nothing}
    </section>
  `;
};
