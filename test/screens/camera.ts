/** Pictures of a state: the same on every machine, as far as that can be had. Words, typeface, day and time zone are the pictures' own. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Sheet } from '../stories/pages.js';
import { type Entry, show } from '../stories/shown.js';
import { decode, type Picture } from './png.js';

/** Heebo, because it has Latin and Hebrew letters (SIL Open Font License). */
const fonts = dirname(createRequire(import.meta.url).resolve('@fontsource/heebo/package.json'));
const ranges = { latin: 'U+0000-00FF, U+0131, U+0152-0153, U+2000-206F, U+2122, U+2212', hebrew: 'U+0307-0308, U+0590-05FF, U+20AA, U+25CC, U+FB1D-FB4F' };
const faces = Object.entries(ranges).flatMap(([script, unicodeRange]) =>
  [400, 500, 600].map((weight) => ({ unicodeRange, weight: String(weight), bytes: readFileSync(join(fonts, 'files', `heebo-${script}-${weight}-normal.woff2`)).toString('base64') })),
);

/** The day that the demo's clock begins with when it is moved by hand. */
const someMorning = Date.UTC(2026, 10, 21, 9);

const directions = { ltr: 'en', rtl: 'he' } as const;
const schemes = ['light', 'dark'] as const;
const widths = { narrow: 320, wide: 560 } as const;

export interface Shot {
  /** As `light-rtl-narrow`. */
  readonly name: string;
  readonly picture: Picture;
  readonly png: Buffer;
}

const prepared = new WeakSet<Sheet>();

async function prepare(sheet: Sheet): Promise<void> {
  if (prepared.has(sheet)) return;
  prepared.add(sheet);
  const { page, devtools } = sheet;
  await page.emulateTimezone('Europe/Oslo');
  await devtools.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-reduced-motion', value: 'reduce' }] });
  // The typeface is there before anything is drawn, so that nothing is ever measured in another one.
  await page.evaluateOnNewDocument(`{
    for (const { bytes, ...how } of ${JSON.stringify(faces)}) document.fonts.add(new FontFace('Pictures', Uint8Array.from(atob(bytes), (byte) => byte.charCodeAt(0)), how));
    document.addEventListener('readystatechange', () => document.documentElement.style.setProperty('--wearable-font', 'Pictures'), { once: true });
    const began = Date.now();
    const { Date: RealDate } = globalThis;
    const now = () => RealDate.now() - began + ${someMorning};
    globalThis.Date = class extends RealDate {
      constructor(...given) { super(...(given.length ? given : [now()])); }
      static now() { return now(); }
    };
  }`);
}

/** One typeface for all, no caret that comes and goes, and no bar on its way from one length to the next. */
const settle = (): void => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { font-family: Pictures, sans-serif !important; caret-color: transparent !important; transition: none !important }
    ::-webkit-progress-value { transition: none !important }
  `);
  document.querySelector('wearable-connect')?.shadowRoot?.adoptedStyleSheets.push(sheet);
  document.body.style.setProperty('padding', '16px', 'important');
};

/** Whatever moves stands at its end, and what moves for ever at its beginning. */
const stand = async (): Promise<number> => {
  const element = document.querySelector('wearable-connect');
  await element?.updateComplete;
  await document.fonts.ready;
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame); // What is measured after a change of width is measured by then.
  for (const animation of [...document.getAnimations(), ...(element?.shadowRoot?.getAnimations() ?? [])]) {
    if (animation.effect?.getComputedTiming().endTime === Infinity) {
      animation.pause();
      animation.currentTime = 0;
    } else animation.finish();
  }
  const bottoms = [document.querySelector('#storybook-root'), element?.shadowRoot?.querySelector('[part=frame]')].map((one) => one?.getBoundingClientRect().bottom ?? 0);
  return Math.ceil(Math.max(...bottoms));
};

/** All pictures of one state. */
export async function shoot(url: string, entry: Entry, sheet: Sheet): Promise<Shot[]> {
  await prepare(sheet);
  const { page, devtools } = sheet;
  const shots: Shot[] = [];
  // Inline the window is higher than any card; what stands above the page stands in a window as visitors have one.
  const high = entry.title.startsWith('Layouts') ? 720 : 1800;
  for (const [direction, locale] of Object.entries(directions)) {
    await page.setViewport({ width: widths.wide, height: high });
    await show(url, entry, sheet, { locale, scheme: schemes[0] });
    await page.evaluate(settle);
    for (const [width, pixels] of Object.entries(widths)) {
      await page.setViewport({ width: pixels, height: high });
      for (const scheme of schemes) {
        await page.evaluate((colours) => void (document.documentElement.style.colorScheme = colours), scheme);
        const bottom = await page.evaluate(stand);
        const { data } = await devtools.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true, clip: { x: 0, y: 0, width: pixels, height: Math.min(bottom + 16, high), scale: 1 } });
        const png = Buffer.from(data, 'base64');
        shots.push({ name: `${scheme}-${direction}-${width}`, picture: decode(png), png });
      }
    }
  }
  return shots;
}
