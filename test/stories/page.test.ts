/** What only a real key, a real click and a real page can show. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { until } from '../browsers/waiting.js';
import { builtStories } from './built.js';
import { openPages, type Pages } from './pages.js';
import { serve, type Served } from './served.js';
import { actionsOf, type Entry, entriesOf, show } from './shown.js';

const folder = await builtStories();
const stories = new Map(entriesOf(folder).map((entry) => [entry.id, entry]));
let pages: Pages;
let served: Served;

before(async () => {
  served = await serve({ '/stories/': folder });
  pages = await openPages(2);
});
after(async () => {
  await pages.close();
  await served.close();
});

const story = (id: string): Entry => stories.get(id) ?? assert.fail(`There is no story called ${id}.`);

/** Inside every shadow root, who has the focus: as `button Connect a wearable`. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return `${at?.localName ?? 'nothing'} ${at?.textContent.replaceAll(/\s+/g, ' ').trim() ?? ''}`.trim();
  });

const isShown = (page: Page, what: string): Promise<boolean> =>
  page.evaluate((selector) => document.querySelector('wearable-connect')?.shadowRoot?.querySelector(selector)?.checkVisibility() ?? false, what);

describe('by keyboard alone', { concurrency: 2 }, () => {
  for (const layout of ['popover', 'dialog']) {
    it(`the card of a ${layout} opens, closes with Escape, and the focus is back at the button`, () =>
      pages.lend(async (sheet) => {
        const { page } = sheet;
        await show(served.url, story(`layouts-${layout}--to-choose`), sheet);
        await page.keyboard.press('Tab');
        const button = await focused(page);
        assert.match(button, /^button .*Connect a wearable/);
        assert.equal(await isShown(page, '[part=frame]'), false);
        await page.keyboard.press('Enter');
        await page.waitForFunction(() => document.querySelector('wearable-connect')?.shadowRoot?.querySelector('[part=frame]')?.checkVisibility(), { timeout: 3000 });
        assert.notEqual(await focused(page), button); // It is in the card now.
        await page.keyboard.press('Escape');
        await page.waitForFunction(() => !document.querySelector('wearable-connect')?.shadowRoot?.querySelector('[part=frame]')?.checkVisibility(), { timeout: 3000 });
        await until(async () => (await focused(page)) === button, async () => `the focus is at ${await focused(page)}, not back at ${button}`, 2000);
      }));
  }
});

describe('a popover that has no room below', () => {
  it('stands above its button, however high the window is', () =>
    pages.lend(async (sheet) => {
      const { page } = sheet;
      for (const height of [780, 900, 1100]) {
        await show(served.url, story('layouts-popover--to-choose'), sheet);
        await page.setViewport({ width: 1000, height });
        const at = await page.evaluate((top) => {
          const element = document.querySelector<HTMLElement>('wearable-connect');
          Object.assign(element?.style ?? {}, { position: 'absolute', top: `${top}px`, left: '40px' });
          const { x, y } = element?.shadowRoot?.querySelector('button')?.getBoundingClientRect() ?? { x: 0, y: 0 };
          return { x: x + 5, y: y + 5 };
        }, height - 200);
        await page.mouse.click(at.x, at.y);
        // By the browser's own way of placing it first (CSS Anchor Positioning), which needs a frame; then by ours.
        await page.waitForFunction(() => document.querySelector('wearable-connect')?.shadowRoot?.querySelector('#over')?.classList.contains('placed'), { timeout: 3000 });
        const distance = (): Promise<number> =>
          page.evaluate(() => {
            const root = document.querySelector('wearable-connect')?.shadowRoot;
            const [card, button] = ['#over', 'button'].map((what) => root?.querySelector(what)?.getBoundingClientRect());
            return (button?.top ?? NaN) - (card?.bottom ?? NaN);
          });
        await until(async () => Math.abs((await distance()) - 10) < 1.5, async () => `at ${height} px the card ends ${await distance()} px above its button, not 10`, 2000);
      }
    }));
});

interface Shift {
  readonly value: number;
  /** Whether anything outside the element was moved; what is inside has no node in the entry. */
  readonly isHosts: boolean;
  readonly startTime: number;
  readonly hadRecentInput: boolean;
  readonly moved: readonly string[];
}

/** The browser's own measure (Layout Instability, 2.3), from the page's first moment on. */
const watchShifts = (): void => {
  const kept: Shift[] = [];
  const placeOf = ({ x, y, width, height }: DOMRect): string => `${width} × ${height} at ${x}, ${y}`;
  Object.assign(window, { shifts: kept });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as unknown as (Omit<Shift, 'moved'> & { sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[] })[])
      kept.push({ value: entry.value, startTime: entry.startTime, hadRecentInput: entry.hadRecentInput, isHosts: entry.sources.some(({ node }) => node !== null), moved: entry.sources.map(({ node, previousRect: from, currentRect: to }) => `${node?.textContent?.slice(0, 40) ?? 'inside the card'}: ${placeOf(from)} to ${placeOf(to)}`) });
  }).observe({ type: 'layout-shift', buffered: true });
};

describe('on a host’s page', () => {
  it('nothing moves from the first moment until the history is here, but for what a visitor has just pressed', () =>
    pages.lend(async (sheet) => {
      const { page } = sheet;
      await page.evaluateOnNewDocument(`((__name) => (${String(watchShifts)})())((named) => named)`);
      await page.setViewport({ width: 900, height: 1200 }); // All of it in view: what is not, cannot be seen to move.
      await show(served.url, story('in-a-page--between-other-things'), sheet);
      await page.locator('wearable-connect >>> [data-source=garmin_connect]').click();
      await page.waitForFunction(() => document.querySelector('wearable-connect')?.phase === 'connected', { timeout: 15_000 });
      const shifts = await page.evaluate(() => {
        const [{ startTime } = { startTime: 0 }] = performance.getEntriesByName('placed');
        return (window as unknown as { shifts: Shift[] }).shifts.filter((shift) => shift.startTime > startTime && !shift.hadRecentInput);
      });
      assert.deepEqual(shifts.filter(({ isHosts }) => isHosts), []);
      // Within the card a mark may push a word along; as a score that is nothing, to the precision that one is told in.
      const score = shifts.reduce((sum, { value }) => sum + value, 0);
      assert.equal(score.toFixed(2), '0.00', JSON.stringify(shifts));
    }));
});

describe('the Actions panel', () => {
  it('has every event of a journey, and of tokens everything but the tokens', () =>
    pages.lend(async (sheet) => {
      await show(served.url, story('journeys--connect'), sheet);
      const actions = await actionsOf(sheet);
      for (const name of ['change', 'tokens', 'connections', 'connected', 'preview', 'progress', 'complete'])
        assert.ok(actions.some((action) => action.includes(`"wearable-${name}"`)), `wearable-${name} is missing`);
      assert.match(actions.find((action) => action.includes('"wearable-tokens"')) ?? '', /"reason":"connected"/);
      assert.equal(actions.filter((action) => action.includes('demo-access-token')).length, 0);
    }));
});
