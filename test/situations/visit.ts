/** One page with the widget on it, as its visitor meets it: what it shows, what the page hears, and the windows it opens. */
import assert from 'node:assert/strict';
import type { Profile, Tab } from '../browsers/engine.js';
import type { WearableConnect } from '../../src/element/wearable-connect.js';

export interface Heard {
  readonly name: string;
  readonly at: number;
  readonly attempt?: string;
  readonly [key: string]: unknown;
}

export interface Look {
  readonly phase: string;
  /** Everything that can be read in the widget. */
  readonly text: string;
}

const patienceMs = 10_000;

/** What the widget says of a window that it cannot see. */
export const lost = 'see the window any more';
export const blocked = 'Your browser blocked the window';

/** Asks again and again, for ten seconds. A page on its way to the next one cannot be asked: then it is asked once more. */
export async function eventually(what: string, holds: () => Promise<boolean>, patience = patienceMs): Promise<void> {
  const end = Date.now() + patience;
  let trouble: unknown;
  for (;;) {
    try {
      if (await holds()) return;
      trouble = undefined;
    } catch (thrown) {
      trouble = thrown;
    }
    if (Date.now() > end) throw new Error(what, { cause: trouble });
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
}

export class Visit {
  readonly #profile: Profile;
  readonly #frame: string | undefined;
  readonly tab: Tab;

  constructor(profile: Profile, tab: Tab, frame?: string) {
    this.#profile = profile;
    this.tab = tab;
    this.#frame = frame;
  }

  /** Opens the page in a tab of its own and waits until there is something to choose. `frame`: where in it the widget is. */
  static async to(profile: Profile, address: string, frame?: string): Promise<Visit> {
    const visit = new Visit(profile, await profile.open(address), frame);
    await visit.reaches('choosing');
    return visit;
  }

  /** Runs where the widget is. */
  run<Result, Given extends readonly unknown[]>(act: (...given: Given) => Result | Promise<Result>, ...given: Given): Promise<Result> {
    return this.#frame === undefined ? this.tab.evaluate(act, ...given) : this.tab.evaluateInFrame(this.#frame, act, ...given);
  }

  heard(): Promise<Heard[]> {
    return this.run(() => (globalThis as unknown as { heard?: Heard[] }).heard ?? []);
  }

  /** Of the one widget there is, or of the one that the page has put aside as `widget`. */
  looks(): Promise<Look> {
    return this.run(() => {
      const { widget = document.querySelector('wearable-connect') } = globalThis as { widget?: WearableConnect | null };
      return { phase: widget?.phase ?? '', text: widget?.shadowRoot?.textContent?.replace(/\s+/g, ' ') ?? '' };
    });
  }

  async #told(): Promise<string> {
    const [heard, looks] = await Promise.all([this.heard(), this.looks()]).catch((thrown: unknown) => [String(thrown), null]);
    return `heard ${JSON.stringify(heard)}; the widget shows ${JSON.stringify(looks)}; the console has ${JSON.stringify(this.#profile.console)}`;
  }

  async #awaits(what: string, holds: () => Promise<boolean>, patience?: number): Promise<void> {
    await eventually(what, holds, patience).catch(async (thrown: unknown) => {
      throw new Error(`${what}; ${await this.#told()}`, { cause: thrown });
    });
  }

  /** Waits until an event has been heard; gives the last of its kind. */
  async hears(name: string, wanted: Readonly<Record<string, unknown>> = {}, patience?: number): Promise<Heard> {
    let found: Heard | undefined;
    const fits = (heard: Heard): boolean => heard.name === name && Object.entries(wanted).every(([key, value]) => heard[key] === value);
    await this.#awaits(`never heard ${name} ${JSON.stringify(wanted)}`, async () => !!(found = (await this.heard()).filter(fits).at(-1)), patience);
    return found as Heard;
  }

  async reaches(phase: string): Promise<void> {
    await this.#awaits(`never ${phase}`, async () => (await this.looks()).phase === phase);
  }

  /** Waits until the widget says so. */
  async reads(words: string): Promise<void> {
    await this.#awaits(`nowhere to read: “${words}”`, async () => (await this.looks()).text.includes(words));
  }

  /** Lets time go by on the page's own clock: where the rule under test is that something does not happen within it. */
  async stays(milliseconds: number): Promise<void> {
    // In slices: no driver waits for ever for a script.
    for (let left = milliseconds; left > 0; left -= 1000) await this.run((slice) => new Promise<void>((resolve) => setTimeout(resolve, slice)), Math.min(left, 1000));
  }

  /** The real click that opens a window, and that window, at the platform's question. */
  async picks(name = 'Garmin Connect', question = ''): Promise<Tab> {
    const window = await this.opens(() => this.tab.click(name));
    await arrivesAt(window, `.localhost`, question);
    return window;
  }

  opens(act: () => Promise<unknown>): Promise<Tab> {
    return this.#profile.opens(act);
  }

  /** Says yes at the platform; the window goes by itself. */
  async allowsIn(window: Tab): Promise<void> {
    await arrivesAt(window, '//sweatstack.', '/consent');
    await window.click('Allow');
    await goes(window);
  }

  /** Everything that a success is, and nothing else: once connected, with one token, and no end of another kind. */
  async isConnected(): Promise<readonly Heard[]> {
    await this.hears('connected');
    const heard = await this.heard();
    const names = heard.map(({ name }) => name);
    for (const once of ['connected', 'tokens']) assert.equal(names.filter((name) => name === once).length, 1, `${once}: ${await this.#told()}`);
    this.#noneOf(heard, ['cancelled', 'error', 'uncaught']);
    assert.match(String(heard.find(({ name }) => name === 'tokens')?.['token']), /^ey/);
    return heard;
  }

  /** Still waiting: the attempt has no end of any kind yet. */
  async isWaiting(): Promise<void> {
    assert.equal((await this.looks()).phase, 'authorizing', await this.#told());
    this.#noneOf(await this.heard(), ['connected', 'cancelled', 'error', 'uncaught']);
  }

  #noneOf(heard: readonly Heard[], names: readonly string[]): void {
    assert.deepEqual(heard.filter(({ name }) => names.includes(name)), []);
  }
}

/** Waits until a window is at an address that has these in it. */
export async function arrivesAt(window: Tab, ...parts: readonly string[]): Promise<void> {
  let url = '';
  await eventually(`the window never got to ${parts.join(' … ')}`, async () => {
    url = await window.url();
    return parts.every((part) => url.includes(part));
  }).catch((thrown: unknown) => {
    throw new Error(`${String(thrown)}; it is at ${url}`, { cause: thrown });
  });
}

export async function goes(window: Tab): Promise<void> {
  await eventually('the window stayed open', () => window.isClosed()).catch(async (thrown: unknown) => {
    throw new Error(`the window stayed open at ${await window.url()}`, { cause: thrown });
  });
}

/** Waits until a page of any site says so, or one of these. */
export async function says(tab: Tab, ...sentences: readonly string[]): Promise<void> {
  await eventually(`the page never said “${sentences.join('” or “')}”`, () => tab.evaluate((sentences) => sentences.some((words) => document.body.innerText.includes(words)), sentences));
}
