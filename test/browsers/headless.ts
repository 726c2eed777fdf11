import { type Browser, launch } from 'puppeteer-core';
import { plainChromium } from './chromium.mjs';

/** One Chromium without a window, for what is the same in every engine. `patienceMs`: for its start, and for each of its answers. */
export const headless = (patienceMs = 20_000): Promise<Browser> =>
  launch({
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    pipe: true, // A browser on a pipe ends with the process that drives it, however that one ends.
    timeout: patienceMs,
    protocolTimeout: patienceMs,
    args: [...plainChromium],
  });
