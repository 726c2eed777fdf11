/** What every journey needs: a sandbox, a host's site, a browser with its pop-up blocker on, and a visitor to play. */
import puppeteer from 'puppeteer-core';
import type { Browser, BrowserContext, ElementHandle, Page } from 'puppeteer-core';
import { createSandbox } from '../../src/sandbox/index.js';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/index.js';
import { createHost } from './host.js';
import type { Host } from './host.js';

export interface Heard {
  readonly name: string;
  readonly seq: number;
  readonly attempt?: string;
  readonly [key: string]: unknown;
}

export interface Rig {
  readonly sandbox: Sandbox;
  readonly host: Host;
  readonly browser: Browser;
  close(): Promise<void>;
}

export async function createRig(options: SandboxOptions = {}): Promise<Rig> {
  const [sandbox, host, browser] = await Promise.all([
    createSandbox({ port: 0, quiet: true, historySeconds: 3, lineEverySeconds: 0.2, streamSeconds: 60, ...options }),
    createHost(),
    puppeteer.launch({
      executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
      // A browser on a pipe ends with the process that drives it, however that one ends.
      pipe: true,
      handleSIGTERM: false,
      handleSIGHUP: false,
      // Drivers switch the pop-up blocker off; a visitor has it on.
      ignoreDefaultArgs: ['--disable-popup-blocking'],
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    }),
  ]);
  return {
    sandbox,
    host,
    browser,
    async close() {
      await browser.close();
      await Promise.all([sandbox.close(), host.close()]);
    },
  };
}

const patienceMs = 10_000;

/** Runs in the page: the first visible button or link whose words begin so, in open shadow trees too. */
function actionNamed(name: string, last = false): HTMLElement | null {
  const roots: (Document | ShadowRoot)[] = [document];
  let found: HTMLElement | null = null;
  for (const root of roots)
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      if (element.shadowRoot) roots.push(element.shadowRoot);
      const words = element.textContent?.replace(/\s+/g, ' ').trim() ?? '';
      if (element.matches('button, a[href], summary') && words.startsWith(name) && element.checkVisibility() && !element.matches(':disabled')) {
        found = element;
        if (!last) return found;
      }
    }
  return found;
}

/** Runs in the page: whether a visible element of any open tree has these words in it. */
function isShown(text: string): boolean {
  const roots: (Document | ShadowRoot)[] = [document];
  for (const root of roots)
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      if (element.shadowRoot) roots.push(element.shadowRoot);
      if (element.textContent?.includes(text) && element.checkVisibility()) return true;
    }
  return false;
}

/** One visitor with a browser profile of their own. Everything their consoles say is kept. */
export class Visitor {
  readonly #rig: Rig;
  readonly #context: BrowserContext;
  readonly consoleLines: string[] = [];
  page!: Page;

  private constructor(rig: Rig, context: BrowserContext) {
    this.#rig = rig;
    this.#context = context;
  }

  static async arrive(rig: Rig, attributes: Record<string, string | true> = {}, path = '/'): Promise<Visitor> {
    const visitor = new Visitor(rig, await rig.browser.createBrowserContext());
    visitor.#context.on('targetcreated', (target) => void target.page().then((page) => page && visitor.#listen(page)).catch(() => {}));
    visitor.page = await visitor.#context.newPage();
    await visitor.visit(attributes, path);
    return visitor;
  }

  /** Opens the host's page with the tag as a host would write it. */
  async visit(attributes: Record<string, string | true> = {}, path = '/'): Promise<void> {
    const { host, sandbox } = this.#rig;
    const all: Record<string, string | true> = { 'client-id': 'demo-client', 'base-url': sandbox.sweatstack, 'redirect-uri': '/wearable-callback.html', ...attributes };
    const tag = Object.entries(all).map(([name, value]) => (value === true ? name : `${name}="${value}"`)).join(' ');
    host.serve(new URL(path, host.origin).pathname, `<wearable-connect ${tag}></wearable-connect>`);
    await this.page.goto(host.origin + path);
  }

  #listen(page: Page): void {
    page.on('console', (message) => {
      if (['error', 'warn'].includes(message.type())) this.consoleLines.push(`${message.type()}: ${message.text()} (${message.location().url ?? ''})`);
    });
    page.on('pageerror', (error) => this.consoleLines.push(`uncaught: ${String(error)}`));
  }

  /** Clicks what a visitor would call by this name, in the widget or on a page of the platform. */
  async click(name: string, page: Page = this.page, last = false): Promise<void> {
    const found = await page.waitForFunction(actionNamed, { timeout: patienceMs, polling: 50 }, name, last).catch((error: unknown) => {
      throw new Error(`nothing called “${name}” to click at ${page.url()}`, { cause: error });
    });
    await (found as ElementHandle<HTMLElement>).click();
  }

  async clickLast(name: string): Promise<void> {
    await this.click(name, this.page, true);
  }

  async type(label: string, text: string, page: Page): Promise<void> {
    await page.locator(`::-p-aria([name="${label}"][role="textbox"])`).setTimeout(patienceMs).fill(text);
  }

  /** Does something that opens a window, and gives that window. */
  async opens(act: () => Promise<void>): Promise<Page> {
    const opened = inTime('no window was opened', new Promise<Page>((resolve) => {
      this.#context.once('targetcreated', (target) => void target.page().then((page) => page && resolve(page), () => {}));
    }));
    await act();
    return opened;
  }

  /** Does something that opens a window which goes by itself, perhaps before anybody could look into it. */
  async passesThrough(act: () => Promise<void>): Promise<void> {
    const gone = inTime('no window came and went', new Promise<void>((resolve) => {
      this.#context.once('targetcreated', (opened) => {
        this.#context.on('targetdestroyed', (target) => target === opened && resolve());
      });
    }));
    await act();
    await gone;
  }

  async heard(): Promise<Heard[]> {
    return this.page.evaluate(() => (globalThis as unknown as { heard: Heard[] }).heard ?? []);
  }

  /** Waits until an event has been heard; gives the last of its name. */
  async hears(name: string, wanted: Record<string, unknown> = {}, timeout = patienceMs): Promise<Heard> {
    await this.page
      .waitForFunction(
        (name, wanted) => (globalThis as unknown as { heard?: Heard[] }).heard?.some((event) => event.name === name && Object.entries(wanted).every(([key, value]) => event[key] === value)),
        { timeout, polling: 50 },
        name,
        wanted,
      )
      .catch(async (error: unknown) => {
        throw new Error(`never heard wearable-${name} ${JSON.stringify(wanted)}; heard ${JSON.stringify(await this.heard(), null, 1)}; console ${this.consoleLines.join('\n')}`, { cause: error });
      });
    return (await this.heard()).filter((event) => event.name === name && Object.entries(wanted).every(([key, value]) => event[key] === value)).at(-1) as Heard;
  }

  /** Waits until this can be read. Polled: a page behind another one draws no frames. */
  async sees(text: string, page: Page = this.page): Promise<void> {
    await page.waitForFunction(isShown, { timeout: patienceMs, polling: 50 }, text).catch((error: unknown) => {
      throw new Error(`nowhere to read: “${text}” at ${page.url()}`, { cause: error });
    });
  }

  async noLongerSees(text: string, page: Page = this.page): Promise<void> {
    const until = Date.now() + patienceMs;
    // A page on its way to the next one answers with an error: then it is asked again.
    while (await page.evaluate(isShown, text).catch(() => true)) {
      if (Date.now() > until) throw new Error(`still to be read: “${text}” at ${page.url()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async call<T>(method: string, ...parameters: unknown[]): Promise<T> {
    return this.page.evaluate(
      (method, parameters) => (document.querySelector('wearable-connect') as unknown as Record<string, (...all: unknown[]) => T>)[method]?.(...parameters) as T,
      method,
      parameters,
    );
  }

  /** Waits until a phase has been reached, also where nobody listened in time. */
  async hearsPhase(phase: string): Promise<void> {
    await this.page.waitForFunction((phase) => document.querySelector('wearable-connect')?.phase === phase, { timeout: patienceMs, polling: 50 }, phase);
  }

  async hearsConnections(count: number): Promise<Heard> {
    await this.page.waitForFunction(
      (count) => (globalThis as unknown as { heard?: Heard[] }).heard?.some(({ name, connections }) => name === 'connections' && (connections as unknown[]).length === count),
      { timeout: patienceMs, polling: 50 },
      count,
    );
    return (await this.heard()).filter(({ name, connections }) => name === 'connections' && (connections as unknown[]).length === count).at(-1) as Heard;
  }

  /** The wearable's own two pages: who you are, and whether it may share. Ends back at the platform. */
  async signInAtWearable(window: Page): Promise<void> {
    await this.click('Sign in', window);
    await this.click('Allow', window);
    await this.reaches(window, /^sweatstack\./);
  }

  /** Waits until the window is at a site. */
  async reaches(window: Page, site: RegExp): Promise<void> {
    await until(() => site.test(new URL(window.url()).hostname), () => `the window is at ${window.url()}, not at ${site}`);
  }

  /** The whole way, past whatever pages the platform still needs, for journeys that begin afterwards. */
  async connects(source: string): Promise<void> {
    const window = await this.opens(() => this.click(source));
    await this.closes(window, () => this.#agrees(window));
    await this.hears('change', { phase: 'connected' });
  }

  async #agrees(window: Page): Promise<void> {
    const end = Date.now() + patienceMs;
    while (!window.isClosed() && Date.now() < end) {
      // A page that goes away while it is asked is a page that was agreed to.
      const button = await window.evaluateHandle(() => [...document.querySelectorAll('button')].find(({ textContent }) => /^(Sign in|Allow)$/.test(textContent.trim())) ?? null).catch(() => null);
      await (button?.asElement() as ElementHandle<HTMLElement> | null | undefined)?.click().catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Does something after which the window is gone, by itself. */
  async closes(window: Page, act: () => Promise<unknown>): Promise<void> {
    const gone = new Promise<void>((resolve, reject) => {
      if (window.isClosed()) return resolve();
      const timer = setTimeout(() => reject(new Error(`the window stayed open at ${window.url()}`)), patienceMs);
      window.once('close', () => {
        clearTimeout(timer);
        resolve();
      });
    });
    await Promise.all([gone, act()]);
  }

  /** As long as it takes a person to see what has opened: a few of the page's own ticks, which slow down where the page does. */
  async looksAround(): Promise<void> {
    await this.page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          let ticks = 0;
          const timer = setInterval(() => {
            if (++ticks < 4) return;
            clearInterval(timer);
            resolve();
          }, 150);
        }),
    );
  }

  /** Closes a window as a visitor does: what was behind it has the focus again. */
  async closesWindow(window: Page): Promise<void> {
    // Chromium can lose the order to close a window that is on its way to another page: it is never waited for without limit.
    await inTime(`the window did not close at ${window.url()}`, window.close());
    await this.page.bringToFront();
  }

  /** Runs a line of the page's own once there is something to choose: without the click that a driver's evaluate stands for. */
  async withoutClick(line: string): Promise<void> {
    const session = await this.page.createCDPSession();
    const expression = `new Promise((done) => { const timer = setInterval(() => {
      if (document.querySelector('wearable-connect').phase !== 'choosing') return;
      clearInterval(timer);
      ${line};
      done();
    }, 20); })`;
    await session.send('Runtime.evaluate', { expression, userGesture: false, awaitPromise: true });
    await session.detach();
  }

  async opensTab(url: string): Promise<Page> {
    const page = await this.#context.newPage();
    await page.goto(url);
    return page;
  }

  /** How many lines of the console were expected; they are struck out. */
  forgiven(pattern: RegExp): number {
    const kept = this.consoleLines.filter((line) => !pattern.test(line));
    const struck = this.consoleLines.length - kept.length;
    this.consoleLines.splice(0, this.consoleLines.length, ...kept);
    return struck;
  }

  /** No journey may leave a word on a console that was not expected. */
  async leaveQuietly(): Promise<void> {
    await this.#context.close();
    if (this.consoleLines.length) throw new Error(`the console is not quiet:\n${this.consoleLines.join('\n')}`);
  }
}

function inTime<T>(otherwise: string, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(otherwise)), patienceMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export async function until(holds: () => boolean, otherwise: () => string): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!holds()) {
    if (Date.now() > end) throw new Error(otherwise());
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

/** One success as the contract tells it. How often progress comes, and when the preview does, is open. */
export function orderOf(heard: readonly Heard[]): string[] {
  const names = heard.filter(({ name }) => name !== 'preview').map(({ name, phase, reason }) => (name === 'change' ? `change(${String(phase)})` : name === 'tokens' ? `tokens(${String(reason)})` : name));
  return names.filter((name, index) => !(name === 'progress' && names.slice(0, index).includes('progress')));
}
