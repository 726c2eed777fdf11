import type { Activity } from '../../core/nouns.js';
import { formatDistance, formatDuration, formatLocalStart } from '../format.js';
import { html, nothing } from '../lit.js';
import type { Drawn, Scene } from './scene.js';

/** The latest activity: the first proof that something has arrived. */
export const preview = (activity: Activity | null | undefined, { say, lang }: Scene): Drawn => {
  if (!activity) return nothing;
  const { sportName, startLocal, durationSeconds, distanceMeters, devices } = activity;
  const start = startLocal && formatLocalStart(startLocal, lang);
  const figures = [formatDuration(durationSeconds), formatDistance(distanceMeters, lang)].filter(Boolean);
  return html`
    <section part="preview" class="preview" aria-labelledby="latest">
      <h3 id="latest"><small class="muted">${say('latest')}</small></h3>
      <p><b>${sportName}</b></p>
      ${start ? html`<p class="muted"><time datetime=${startLocal}>${start}</time></p>` : nothing}
      ${figures.length ? html`<p class="figures">${figures.map((figure) => html`<b>${figure}</b>`)}</p>` : nothing}
      ${devices.length ? html`<small class="muted">${say('recordedWith', { devices: devices.join(', ') })}</small>` : nothing}
    </section>
  `;
};
