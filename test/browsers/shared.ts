/**
 * One browser of each kind for all the tests of a process: to start one costs more than a journey in it. Every visitor has windows and storage of
 * their own in any case. One that has ended, whatever of, is started anew for whoever comes next.
 */
import { after } from 'node:test';
import type { Browser, Engine, EngineName } from './engine.js';

const running = new Map<EngineName, Promise<Browser>>();

export async function sharedBrowser(engine: Engine): Promise<Browser> {
  const known = await running.get(engine.name)?.catch(() => null);
  if (known?.isThere()) return known;
  const browser = engine.launch();
  running.set(engine.name, browser);
  return browser;
}

after(async () => {
  for (const browser of running.values()) await browser.then((one) => one.close()).catch(() => {});
});
