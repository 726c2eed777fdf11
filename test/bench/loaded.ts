/** What a page has fetched by some moment: of what comes in parts when they are wanted, more than its entry. */
import { readFileSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import { until } from '../browsers/waiting.js';
import { chromium } from './browser.js';
import type { Bundle } from './bundle.js';
import { stubPlatform } from './platform.js';
import { serving } from './serving.js';

export const clientId = 'bench';

/** What a page is made of, by name, and which of that it names itself. */
export type Loadable = Pick<Bundle, 'files' | 'entry'>;

type Given = typeof globalThis & { connector?: { readonly phase: string } };
type Act = (page: Page) => Promise<unknown>;

const phaseOf = (page: Page): Promise<string | undefined> => page.evaluate(() => document.querySelector('wearable-connect')?.phase ?? (globalThis as Given).connector?.phase);

const comesTo = (page: Page, phases: readonly string[]): Promise<unknown> =>
  until(async () => phases.includes((await phaseOf(page)) ?? ''), async () => `never came to ${phases.join(' or ')}: ${await phaseOf(page)}`);

/** All that is there by itself, before anybody clicks. */
export const loadedBeforeClick = (loadable: Loadable, body: string): Promise<readonly string[]> => fetched(loadable, body, (page) => comesTo(page, ['choosing']));

/** What is enough for the list of wearables: whatever else the page asks for is on its way for as long as that takes. */
export const enoughToDraw = (bundle: Bundle, body: string): Promise<readonly string[]> =>
  fetched(
    bundle,
    body,
    (page) => until(() => page.evaluate(() => !!document.querySelector('wearable-connect')?.renderRoot.querySelector('button[data-source=garmin_connect]')), () => 'drew no list'),
    (text) => bundle.first.includes(text),
  );

/** All that comes by the time that somebody has signed in, by a click on what `button` names, and sees their history arrive or hears why it does not. */
export async function loadedBySignIn(loadable: Loadable, bodyFor: (platform: string) => string, button: string): Promise<readonly string[]> {
  const platform = await stubPlatform(clientId);
  try {
    return await fetched(loadable, bodyFor(platform.origin), async (page) => {
      await comesTo(page, ['choosing']);
      await (await page.waitForSelector(button))?.click();
      await comesTo(page, ['connected']);
      // What is drawn of that may be on its way still.
      await page.waitForNetworkIdle();
    });
  } finally {
    await platform.close();
  }
}

async function fetched({ files, entry }: Loadable, body: string, act: Act, comes: (text: string) => boolean = () => true): Promise<readonly string[]> {
  const asked = new Set<string>();
  const site = await serving('host', (_request, response, { pathname }) => {
    const name = pathname.slice(1);
    const send = (type: string, content: string): void => void response.writeHead(200, { 'content-type': `text/${type}; charset=utf-8` }).end(content);
    if (name === '') return send('html', `<!doctype html><title>Host</title><script type="module" src="/${entry}"></script><body>${body}`);
    if (name === 'landing') return send('html', readFileSync('dist/wearable-callback.html', 'utf8'));
    if (name === 'callback.js') return send('javascript', readFileSync('dist/callback.js', 'utf8'));
    const text = files.get(name);
    if (text === undefined) return void response.writeHead(404).end();
    if (!comes(text)) return;
    asked.add(text);
    send('javascript', text);
  });
  const browser = await chromium();
  try {
    const page = await browser.newPage();
    await page.goto(site.origin);
    await act(page).catch((thrown: unknown) => {
      throw new Error(`${entry}, after ${asked.size} files: ${thrown instanceof Error ? thrown.message : String(thrown)}`, { cause: thrown });
    });
    return [...asked];
  } finally {
    await Promise.all([browser.close(), site.close()]);
  }
}
