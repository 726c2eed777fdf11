/** The stories of the static Storybook, and how one is opened by itself, as its own page shows it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sheet } from './pages.js';

export interface Entry {
  readonly id: string;
  readonly title: string;
  readonly name: string;
  readonly type: 'story' | 'docs';
  readonly tags: readonly string[];
}

export const entriesOf = (folder: string): Entry[] =>
  Object.values((JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as { entries: Record<string, Entry> }).entries);

interface Finish {
  readonly status: string;
  readonly said: string;
}

/** Storybook's own word for it: the story was rendered and its play function has ended, well or not. Runs in the page, before all else. */
const listen = (): void => {
  const heard = window as unknown as { storyFinish?: Promise<Finish>; storyActions: string[] };
  heard.storyActions = [];
  const told: string[] = [];
  let finish = (_finish: Finish): void => {};
  heard.storyFinish = new Promise((resolve) => (finish = resolve));
  let channel: { on(name: string, hear: (detail: unknown) => void): void } | undefined;
  Object.defineProperty(window, '__STORYBOOK_ADDONS_CHANNEL__', {
    configurable: true,
    get: () => channel,
    set(given: NonNullable<typeof channel>) {
      channel = given;
      const say = (detail: unknown): void => {
        const { message, title, description, stack } = (detail ?? {}) as Record<string, string | undefined>;
        told.push(stack ?? message ?? [title, description].filter(Boolean).join(': '));
      };
      for (const name of ['playFunctionThrewException', 'storyThrewException', 'storyErrored', 'storyMissing']) given.on(name, say);
      given.on('unhandledErrorsWhilePlaying', (errors) => (errors as unknown[]).forEach(say));
      given.on('storybook/actions/action-event', (action) => heard.storyActions.push(JSON.stringify(action)));
      given.on('storyFinished', (detail) => finish({ status: (detail as { status: string }).status, said: told.join('\n') }));
      given.on('storyMissing', () => finish({ status: 'missing', said: told.join('\n') }));
      given.on('docsRendered', () => finish({ status: 'success', said: told.join('\n') }));
    },
  });
};

/** What the story that is shown has put into the Actions panel. */
export const actionsOf = ({ page }: Sheet): Promise<readonly string[]> => page.evaluate(() => (window as unknown as { storyActions: string[] }).storyActions);

const prepared = new WeakSet<Sheet>();

/** Opens a story and waits for its end. Throws what went wrong, in Storybook's words and the console's. */
export async function show(url: string, { id, type, tags }: Pick<Entry, 'id' | 'type' | 'tags'>, sheet: Sheet, globals: Readonly<Record<string, string>> = {}): Promise<void> {
  const { page, problems } = sheet;
  if (!prepared.has(sheet)) {
    prepared.add(sheet);
    await page.evaluateOnNewDocument(`((__name) => (${String(listen)})())((named) => named)`); // What esbuild, inside tsx, wraps around functions.
  }
  await page.goto('about:blank'); // Whatever the story before still had to say is said.
  problems.length = 0;
  // Its accessibility panel asks by itself after each story: here that is asked for below, and once is enough.
  const wanted = Object.entries({ 'a11y.manual': '!true', ...globals }).map(([name, value]) => `${name}:${value}`).join(';');
  const answer = await page.goto(`${url}iframe.html?id=${id}&viewMode=${type}&globals=${wanted}`, { waitUntil: 'load' });
  if (!answer?.ok()) throw new Error(`${url} has no page to show a story in (${answer?.status() ?? 'no answer'}): was the static Storybook built?`);
  const limit = 15_000;
  const finish = await page.evaluate(async (patience) => {
    const late = new Promise<Finish>((resolve) => setTimeout(resolve, patience, { status: 'late', said: `nothing after ${patience} ms` }));
    return Promise.race([(window as unknown as { storyFinish: Promise<Finish> }).storyFinish, late]);
  }, limit);
  // A wrong set-up is told to the developer; the story that is about it says so, and a page of stories may hold it.
  const expected = type === 'docs' || tags.includes('console-error') ? /^console\.error: <wearable-connect> (misconfigured|unsupported): / : null;
  const wrong = [...(finish.status === 'success' && finish.said === '' ? [] : [`${finish.status}: ${finish.said}`]), ...problems.filter((problem) => !expected?.test(problem))];
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
}
