/** One tab with the host's page, and everything that is around it: its windows, its clock, what has been heard there so far. */
import type { Profile, Tab } from '../browsers/engine.js';
import type { PageFault } from './fault.js';
import type { Entry, PageWithLedger, Sight } from './ledger.js';
import type { Random } from './random.js';
import type { World } from './world.js';

export interface Look {
  readonly phases: readonly string[];
  readonly buttons: readonly string[];
}

export class Scene {
  readonly world: World;
  readonly page: PageFault;
  /** What the tab is at; and the host's page, which may be in a frame there. */
  readonly address: string;
  readonly hostPage: string;
  readonly entries: Entry[] = [];
  readonly sights: Sight[] = [];
  /** What was done, for whoever reads of a violation. */
  readonly log: string[] = [];
  /** Other tabs of the visitor's own: not windows that somebody has to answer in. */
  readonly others = new Set<Tab>();
  random: Random;
  readonly tab: Tab;
  readonly #frame: string | undefined;

  constructor(world: World, tab: Tab, page: PageFault, { address, hostPage }: { address: string; hostPage: string }, random: Random) {
    this.world = world;
    this.tab = tab;
    this.page = page;
    this.address = address;
    this.hostPage = hostPage;
    this.random = random;
    this.#frame = address === hostPage ? undefined : hostPage;
  }

  get profile(): Profile {
    return this.world.profile;
  }

  note(what: string): void {
    this.log.push(`${(performance.now() / 1000).toFixed(1)} s: ${what}`);
    if (this.world.isTalkative) console.log(this.log.at(-1));
  }

  /** What is connected here. */
  get source(): { readonly id: string; readonly name: string } {
    return this.page.isClub ? { id: 'strava', name: 'Strava' } : { id: 'garmin_connect', name: 'Garmin Connect' };
  }

  /** Runs where the widget is. */
  run<Result, Given extends readonly unknown[]>(act: (...given: Given) => Result | Promise<Result>, ...given: Given): Promise<Result> {
    return this.#frame === undefined ? this.tab.evaluate(act, ...given) : this.tab.evaluateInFrame(this.#frame, act, ...given);
  }

  /** What the widget shows; null while there is none. */
  async look(): Promise<Look | null> {
    // A frame is waited for; a page that is elsewhere has none.
    if (!(await this.isHere())) return null;
    return this.run(() => {
      const widgets = [...document.querySelectorAll('wearable-connect')];
      if (widgets.length === 0 || !('ledger' in globalThis) || !widgets[0]?.shadowRoot) return null;
      const buttons = widgets.flatMap(({ shadowRoot }) => [...(shadowRoot?.querySelectorAll<HTMLElement>('button') ?? [])]).filter((button) => button.checkVisibility() && !button.matches(':disabled'));
      return { phases: widgets.map(({ phase }) => String(phase)), buttons: buttons.map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim()) };
    }).catch(() => null);
  }

  /** Whether the tab is at the host's page, and not on its way through the platform. */
  async isHere(): Promise<boolean> {
    return (await this.tab.url()).split(/[?#]/)[0] === this.address;
  }

  /** Windows at the platform or at a wearable's, or on their way; the page itself, where it went there itself. */
  async windows(): Promise<Tab[]> {
    const isHere = await this.isHere();
    return (await this.profile.tabs()).filter((tab) => !this.others.has(tab) && (tab !== this.tab || !isHere));
  }

  /** Takes over what pages have written down. */
  async collect(): Promise<void> {
    const told = (await this.isHere()) ? await this.run(() => (globalThis as PageWithLedger).ledger.drain()).catch(() => null) : null;
    for (const { entries, sights } of [this.world.ledgerSite.drain(), told ?? { entries: [], sights: [] }]) {
      this.entries.push(...entries);
      this.sights.push(...sights);
    }
  }

  /** So much time passes at once: for the platform, for this page, and for every page of the host's in another tab. */
  async skip(ms: number): Promise<void> {
    this.note(`${Math.round(ms / 1000)} seconds pass`);
    const all = this.world.skip(ms);
    // By how much altogether: a page that is just loading may know already.
    const leap = (all: number): void => (globalThis as Partial<PageWithLedger>).ledger?.until(all);
    for (const tab of await this.profile.tabs()) if (tab !== this.tab) await tab.evaluate(leap, all).catch(() => {});
    if (await this.isHere()) await this.run(leap, all).catch(() => {});
  }

  /** What the attempt that runs has asked to be told; “unknown” where it could be kept nowhere. */
  async pendingNonce(): Promise<string> {
    return this.run(() => {
      const key = Object.keys(sessionStorage).filter((key) => key.startsWith('wc1:p:')).at(-1);
      return (JSON.parse(sessionStorage.getItem(key ?? '') ?? '{}') as { nonce?: string }).nonce ?? 'unknown';
    }).catch(() => 'unknown');
  }

  /** A real click on what has this name, in the widget or beside it. */
  async clicks(name: string, tab = this.tab): Promise<void> {
    this.note(`clicks “${name}”`);
    await tab.click(name);
  }

  /** Opens a tab of the visitor's own, in which nobody has to answer. */
  async opensOther(url: string): Promise<Tab> {
    const tab = await this.profile.open(url);
    this.others.add(tab);
    return tab;
  }

  async closes(tab: Tab): Promise<void> {
    await tab.close().catch(() => {});
    this.others.delete(tab);
  }
}
