import { until } from '../browsers/waiting.js';
import { chromium } from './browser.js';
import type { Bundle } from './bundle.js';
import { serving } from './serving.js';

/** What a page has fetched by the time that all is ready for a click: of a bundle whose parts come when they are wanted, more than its entry. */
export const loadedBeforeClick = (bundle: Bundle | undefined, body: string, isReady: () => boolean): Promise<readonly string[]> => fetched(bundle, body, isReady, () => true);

/** What is enough for `isDrawn`: whatever else the page asks for is on its way for as long as that takes. */
export const enoughToDraw = (bundle: Bundle | undefined, body: string, isDrawn: () => boolean): Promise<readonly string[]> => fetched(bundle, body, isDrawn, (text) => !!bundle?.first.includes(text));

async function fetched(bundle: Bundle | undefined, body: string, isReady: () => boolean, comes: (text: string) => boolean): Promise<readonly string[]> {
  if (!bundle) return [];
  const { files, entry } = bundle;
  const asked = new Set<string>();
  const site = await serving('host', (_request, response, { pathname }) => {
    const name = pathname.slice(1);
    const text = files.get(name);
    if (text !== undefined && !comes(text)) return;
    if (text !== undefined) asked.add(text);
    if (name === '') return void response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>Host</title><script type="module" src="/${entry}"></script><body>${body}`);
    response.writeHead(text === undefined ? 404 : 200, { 'content-type': 'text/javascript' }).end(text);
  });
  const browser = await chromium();
  try {
    const page = await browser.newPage();
    await page.goto(site.origin);
    await until(() => page.evaluate(isReady), () => `${entry} was never ready for a click; it had loaded ${asked.size} files`);
    return [...asked];
  } finally {
    await Promise.all([browser.close(), site.close()]);
  }
}
