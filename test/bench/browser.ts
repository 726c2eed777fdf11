import { type Browser, launch } from 'puppeteer-core';
import { plainChromium } from '../browsers/chromium.mjs';

export const chromium = (options: Parameters<typeof launch>[0] = {}): Promise<Browser> =>
  launch({
    executablePath: process.env['CHROME_PATH'] ?? '',
    pipe: true, // A browser on a pipe ends with the process that drives it, however that one ends.
    // Whatever a peer would ask of the world stays unanswered: only this computer is measured. Pages of the browser's own, which start
    // with every tab and take processor time from all that is compared here, are not.
    args: ['--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE *.localhost', ...plainChromium],
    ...options,
  });

/** As Chromium 150.0.1. */
export async function browserVersion(): Promise<string> {
  const browser = await chromium();
  try {
    return (await browser.version()).replace(/^Headless/, '').replace(/^Chrome\//, 'Chromium ');
  } finally {
    await browser.close();
  }
}
