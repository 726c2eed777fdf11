import type { Tab } from './engine.js';
import { focusField, type Point, pointOfAction } from './in-page.js';
import { until } from './waiting.js';

/** What went wrong inside the page, as against a page that could not be asked. */
export class PageError extends Error {}

type Run<Result, Given extends readonly unknown[]> = (...given: Given) => Result | Promise<Result>;

/**
 * A function as an expression for any driver: a promise of JSON. `__name` is what esbuild, inside tsx, wraps around
 * functions to keep their names; the page knows nothing of it.
 */
function expressionOf(run: (...given: never[]) => unknown, given: readonly unknown[]): string {
  const parameters = given.map((value) => JSON.stringify(value) ?? 'undefined').join(', ');
  return `(async (__name) => JSON.stringify({ value: await (${String(run)})(${parameters}) }))((named) => named)`;
}

export interface Frame {
  /** Gives what the expression promises, a string. Never counts as a click; throws PageError for what the page threw. */
  run(expression: string): Promise<string>;
  url(): Promise<string>;
  /** Where the frame's viewport begins in that of the tab. */
  offset(): Promise<Point>;
}

async function inFrame<Result, Given extends readonly unknown[]>(frame: Pick<Frame, 'run'>, run: Run<Result, Given>, given: Given): Promise<Result> {
  return (JSON.parse(await frame.run(expressionOf(run, given))) as { value: Result }).value;
}

/** A tab by the little that drivers differ in. */
export abstract class DrivenTab implements Tab {
  abstract url(): Promise<string>;
  abstract goto(url: string): Promise<void>;
  abstract reload(): Promise<void>;
  abstract traverse(by: 1 | -1): Promise<void>;
  abstract press(key: 'Tab' | 'Enter' | 'Escape' | 'Space'): Promise<void>;
  abstract close(): Promise<void>;
  abstract isClosed(): Promise<boolean>;
  abstract screenshot(file: string): Promise<void>;

  async heap(): Promise<number | null> {
    return null;
  }

  /** The page first, then the frames in it. */
  protected abstract frames(): Promise<readonly Frame[]>;
  protected abstract run(expression: string): Promise<string>;
  /** Tells the browser to raise this window; whether it has done so is seen in the page. */
  protected abstract raise(): Promise<void>;
  protected abstract pressAt(point: Point): Promise<void>;
  protected abstract type(text: string): Promise<void>;

  async evaluate<Result, Given extends readonly unknown[]>(run: Run<Result, Given>, ...given: Given): Promise<Result> {
    return inFrame({ run: (expression) => this.run(expression) }, run, given);
  }

  async evaluateInFrame<Result, Given extends readonly unknown[]>(address: string, run: Run<Result, Given>, ...given: Given): Promise<Result> {
    const frame = await until(
      async () => {
        for (const frame of (await this.frames()).slice(1)) if ((await frame.url()).startsWith(address)) return frame;
        return undefined;
      },
      async () => `no frame at ${address} in ${await this.#whereabouts()}`,
    );
    return inFrame(frame, run, given);
  }

  async click(name: string, which: 'first' | 'last' = 'first'): Promise<void> {
    // Drivers click into windows that lie behind others; a visitor's click brings them to the front. That comes first: a
    // page may well look different once it has the focus.
    await this.front();
    let seen: string | null = null;
    let before: Point | undefined;
    const point = await until(
      async () => {
        if (await this.isClosed()) return 'gone';
        const found = await this.#find(name, which === 'last');
        seen = typeof found === 'string' ? found : null;
        const now = typeof found === 'string' ? null : found;
        // What still moves is not clicked: it must be found twice at the same place.
        const settled = now !== null && now.x === before?.x && now.y === before.y;
        before = now ?? undefined;
        return settled ? now : undefined;
      },
      async () => `${seen ?? `nothing called “${name}” to click`} at ${await this.#whereabouts()}`,
    );
    if (point === 'gone') throw new Error(`the window closed before “${name}” could be clicked`);
    // A click may close the very window that it is made in, before the driver has said that it is done; and a driver can
    // hear that the click has nowhere to go before it hears that the window has gone.
    await this.pressAt(point).catch((error: unknown) =>
      until(
        () => this.isClosed(),
        async () => `“${name}” at ${await this.#whereabouts()} was not clicked: ${String(error)}`,
      ),
    );
  }

  /** The window manager takes its time, and one that is busy drops a wish: it is made again until the page has the focus. */
  async front(): Promise<void> {
    let wishes = 0;
    const now = await until(
      async () => {
        if (await this.isClosed()) return 'gone';
        if (await this.evaluate(() => document.hasFocus())) return 'in front';
        if (wishes++ % 20 === 0) await this.raise();
        return false;
      },
      async () => `${await this.#whereabouts()} could not be brought to the front`,
    );
    if (now === 'gone') throw new Error('the window closed before it could be brought to the front');
  }

  async fill(label: string, text: string): Promise<void> {
    await this.front();
    await until(
      async () => {
        for (const frame of await this.frames()) if (await inFrame(frame, focusField, [label])) return true;
        return false;
      },
      async () => `no field called “${label}” at ${await this.#whereabouts()}`,
    );
    await this.type(text);
  }

  async #find(name: string, last: boolean): Promise<Point | string | null> {
    let covered: string | null = null;
    for (const frame of await this.frames()) {
      const found = await inFrame(frame, pointOfAction, [name, last]);
      if (typeof found === 'string') covered = found;
      else if (found) {
        const { x, y } = await frame.offset();
        return { x: found.x + x, y: found.y + y };
      }
    }
    return covered;
  }

  async #whereabouts(): Promise<string> {
    return this.url().catch(() => 'a window that has gone');
  }
}
