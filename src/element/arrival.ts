/**
 * What there is to see once somebody has signed in: who they are, what they have connected, the years of their history, the latest
 * activity. A part of its own, since a visitor who has not connected never sees it.
 */
import type { Activity, Progress } from '../core/nouns.js';
import { countOf, endingOf, endOf, fractionOf, happening } from './arrival-sentences.js';
import { arrivalStyles } from './arrival-styles.js';
import { formatDistance, formatDuration, formatLocalStart, formatMonth, inDigits } from './format.js';
import { tick } from './glyphs.js';
import type { Arrival, Hosting } from './late-parts.js';
import { html, nothing } from './lit.js';
import type { TemplateResult } from './lit.js';
import type { Say } from './say.js';
import { marksOf } from './timeline.js';
import { account, usable } from './views/account.js';
import type { Arriving } from './views/account.js';

export { arriving as words } from '../locales/en.js';

/** After this long without news it is said that this is normal. */
const patienceMs = 60_000;

/** The platform’s own name is finer, and English: in another language it is whether one ran or swam. */
function nameOfSport({ sport, sportName }: Activity, say: Say, lang: string): string {
  const [broad] = /cycling|running|walking|swimming|rowing|skiing/.exec(sport) ?? [];
  return broad && !lang.startsWith('en') ? say(`sport_${broad as 'cycling'}`) : sportName;
}

export function create(element: Hosting): Arrival {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(arrivalStyles);
  element.renderRoot.adoptedStyleSheets.push(sheet);

  let latest: Progress | null = null;
  let isQuiet = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function stop(): void {
    clearTimeout(timer);
    timer = undefined;
  }

  /** News is any progress at all: where it is, how much, or that it goes on. */
  function hasNews(progress: Progress | null): boolean {
    if (progress !== latest || timer === undefined) {
      latest = progress;
      isQuiet = false;
      stop();
      // Drawn once more on its way out of the page, it waits for nothing.
      if (element.isConnected) timer = setTimeout(() => {
        isQuiet = true;
        element.requestUpdate();
      }, patienceMs);
    }
    return !isQuiet;
  }

  /** Below the bar: where each year begins. Today is where the line of reading ends, and it fills from there. */
  function years(progress: Progress | null, lang: string): TemplateResult | null {
    // Of a platform that never says how far back it is there will be none.
    if (progress?.items && !progress.loadedUntil) return null;
    const isRtl = getComputedStyle(element).direction === 'rtl';
    // A year is as wide as three letters of the page are high, more or less, however large a visitor has made them.
    const room = (element.renderRoot.querySelector('.body')?.clientWidth ?? 0) / (3 * parseFloat(getComputedStyle(document.documentElement).fontSize));
    return html`<svg class="years muted" aria-hidden="true">${marksOf(progress, Date.now(), Math.floor(room)).map(
      ({ at, year, isNamed }) => html`<svg x=${`${(isRtl ? 1 - at : at) * 100}%`} overflow="visible"><path d="M0 0v4" /><text y="1.5em" text-anchor="middle">${isNamed ? inDigits(year, lang) : null}</text></svg>`,
    )}</svg>`;
  }

  const arriving: Arriving = {
    /** It takes as much room when it is in: nothing below it moves. */
    history(state, voice) {
      const { phase, progress } = state;
      const { say, lang } = voice;
      const isIn = phase === 'connected';
      const date = progress?.loadedUntil && formatMonth(progress.loadedUntil, lang);
      const backTo = date && say('historyBackTo', { date });
      const text = isIn ? endingOf(state, voice) : backTo || happening(state, voice);
      const ratio = fractionOf(state);
      const below = isIn ? backTo : say(progress?.live === false ? 'reconnecting' : hasNews(progress) ? 'goOn' : 'quiet');
      return html`
        <div class="history">
          <p part="status">${text} ${isIn && endOf(state) === 'success' ? tick : null}</p>
          ${isIn && !ratio ? null : html`<progress part="progress" value=${ratio ?? nothing} aria-label=${say('history')} aria-valuetext=${text}></progress>${years(isIn ? null : progress, lang)}`}
          <small class="muted">${isIn ? null : countOf(state, voice).map((one) => html`<bdi>${one}</bdi> · `)}${below}</small>
        </div>
      `;
    },

    /** The first proof that something has arrived. As long as nobody knows, there is room for it. A group: of several on a page, regions would be landmarks by one name. */
    latest(activity, { say, lang }) {
      if (activity === undefined) return html`<i class="row preview" aria-hidden="true"></i>`;
      if (!activity) return null;
      const { startLocal, durationSeconds, distanceMeters, devices } = activity;
      const start = startLocal && formatLocalStart(startLocal, lang);
      const figures = [formatDuration(durationSeconds), formatDistance(distanceMeters, lang)].filter(Boolean);
      return html`
        <div part="preview" class="preview" role="group" aria-labelledby="latest">
          <div class="figures muted"><h3 id="latest">${say('latest')}</h3>${start ? html`<time datetime=${startLocal}>${start}</time>` : null}</div>
          <p><b>${nameOfSport(activity, say, lang)}</b></p>
          ${figures.length ? html`<p class="figures">${figures.map((figure) => html`<b><bdi>${figure}</bdi></b>`)}</p>` : null}
          ${devices.length ? html`<small class="muted">${say('recordedWith', { devices: devices.join(', ') })}</small>` : null}
        </div>
      `;
    },
  };

  return {
    stop,
    usable: (state, scene) => usable(state, scene, arriving),
    account,
  };
}
