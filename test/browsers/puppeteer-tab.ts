import type { CDPSession, Frame as DrivenFrame, KeyInput, Page } from 'puppeteer-core';
import type { Point } from './in-page.js';
import { DrivenTab, type Frame, PageError } from './tab.js';
import { inTime, patienceMs, until } from './waiting.js';

/**
 * Puppeteer's own `evaluate` counts as a click in both browsers (`userGesture`, `userActivation`), which no pop-up blocker
 * test could survive. What is below it can be told otherwise, but has no public types.
 */
interface ChromiumFrame {
  readonly client: CDPSession;
  mainRealm(): { readonly context?: { readonly id: number } };
}
interface FirefoxFrame {
  readonly browsingContext: {
    traverseHistory(delta: number): Promise<void>;
    reload(options: { wait: 'complete' }): Promise<void>;
    navigate(url: string, wait: 'complete'): Promise<void>;
    readonly defaultRealm: { evaluate(expression: string, awaitPromise: boolean, options: object): Promise<FirefoxAnswer> };
  };
}
type FirefoxAnswer = { type: 'success'; result: { value: string } } | { type: 'exception'; exceptionDetails: { text: string } };

const runInChromium = async (frame: DrivenFrame, expression: string): Promise<string> => {
  const inner = frame as unknown as ChromiumFrame;
  const contextId = inner.mainRealm().context?.id;
  if (contextId === undefined) throw new Error('the frame is on its way to another page');
  const { result, exceptionDetails } = await inner.client.send('Runtime.evaluate', { expression, contextId, awaitPromise: true, returnByValue: true, userGesture: false });
  if (exceptionDetails) throw new PageError(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return String(result.value);
};

const runInFirefox = async (frame: DrivenFrame, expression: string): Promise<string> => {
  const { browsingContext } = frame as unknown as FirefoxFrame;
  const answer = await browsingContext.defaultRealm.evaluate(expression, true, { userActivation: false, resultOwnership: 'none' });
  if (answer.type === 'exception') throw new PageError(answer.exceptionDetails.text);
  return answer.result.value;
};

export class PuppeteerTab extends DrivenTab {
  readonly #engine: 'Chromium' | 'Firefox';
  readonly #page: Page;
  readonly #runIn: typeof runInChromium;

  constructor(engine: 'Chromium' | 'Firefox', page: Page) {
    super();
    this.#engine = engine;
    this.#runIn = engine === 'Chromium' ? runInChromium : runInFirefox;
    this.#page = page;
  }

  async url(): Promise<string> {
    // Of a page that comes back from Firefox’s memory puppeteer is told nothing: the page itself knows better.
    if (this.#engine === 'Firefox') return this.evaluate(() => location.href).catch(() => this.#page.url());
    return this.#page.url();
  }

  async goto(url: string): Promise<void> {
    if (this.#engine === 'Firefox') await this.#goes(this.#inFirefox.navigate(url, 'complete'), url);
    else await this.#page.goto(url, { timeout: patienceMs });
  }

  async reload(): Promise<void> {
    if (this.#engine === 'Firefox') await this.#goes(this.#inFirefox.reload({ wait: 'complete' }), 'the same page');
    else await this.#page.reload({ timeout: patienceMs });
  }

  async traverse(by: 1 | -1): Promise<void> {
    if (this.#engine === 'Firefox') await this.#goes(this.#inFirefox.traverseHistory(by), 'the next page of its history');
    else await (by === 1 ? this.#page.goForward({ timeout: patienceMs }) : this.#page.goBack({ timeout: patienceMs }));
  }

  async press(key: 'Tab' | 'Enter' | 'Escape' | 'Space'): Promise<void> {
    await this.#page.keyboard.press(key satisfies KeyInput);
  }

  /** Chromium can lose the order to close a window that is on its way to another page: it is given until it is followed. */
  async close(): Promise<void> {
    await until(
      async () => {
        if (this.#page.isClosed()) return true;
        await Promise.race([this.#page.close().catch(() => {}), new Promise((resolve) => setTimeout(resolve, 1000))]);
        return this.#page.isClosed();
      },
      () => `the window did not close at ${this.#page.url()}`,
    );
  }

  async isClosed(): Promise<boolean> {
    return this.#page.isClosed();
  }

  async screenshot(file: string): Promise<void> {
    await this.#page.screenshot({ path: file });
  }

  override async heap(): Promise<number | null> {
    if (this.#engine === 'Firefox') return null;
    const session = await this.#page.createCDPSession();
    try {
      await session.send('HeapProfiler.collectGarbage');
      return (await session.send('Runtime.getHeapUsage')).usedSize;
    } finally {
      await session.detach();
    }
  }

  /** Puppeteer loses track of Firefox once a page has come back from its memory; what is below it does not. */
  get #inFirefox(): FirefoxFrame['browsingContext'] {
    return (this.#page.mainFrame() as unknown as FirefoxFrame).browsingContext;
  }

  async #goes(going: Promise<void>, where: string): Promise<void> {
    await inTime(going, () => `never arrived at ${where} from ${this.#page.url()}`);
  }

  protected async run(expression: string): Promise<string> {
    return this.#runIn(this.#page.mainFrame(), expression);
  }

  protected async raise(): Promise<void> {
    await this.#page.bringToFront();
  }

  protected async frames(): Promise<readonly Frame[]> {
    return this.#page.frames().map((frame) => ({
      run: (expression) => this.#runIn(frame, expression),
      url: async () => frame.url(),
      offset: () => offsetOf(frame),
    }));
  }

  protected async pressAt({ x, y }: Point): Promise<void> {
    await this.#page.mouse.click(x, y);
  }

  protected async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }
}

async function offsetOf(frame: DrivenFrame): Promise<Point> {
  let [x, y] = [0, 0];
  for (let inner: DrivenFrame | null = frame; inner?.parentFrame(); inner = inner.parentFrame()) {
    const element = await inner.frameElement();
    const inset = await element?.evaluate((frame) => {
      const box = frame.getBoundingClientRect();
      return { x: box.x + frame.clientLeft, y: box.y + frame.clientTop };
    });
    x += inset?.x ?? 0;
    y += inset?.y ?? 0;
  }
  return { x: Math.round(x), y: Math.round(y) };
}
