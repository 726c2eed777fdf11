import type { Sandbox } from '../../src/sandbox/index.js';
import type { Profile, Tab } from '../browsers/engine.js';
import { patienceMs, until } from '../browsers/waiting.js';
import { agreeIn } from './agreeing.js';
import { fits, type Heard } from './heard.js';
import type { Host } from './host.js';

export type Attributes = Readonly<Record<string, string | true>>;

/** What the recorder of the host's page leaves there. */
type Page = typeof globalThis & { heard?: Heard[]; opened?: Window[] };

/** Runs in the page: whether a visible element of any open tree has these words in it. */
function isShown(text: string): boolean {
  const roots: (Document | ShadowRoot)[] = [document];
  for (const root of roots)
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      if (element.shadowRoot) roots.push(element.shadowRoot);
      if (element.textContent.includes(text) && element.checkVisibility()) return true;
    }
  return false;
}

/** One visitor with a browser profile of their own. Everything their consoles say is kept. */
export class Visitor {
  readonly #host: Host;
  readonly #sandbox: Sandbox;
  readonly #profile: Profile;
  readonly #expected: string[] = [];
  readonly #forgiven: RegExp[] = [];
  #page: Tab | undefined;

  constructor({ host, sandbox, profile }: { host: Host; sandbox: Sandbox; profile: Profile }) {
    this.#host = host;
    this.#sandbox = sandbox;
    this.#profile = profile;
  }

  /** The host's page, where nothing else is said. */
  get page(): Tab {
    if (!this.#page) throw new Error('the visitor has not arrived');
    return this.#page;
  }

  set page(page: Tab) {
    this.#page = page;
  }

  /** Opens the host's page with the tag as a host would write it. */
  async visit(attributes: Attributes = {}, path = '/'): Promise<void> {
    const ofSweatstack: Attributes = { 'client-id': 'demo-client', 'base-url': this.#sandbox.sweatstack, 'redirect-uri': '/wearable-callback.html' };
    const all: Attributes = 'platform' in attributes ? attributes : { ...ofSweatstack, ...attributes };
    const tag = Object.entries(all).map(([name, value]) => (value === true ? name : `${name}="${value}"`)).join(' ');
    this.#host.serve(new URL(path, this.#host.origin).pathname, `<wearable-connect ${tag}></wearable-connect>`);
    if (this.#page) await this.#page.goto(this.#host.origin + path);
    else this.#page = await this.#profile.open(this.#host.origin + path);
  }

  /** Clicks what a visitor would call by this name, in the widget or on a page of the platform. */
  async click(name: string, page = this.page): Promise<void> {
    await page.click(name);
  }

  async clickLast(name: string): Promise<void> {
    await this.page.click(name, 'last');
  }

  async type(label: string, text: string, page: Tab): Promise<void> {
    await page.fill(label, text);
  }

  /** Does something that opens a window, and gives that window. */
  async opens(act: () => Promise<unknown>): Promise<Tab> {
    return this.#profile.opens(act).catch(async (error: unknown) => {
      const [phase, words] = await this.page.evaluate(() => {
        const widget = document.querySelector('wearable-connect');
        return [widget?.phase, widget?.shadowRoot?.textContent.replace(/\s+/g, ' ')];
      });
      throw new Error(`${String(error)}; the widget is ${phase} and says “${words}”`, { cause: error });
    });
  }

  /**
   * Does something that opens a window which goes by itself, perhaps before anybody could look into it: the page knows.
   * `meanwhile` is done again and again until then. It may lead past several pages, each with the patience of one.
   */
  async passesThrough(act: () => Promise<unknown>, meanwhile = async (): Promise<void> => {}): Promise<void> {
    const windows = (): boolean[] => ((globalThis as Page).opened ?? []).map(({ closed }) => closed);
    const before = (await this.page.evaluate(windows)).length;
    await act();
    await until(
      async () => {
        if ((await this.page.evaluate(windows))[before]) return true;
        await meanwhile();
        return false;
      },
      async (problem) => `no window came and went; closed are [${String(await this.page.evaluate(windows))}]; open are ${await this.#addresses()}; at last ${String(problem)}`,
      4 * patienceMs,
    );
  }

  async heard(): Promise<Heard[]> {
    return this.page.evaluate(() => (globalThis as Page).heard ?? []);
  }

  /** Waits until an event has been heard; gives the last of its name. */
  async hears(name: string, wanted: Record<string, unknown> = {}): Promise<Heard> {
    return this.#hearsOne((event) => fits(event, name, wanted), `never heard wearable-${name} ${JSON.stringify(wanted)}`);
  }

  async hearsConnections(count: number): Promise<Heard> {
    return this.#hearsOne(({ name, connections }) => name === 'connections' && (connections as unknown[]).length === count, `never heard of ${count} connections`);
  }

  async #hearsOne(isIt: (event: Heard) => boolean, otherwise: string): Promise<Heard> {
    return until(
      async () => (await this.heard()).filter(isIt).at(-1),
      async () => `${otherwise}; heard ${JSON.stringify(await this.heard(), null, 1)}; console ${this.#console().join('\n')}`,
    );
  }

  /** Waits until a phase has been reached, also where nobody listened in time. */
  async hearsPhase(phase: string): Promise<void> {
    const now = (): string | undefined => document.querySelector('wearable-connect')?.phase;
    await until(
      async () => (await this.page.evaluate(now)) === phase,
      async () => `the widget is ${await this.page.evaluate(now)}, not ${phase}`,
    );
  }

  /** Waits until this can be read. */
  async sees(text: string, page = this.page): Promise<void> {
    await until(
      () => page.evaluate(isShown, text),
      async () => `nowhere to read: “${text}” at ${await page.url()}`,
    );
  }

  async noLongerSees(text: string, page = this.page): Promise<void> {
    await until(
      async () => !(await page.evaluate(isShown, text)),
      async () => `still to be read: “${text}” at ${await page.url()}`,
    );
  }

  async call<T>(method: string, ...parameters: unknown[]): Promise<T> {
    return this.page.evaluate(
      (method, parameters) => (document.querySelector('wearable-connect') as unknown as Record<string, (...all: unknown[]) => T>)[method]?.(...parameters) as T,
      method,
      parameters,
    );
  }

  /** The wearable's own two pages: who you are, and whether it may share. Ends back at the platform. */
  async signInAtWearable(window: Tab): Promise<void> {
    await this.click('Sign in', window);
    await this.click('Allow', window);
    await this.reaches(window, /^sweatstack\./);
  }

  /** Waits until the window is at a site. */
  async reaches(window: Tab, site: RegExp): Promise<void> {
    await until(
      async () => site.test(new URL(await window.url()).hostname),
      async () => `the window is at ${await window.url()}, not at ${String(site)}`,
    );
  }

  /** The whole way, past whatever pages the platform still needs, for journeys that begin afterwards. */
  async connects(source: string): Promise<void> {
    await this.passesThroughAgreeing(() => this.click(source));
    await this.hears('change', { phase: 'connected' });
  }

  /** The window goes by itself, once everything it asks has been agreed to. */
  async passesThroughAgreeing(act: () => Promise<unknown>): Promise<void> {
    await this.passesThrough(act, async () => agreeIn(await this.#profile.tabs()));
  }

  /** Does something after which the window is gone, by itself. */
  async closes(window: Tab, act: () => Promise<unknown>): Promise<void> {
    await act();
    await until(
      () => window.isClosed(),
      async () => `the window stayed open at ${await window.url()}`,
    );
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
  async closesWindow(window: Tab): Promise<void> {
    await window.close();
  }

  /** Starts a sign-in as a page does that does not wait for a click, once there is something to choose. */
  async withoutClick(source: string): Promise<void> {
    await this.hearsPhase('choosing');
    await this.page.evaluate((source) => void document.querySelector('wearable-connect')?.connect(source), source);
  }

  async opensTab(url: string): Promise<Tab> {
    return this.#profile.open(url);
  }

  /** Waits for a line on the console that was expected; gives how many there are. */
  async reads(pattern: RegExp): Promise<number> {
    await until(
      () => this.#console().some((line) => pattern.test(line)),
      () => `the console never said ${String(pattern)}, but ${this.#console().join('\n')}`,
    );
    const lines = this.#console().filter((line) => pattern.test(line));
    this.#expected.push(...lines);
    return lines.length;
  }

  /** Expects what the console may say, now or later: of requests that failed Chromium tells, when it gets to it, and the others do not. */
  forgives(pattern: RegExp): void {
    this.#forgiven.push(pattern);
  }

  /** No journey may leave a word on a console that was not expected. */
  async leaveQuietly(): Promise<void> {
    await this.#profile.close();
    const lines = this.#console();
    if (lines.length) throw new Error(`the console is not quiet:\n${lines.join('\n')}`);
  }

  async #addresses(): Promise<string> {
    return (await Promise.all((await this.#profile.tabs()).map((tab) => tab.url().catch(() => 'one that has gone')))).join(', ');
  }

  #console(): string[] {
    const struck = [...this.#expected];
    return [...this.#profile.console, ...this.#host.said].filter((line) => {
      const at = struck.indexOf(line);
      if (at >= 0) struck.splice(at, 1);
      return at < 0 && !this.#forgiven.some((pattern) => pattern.test(line));
    });
  }
}
