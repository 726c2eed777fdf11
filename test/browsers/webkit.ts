/**
 * WebKit as WebKitGTK has it, in the small browser that comes with it. Its driver opens one session a process, so all visitors
 * who are there at once have a driver each. It reads no console. Names under `.localhost` need no help: GLib resolves them itself.
 */
import { createServer, type AddressInfo } from 'node:net';
import { display } from './display.js';
import type { Browser, Engine, Profile, Tab } from './engine.js';
import { tethered } from './tethered.js';
import { until } from './waiting.js';
import { request, Session } from './webdriver.js';
import { WebKitTab } from './webkit-tab.js';

export const webkit = (driver: string, miniBrowser: string): Engine => ({
  name: 'WebKit',
  async launch(options = {}) {
    if (options.storageBlocked) throw new Error('WebKitGTK cannot be told to block storage');
    return new WebKitBrowser(driver, miniBrowser);
  },
});

interface Running {
  readonly session: Session;
  readonly endDriver: () => void;
}

async function end({ session, endDriver }: Running): Promise<void> {
  await session.end().catch(() => {}); // The last window may have closed the session with it.
  endDriver();
}

class WebKitBrowser implements Browser {
  readonly engine = 'WebKit';
  /**
   * What visitors have left, for those who come next: to start one costs as much as a journey in it. Storage is by origin, and
   * who comes next is at sites with ports of their own; cookies, which know no ports, are keys that fit none of those.
   */
  readonly #left: Running[] = [];
  readonly #driver: string;
  readonly #miniBrowser: string;

  constructor(driver: string, miniBrowser: string) {
    this.#driver = driver;
    this.#miniBrowser = miniBrowser;
  }

  async visitor(): Promise<Profile> {
    const running = (await this.#lent()) ?? (await this.#start());
    return new WebKitProfile(running.session, async (isUsable) => {
      if (isUsable) this.#left.push(running);
      else await end(running);
    });
  }

  /** One that has ended while nobody was there is no use to anybody. */
  async #lent(): Promise<Running | undefined> {
    for (let one = this.#left.pop(); one; one = this.#left.pop()) {
      if (await one.session.handles().then(() => true, () => false)) return one;
      await end(one);
    }
    return undefined;
  }

  async #start(): Promise<Running> {
    const { env } = await display();
    const port = await freePort();
    // Without a graphics card the road by way of one costs twice the work of the plain one.
    const { end: endDriver } = tethered([this.#driver, '--host=127.0.0.1', `--port=${port}`], { env: { ...env, WEBKIT_DISABLE_DMABUF_RENDERER: '1' } });
    const address = `http://127.0.0.1:${port}`;
    try {
      await until(
        async () => (await request<{ ready: boolean }>('GET', `${address}/status`)).ready,
        () => 'WebKitWebDriver did not start',
      );
      return { session: await Session.start(address, { 'webkitgtk:browserOptions': { binary: this.#miniBrowser, args: ['--automation'] } }), endDriver };
    } catch (error) {
      endDriver();
      throw error;
    }
  }

  isThere(): boolean {
    return true;
  }

  async close(): Promise<void> {
    for (const running of this.#left.splice(0)) await end(running);
  }
}

class WebKitProfile implements Profile {
  readonly console: string[] = [];
  readonly #session: Session;
  readonly #leave: (isUsable: boolean) => Promise<void>;
  #start: string | undefined;
  #hasLeft = false;

  constructor(session: Session, leave: (isUsable: boolean) => Promise<void>) {
    this.#session = session;
    this.#leave = leave;
  }

  /**
   * The driver can open windows too, but those never get the focus. So the one that the session begins with stays behind
   * the others as the page a visitor starts from: an empty one, and each of their windows comes from a link there.
   */
  async open(url: string): Promise<Tab> {
    const start = (this.#start ??= (await this.#session.handles())[0] ?? '');
    await this.#session.post(start, '/execute/sync', {
      script: `document.body.innerHTML = '<a target="_blank" rel="noopener" style="position: fixed; inset: 0">Open</a>'; document.querySelector('a').href = arguments[0];`,
      args: [url],
    });
    const tab = await this.opens(() => this.#tabOf(start).pressAt({ x: 100, y: 100 }));
    await until(
      () => tab.evaluate(() => location.href !== 'about:blank' && document.readyState === 'complete'),
      () => `never arrived at ${url}`,
    );
    return tab;
  }

  async opens(act: () => Promise<unknown>): Promise<WebKitTab> {
    const before = await this.#session.handles();
    await act();
    const opened = await until(
      async () => (await this.#session.handles()).find((handle) => !before.includes(handle)),
      () => 'no window was opened',
    );
    return this.#tabOf(opened);
  }

  async tabs(): Promise<readonly Tab[]> {
    if (this.#hasLeft) throw new Error('this visitor has left');
    return (await this.#session.handles()).filter((handle) => handle !== this.#start).map((handle) => this.#tabOf(handle));
  }

  async close(): Promise<void> {
    if (this.#hasLeft) return;
    const isUsable = await this.#closeWindows().catch(() => false);
    this.#hasLeft = true; // Whose windows there are from here on is not theirs to know.
    await this.#leave(isUsable);
  }

  /** All but the one that others come from. Where that one has gone, or a page takes too long to go, so does the browser. */
  async #closeWindows(): Promise<boolean> {
    if (this.#start === undefined) return false;
    for (const tab of await this.tabs()) await tab.close();
    return (await this.#session.handles()).join() === this.#start;
  }

  #tabOf(handle: string): WebKitTab {
    return new WebKitTab(this.#session, handle);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
