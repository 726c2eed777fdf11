import { writeFile } from 'node:fs/promises';
import type { Point } from './in-page.js';
import { DrivenTab, type Frame, PageError } from './tab.js';
import { until } from './waiting.js';
import type { Session } from './webdriver.js';

/** WebDriver 17.4.2: the private-use characters that stand for keys. */
const keys = { Tab: '\uE004', Enter: '\uE007', Escape: '\uE00C', Space: ' ' } as const;

const script = (expression: string): object => ({
  script: `const done = arguments[arguments.length - 1]; (${expression}).then((json) => done({ json }), (error) => done({ error: String(error && error.stack ? error + '\\n' + error.stack : error) }));`,
  args: [],
});

const answer = ({ json, error }: { json?: string; error?: string }): string => {
  if (json === undefined) throw new PageError(error ?? 'no answer');
  return json;
};

export class WebKitTab extends DrivenTab {
  readonly #session: Session;
  readonly #handle: string;

  constructor(session: Session, handle: string) {
    super();
    this.#session = session;
    this.#handle = handle;
  }

  url(): Promise<string> {
    return this.#session.get(this.#handle, '/url');
  }

  async goto(url: string): Promise<void> {
    await this.#session.post(this.#handle, '/url', { url });
  }

  async reload(): Promise<void> {
    await this.#session.post(this.#handle, '/refresh');
  }

  async traverse(by: 1 | -1): Promise<void> {
    await this.#session.post(this.#handle, by === 1 ? '/forward' : '/back');
  }

  async press(key: keyof typeof keys): Promise<void> {
    await this.type(keys[key]);
  }

  async close(): Promise<void> {
    await this.#session.delete(this.#handle, '/window');
    await until(
      () => this.isClosed(),
      () => 'the window did not close',
    );
  }

  async isClosed(): Promise<boolean> {
    return !(await this.#session.handles()).includes(this.#handle);
  }

  async screenshot(file: string): Promise<void> {
    await writeFile(file, Buffer.from(await this.#session.get<string>(this.#handle, '/screenshot'), 'base64'));
  }

  protected async run(expression: string): Promise<string> {
    return answer(await this.#session.post(this.#handle, '/execute/async', script(expression)));
  }

  /** The driver cannot raise a window, but it takes one out of the task bar; so the page is hidden for a moment. */
  protected async raise(): Promise<void> {
    const place = await this.#session.get<object>(this.#handle, '/window/rect');
    await this.#session.post(this.#handle, '/window/minimize');
    await this.#session.post(this.#handle, '/window/rect', place);
  }

  /** The page and the frames it shows itself; what those contain in turn nobody has needed yet. */
  protected async frames(): Promise<readonly Frame[]> {
    const inside = await this.#session.post<{ frame: object; url: string; x: number; y: number }[]>(this.#handle, '/execute/sync', {
      script: `return [...document.querySelectorAll('iframe')].map((frame) => {
        const box = frame.getBoundingClientRect();
        return { frame, x: Math.round(box.x + frame.clientLeft), y: Math.round(box.y + frame.clientTop) };
      });`,
      args: [],
    });
    return [
      { run: (expression) => this.run(expression), url: () => this.url(), offset: async () => ({ x: 0, y: 0 }) },
      ...inside.map(({ frame, x, y }): Frame => {
        const run = async (expression: string): Promise<string> => answer(await this.#session.postInFrame(this.#handle, frame, '/execute/async', script(expression)));
        return {
          run,
          url: async () => (JSON.parse(await run('(async () => JSON.stringify(location.href))()')) as string),
          offset: async () => ({ x, y }),
        };
      }),
    ];
  }

  async pressAt({ x, y }: Point): Promise<void> {
    const pointer = [
      { type: 'pointerMove', x, y, origin: 'viewport' },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    await this.#session.post(this.#handle, '/actions', { actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions: pointer }] });
  }

  protected async type(text: string): Promise<void> {
    const strokes = [...text].flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }]);
    await this.#session.post(this.#handle, '/actions', { actions: [{ type: 'key', id: 'keyboard', actions: strokes }] });
  }
}
