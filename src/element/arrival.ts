/**
 * What there is to see of a history that arrives: its years, how much is here, the latest activity. A part of its own, since a
 * visitor who has not connected never sees it; without it the history is still a bar and a sentence.
 */
import type { Progress } from '../core/nouns.js';
import { arrivalStyles } from './arrival-styles.js';
import { formatDay, formatDistance, formatDuration, formatLocalStart, formatMonth, inDigits } from './format.js';
import type { Arrival, Hosting } from './late-parts.js';
import type { Html } from './lit.js';
import { marksOf } from './timeline.js';

/** After this long without news it is said that this is normal. */
const patienceMs = 60_000;

export function create(html: Html, element: Hosting): Arrival {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(arrivalStyles);
  element.renderRoot.adoptedStyleSheets.push(sheet);

  let latest: Progress | null = null;
  let isQuiet = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  return {
    month: (iso, { lang }) => formatMonth(iso, lang),
    day: (iso, { lang }) => formatDay(iso, lang),

    count: (progress, { say }) => (progress?.items ? ` · ${say('items', { count: progress.items })}` : ''),

    /** News is any progress at all: where it is, how much, or that it goes on. */
    isQuiet(progress) {
      if (progress !== latest || timer === undefined) {
        latest = progress;
        isQuiet = false;
        clearTimeout(timer);
        timer = setTimeout(() => {
          isQuiet = true;
          element.requestUpdate();
        }, patienceMs);
      }
      return isQuiet;
    },

    /** Today is where the line of reading ends, and it fills from there. */
    years(progress, { lang }) {
      // Of a platform that never says how far back it is there will be none.
      if (progress?.items && !progress.loadedUntil) return null;
      const isRtl = getComputedStyle(element).direction === 'rtl';
      return html`<svg class="years muted" aria-hidden="true">${marksOf(progress, Date.now()).map(
        ({ at, year, isNamed }) => html`<svg x=${`${(isRtl ? 1 - at : at) * 100}%`} overflow="visible"><path d="M0 0v4" /><text y="18" text-anchor="middle">${isNamed ? inDigits(year, lang) : null}</text></svg>`,
      )}</svg>`;
    },

    /** The first proof that something has arrived. As long as nobody knows, there is room for it. */
    latest(activity, { say, lang }) {
      if (activity === undefined) return html`<i class="row preview" aria-hidden="true"></i>`;
      if (!activity) return null;
      const { sportName, startLocal, durationSeconds, distanceMeters, devices } = activity;
      const start = startLocal && formatLocalStart(startLocal, lang);
      const figures = [formatDuration(durationSeconds), formatDistance(distanceMeters, lang)].filter(Boolean);
      return html`
        <section part="preview" class="preview" aria-labelledby="latest">
          <div class="figures muted"><h3 id="latest">${say('latest')}</h3>${start ? html`<time datetime=${startLocal}>${start}</time>` : null}</div>
          <p><b>${sportName}</b></p>
          ${figures.length ? html`<p class="figures">${figures.map((figure) => html`<b><bdi>${figure}</bdi></b>`)}</p>` : null}
          ${devices.length ? html`<small class="muted">${say('recordedWith', { devices: devices.join(', ') })}</small>` : null}
        </section>
      `;
    },
  };
}
