/** One Chromium without a window, and a few pages of it at once. Each page stands in a context of its own, so that all are shown. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import puppeteer from 'puppeteer-core';
import type { Browser, CDPSession, Page } from 'puppeteer-core';
import { plainChromium } from '../browsers/chromium.mjs';

const executablePath = (): string => {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const found = process.env['CHROME_PATH'] ?? names.flatMap((name) => (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name))).find((file) => existsSync(file));
  if (found === undefined) throw new Error('The stories are shown in Chromium, and there is none: name one in CHROME_PATH.');
  return found;
};

export interface Sheet {
  readonly page: Page;
  readonly devtools: CDPSession;
  /** What the console said as an error or a warning, what nobody caught, and what did not load; since the last story. */
  readonly problems: string[];
}

export interface Pages {
  /** Lends a page for as long as `use` takes. */
  lend<T>(use: (sheet: Sheet) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function openPages(atOnce: number): Promise<Pages> {
  const browser = await puppeteer.launch({
    executablePath: executablePath(),
    headless: true,
    pipe: true, // A browser on a pipe ends with the process that drives it, however that one ends.
    args: [...plainChromium, '--disable-lcd-text', '--font-render-hinting=none', '--force-color-profile=srgb', '--hide-scrollbars'],
  });
  const free = await Promise.all(Array.from({ length: atOnce }, () => newSheet(browser)));
  const waiting: ((sheet: Sheet) => void)[] = [];
  return {
    async lend(use) {
      const sheet = free.pop() ?? (await new Promise<Sheet>((resolve) => void waiting.push(resolve)));
      try {
        return await use(sheet);
      } finally {
        const next = waiting.shift();
        if (next) next(sheet);
        else free.push(sheet);
      }
    },
    async close() {
      await browser.close();
    },
  };
}

async function newSheet(browser: Browser): Promise<Sheet> {
  const page = await (await browser.createBrowserContext()).newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) problems.push(`console.${message.type()}: ${message.text()} (${message.location().url ?? ''})`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${String(error)}`));
  page.on('requestfailed', (request) => {
    // What the page before was still asking for is dropped when it goes.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') problems.push(`not loaded: ${request.url()}`);
  });
  const devtools = await page.createCDPSession();
  // Several pages cannot all have the focus of a desktop; each believes that it does, as it would at a visitor's.
  await devtools.send('Emulation.setFocusEmulationEnabled', { enabled: true });
  return { page, devtools, problems };
}
