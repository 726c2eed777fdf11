/**
 * One attempt as its script has it. Nobody waits for a moment of time: the visitor looks, does what there is to be done, and
 * has enough after so many looks without anything. Whatever they do is allowed; what is held to the contract is what they hear.
 */
import type { Tab } from '../browsers/engine.js';
import { labelOf, type Fault, type Moment } from './fault.js';
import type { Entry, PageWithLedger } from './ledger.js';
import { mustConnect, type AttemptPlan, type GiveUp } from './plan.js';
import { endingsOf, openAttempts } from './rules.js';
import type { Look, Scene } from './scene.js';

const lookEveryMs = 40;
/** Longer than anything takes on a machine that is busy with other things. */
export const patienceMs = 90_000;
/** An attempt begins while the click is still being handled: that a page which has answered so often shows none is no delay. */
const looksForAnAttempt = 100;

const atRest = ['choosing', 'syncing', 'connected', 'failed'];

/** Runs in a window: what can be said there, once. A page that has been answered is on its way out. */
function asked(answer: string): string | null {
  const page = globalThis as typeof globalThis & { answered?: true };
  const names = [...document.querySelectorAll('button')].map(({ textContent }) => textContent.trim());
  const wanted = answer === 'deny' && names.includes('Deny') ? 'Deny' : names.find((name) => /^(Sign in|Allow|Continue as .*)$/.test(name));
  if (!wanted || page.answered) return null;
  page.answered = true;
  return wanted;
}

export class Attempt {
  readonly #scene: Scene;
  readonly #plan: AttemptPlan;
  readonly #acted: (fault: Fault) => void;
  readonly #done = new Set<object>();
  readonly #ways: GiveUp[];
  readonly #before: number;
  readonly #known: ReadonlySet<unknown>;
  #hasRetried = false;
  #hasBegun = false;
  #hasGivenUp = false;
  #idle = 0;
  #looksAfterwards = 0;

  /** `acted` is told of each fault once it has been played. */
  constructor(scene: Scene, plan: AttemptPlan, acted: (fault: Fault) => void) {
    this.#scene = scene;
    this.#plan = plan;
    this.#acted = acted;
    this.#ways = [...plan.giveUp];
    this.#before = scene.entries.length;
    this.#known = new Set(scene.entries.map(({ attempt }) => attempt));
  }

  /** Plays it until every attempt in it has ended, and gives what it did not come to. Throws where it never ends. */
  async play(): Promise<string[]> {
    const scene = this.#scene;
    const { sandbox } = scene.world.sites;
    const lastBefore = sandbox.requests.at(-1);
    for (const account of sandbox.accounts) {
      account.apps = {};
      if (!this.#plan.isKnown) account.connections = [];
    }
    for (const { set } of this.#plan.platform) sandbox.setFaults(set);
    await this.#until('nothing to choose from', async (look) => atRest.includes(look?.phases[0] ?? ''));
    await this.#disturbs('before');
    await this.#begins();
    await this.#until('the attempt never ended', (look) => this.#goesOn(look));
    // Nobody meets a platform that is broken without asking it for something.
    if (sandbox.requests.at(-1) !== lastBefore) for (const fault of this.#plan.platform) if (!fault.known) this.#acted(fault);
    return this.#shortfall();
  }

  #shortfall(): string[] {
    const { page } = this.#scene;
    if (!this.#hasBegun) return page.isUnable ? [] : [`${this.#plan.begin === 'call' ? 'connect()' : 'the click'} led to no attempt`];
    const ends = endingsOf(this.#heard());
    return !mustConnect(this.#plan) || this.#hasGivenUp || ends.includes('connected') ? [] : [`nothing stood in its way, and it did not connect: ${ends.join(', ') || 'no end was heard'}`];
  }

  /** What has been heard since it was begun to be played. */
  #heard(): Entry[] {
    return this.#scene.entries.slice(this.#before);
  }

  async #until(what: string, step: (look: Look | null) => Promise<boolean>): Promise<void> {
    const end = performance.now() + patienceMs;
    let look: Look | null = null;
    let trouble: unknown;
    for (;;) {
      try {
        await this.#scene.collect();
        look = await this.#scene.look();
        if (await step(look)) return;
        trouble = undefined;
      } catch (thrown) {
        // A window that went, a page on its way: looked at again.
        if (String(thrown) !== String(trouble)) this.#scene.note(`(${String(thrown).split('\n')[0]})`);
        trouble = thrown;
      }
      if (performance.now() > end) throw new Error(`${what}; the widget shows ${JSON.stringify(look)}`, { cause: trouble });
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
  }

  async #begins(): Promise<void> {
    const scene = this.#scene;
    const { begin } = this.#plan;
    if (begin === 'call') {
      scene.note('connect() without a click');
      await scene.run((source) => void document.querySelector('wearable-connect')?.connect(source), scene.source.id);
    } else if (begin === 'signal') await scene.clicks('Go');
    else if (!scene.page.isUnable) await scene.clicks(scene.source.name);
  }

  /** One look, and what follows from it; true once everything has ended. */
  async #goesOn(look: Look | null): Promise<boolean> {
    const scene = this.#scene;
    const open = openAttempts(scene.entries);
    this.#hasBegun ||= open.length > 0 || this.#heard().some(({ attempt }) => attempt !== undefined && !this.#known.has(attempt));
    if (open.length > 0 && (await this.#disturbs('opened'))) return false;
    if (await this.#answers()) {
      this.#idle = 0;
      return false;
    }
    const isOver = look?.phases.every((phase) => atRest.includes(phase)) === true && open.length === 0;
    if (isOver) {
      if (look.phases.some((phase) => phase === 'syncing' || phase === 'connected') && (await this.#disturbs('usable'))) return false;
      if (await this.#retries(look)) return false;
      return this.#hasBegun || ++this.#looksAfterwards > looksForAnAttempt;
    }
    if (++this.#idle > (this.#plan.patience ?? Infinity)) {
      this.#idle = 0;
      await this.#givesUp(look);
    }
    return false;
  }

  async #disturbs(moment: Moment): Promise<boolean> {
    let isDone = false;
    for (const visit of this.#plan.visits) {
      if (visit.at !== moment || this.#done.has(visit)) continue;
      this.#done.add(visit);
      if (!(await this.#scene.isHere())) continue;
      this.#scene.note(labelOf(visit.fault));
      isDone = true;
      if ((await visit.fault.act(this.#scene)) !== false) this.#acted(visit.fault);
    }
    return isDone;
  }

  async #answers(): Promise<boolean> {
    const scene = this.#scene;
    for (const window of await scene.windows()) {
      // Asked before it is answered: the question may be the last moment at which the attempt can be known.
      if (!(await this.#isAsked(window))) continue;
      for (const fault of this.#plan.platform)
        if (fault.known && !this.#done.has(fault)) {
          this.#done.add(fault);
          this.#scene.world.sites.sandbox.setFaults(await fault.known(this.#scene));
          this.#acted(fault);
        }
      if (await this.#disturbs('platform')) return true;
      const name = await window.evaluate(asked, this.#plan.answer);
      if (name === null) continue;
      this.#scene.note(`“${name}” at ${new URL(await window.url()).hostname}`);
      const isLast = (await window.url()).includes('/consent') || (scene.page.isClub && name !== 'Sign in');
      await window.click(name);
      if (isLast) await this.#disturbs('answered');
      return true;
    }
    return false;
  }

  async #isAsked(window: Tab): Promise<boolean> {
    return window.evaluate(() => !('answered' in globalThis) && [...document.querySelectorAll('button')].some(({ textContent }) => /^(Sign in|Allow|Continue as)/.test(textContent.trim()))).catch(() => false);
  }

  async #retries(look: Look): Promise<boolean> {
    const name = look.buttons.find((name) => /^(Try again|Sign in again)/.test(name));
    if (!this.#plan.retries || this.#hasRetried || !name || !look.phases.includes('failed')) return false;
    this.#hasRetried = true;
    this.#scene.world.sites.sandbox.clearFaults();
    await this.#scene.clicks(name);
    this.#idle = 0;
    return true;
  }

  async #givesUp(look: Look | null): Promise<void> {
    const scene = this.#scene;
    const way = this.#ways.shift() ?? 'reset';
    this.#hasGivenUp = true;
    scene.note(`gives up: ${way}`);
    const again = look?.buttons.find((name) => /^(Try again|Open it again|Continue in this tab|Show the window)/.test(name));
    if (!(await scene.isHere())) return void (await scene.tab.goto(scene.address));
    if (way === 'time') await scene.skip(10 * 60_000 + 1000);
    else if (way === 'again') {
      await scene.run(() => (globalThis as PageWithLedger).ledger.windows('open'));
      if (again) await scene.clicks(again);
    } else if (way === 'close') for (const window of await scene.windows()) await scene.closes(window);
    else if (way === 'cancel' && look?.buttons.includes('Cancel')) await scene.clicks('Cancel');
    else if (way === 'method') await scene.run(() => document.querySelectorAll('wearable-connect').forEach((widget) => widget.back()));
    else if (way === 'abort') await scene.run(() => (globalThis as PageWithLedger).controller?.abort());
    else if (way === 'reset') await scene.run(() => document.querySelectorAll('wearable-connect').forEach((widget) => widget.reset()));
  }
}
