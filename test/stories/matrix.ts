/**
 * One state in every theme, layout and direction, asked by axe each time. All of these are looks: they are changed under the
 * element as a page would change them, and its state stays what it is.
 */
import type { Page } from 'puppeteer-core';
import { accessibility } from '../../stories/accessibility.js';
import { tokensOf } from '../../stories/presets.js';
import { bySight, violationsIn } from './audit.js';
import type { Sheet } from './pages.js';

interface Theme {
  readonly scheme: 'light' | 'dark';
  readonly forced?: 'active';
  readonly preset?: string;
}

const themes: Readonly<Record<string, Theme>> = {
  light: { scheme: 'light' },
  dark: { scheme: 'dark' },
  'forced colours': { scheme: 'light', forced: 'active' },
  bold: { scheme: 'light', preset: 'bold' },
};
const layouts = ['inline', 'popover', 'dialog'] as const;
const directions = ['ltr', 'rtl'] as const;

const patience = { timeout: 5000 };
const frameIsShown = (shown: boolean): boolean => !!document.querySelector('wearable-connect')?.shadowRoot?.querySelector('[part=frame]')?.checkVisibility() === shown;

/** A card that has to be opened is opened by its button; one that is open is closed first. */
async function layOut(page: Page, layout: (typeof layouts)[number]): Promise<void> {
  await page.evaluate(async (name) => {
    const element = document.querySelector('wearable-connect');
    if (!element) throw new Error('There is no element in this story.');
    element.shadowRoot?.querySelector<HTMLElement>('.close')?.click();
    element.layout = name;
    await element.updateComplete;
  }, layout);
  if (layout === 'inline') return;
  await page.waitForFunction(frameIsShown, patience, false);
  await page.evaluate(() => document.querySelector('wearable-connect')?.shadowRoot?.querySelector<HTMLElement>('[aria-haspopup]')?.click());
  await page.waitForFunction(frameIsShown, patience, true);
}

async function dress({ page, devtools }: Sheet, { scheme, forced, preset }: Theme, direction: string): Promise<void> {
  await devtools.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: forced ?? 'none' }, { name: 'prefers-reduced-motion', value: 'reduce' }] });
  await page.evaluate(
    (tokens, colours, dir) => {
      const { style } = document.documentElement;
      for (const [name, value] of Object.entries(tokens)) style.setProperty(name, value);
      style.colorScheme ||= colours;
      document.documentElement.dir = dir;
    },
    tokensOf(preset ?? 'default'),
    scheme,
    direction,
  );
}

/** Every violation, with where it was met. */
export async function violationsEverywhere(sheet: Sheet): Promise<string[]> {
  const found: string[] = [];
  for (const layout of layouts) {
    await layOut(sheet.page, layout);
    for (const [theme, how] of Object.entries(themes))
      for (const direction of directions) {
        await dress(sheet, how, direction);
        // What does not depend on looks is asked once for each layout.
        const isFirst = theme === 'light' && direction === 'ltr';
        const violations = await violationsIn(sheet.page, isFirst ? accessibility : { runOnly: { type: 'rule', values: bySight }, preload: false });
        found.push(...violations.map((violation) => `${layout}, ${theme}, ${direction}: ${violation}`));
      }
  }
  await layOut(sheet.page, 'inline');
  await dress(sheet, themes['light'] as Theme, 'ltr');
  return [...found, ...(await cutOff(sheet.page))];
}

/** The narrowest place that the element is made for, and the same text at twice its size (WCAG 1.4.4, 1.4.10). */
async function cutOff(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const [where, width, size] of [['at 240 px', 240, '100%'], ['with text at 200 %', 320, '200%']] as const) {
    await page.setViewport({ width, height: 900 });
    found.push(...(await page.evaluate(whatSticksOut, size)).map((what) => `${where}: ${what} sticks out of the card`));
  }
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
  await page.setViewport({ width: 800, height: 600 });
  return found;
}

const whatSticksOut = (size: string): string[] => {
  document.documentElement.style.fontSize = size;
  document.body.style.setProperty('padding', '0', 'important');
  const frame = document.querySelector('wearable-connect')?.shadowRoot?.querySelector('[part=frame]');
  if (!frame) return ['nothing, because there is no card: it'];
  const { left, right } = frame.getBoundingClientRect();
  const outside = [...frame.querySelectorAll('*')].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width > 1 && !one.closest('.unseen') && !one.parentElement?.closest('svg') && (box.right > right + 1 || box.left < left - 1);
  });
  return [...(right > innerWidth + 1 ? ['the card of the page'] : []), ...outside.map((one) => `${one.localName}.${one.getAttribute('class') ?? ''} “${one.textContent.trim().slice(0, 30)}”`)];
};
