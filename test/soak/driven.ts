/** The driver’s own page behind a tab, for what no suite but this asks a browser. Has to be imported before one is launched. */
import puppeteer, { type Browser, type CDPSession, type Frame } from 'puppeteer-core';

const launch = puppeteer.launch.bind(puppeteer);
const launched: Browser[] = [];
puppeteer.launch = async (settings) => {
  const browser = await launch(settings);
  launched.push(browser);
  return browser;
};

/** A frame of another site is in a process of its own, and has a session of its own; the driver’s types do not tell. */
const sessionOf = (frame: Frame): CDPSession => (frame as unknown as { readonly client: CDPSession }).client;

/** The session of whatever frame of any page is at this address, be it the whole page; null where there is none. */
export async function sessionAt(address: string): Promise<CDPSession | null> {
  for (const browser of launched.filter(({ connected }) => connected))
    for (const page of await browser.pages()) {
      const frame = page.frames().find((frame) => frame.url().split(/[?#]/)[0] === address);
      if (frame) return sessionOf(frame);
    }
  return null;
}
