/**
 * One attempt as its script has it. Nobody waits for a moment of time: the visitor looks, does what there is to be done, and
 * has enough after so many looks without anything. Whatever they do is allowed; what is held to the contract is what they hear.
 */
import type { Tab } from '../browsers/engine.js';
import { labelOf, type Moment } from './fault.js';
import type { PageWithLedger } from './ledger.js';
import type { AttemptPlan, GiveUp } from './plan.js';
import { openAttempts } from './rules.js';
import type { Look, Scene } from './scene.js';

const lookEveryMs = 40;
/** Longer than anything takes on a machine that is busy with other things. */
export const patienceMs = 90_000;

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
  readonly #done = new Set<object>();
  readonly #ways: GiveUp[];
  #hasRetried = false;
  #hasBegun = false;
  #idle = 0;

  constructor(scene: Scene, plan: AttemptPlan) {
    this.#scene = scene;
    this.#plan = plan;
    this.#ways = [...plan.giveUp];
  }

  /** Plays it until every attempt in it has ended. Throws where that never happens. */
  async play(): Promise<void> {
    const scene = this.#scene;
    const { sandbox } = scene.world.sites;
    for (const account of sandbox.accounts) {
      account.apps = {};
      if (!this.#plan.isKnown) account.connections = [];
    }
    for (const { set } of this.#plan.platform) sandbox.setFaults(set);
    await this.#until('nothing to choose from', async (look) => atRest.includes(look?.phases[0] ?? ''));
    await this.#disturbs('before');
    await this.#begins();
    await this.#until('the attempt never ended', (look) => this.#goesOn(look));
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
    else {
      const look = await scene.look();
      if (look?.buttons.some((name) => name.startsWith(scene.source.name))) await scene.clicks(scene.source.name);
    }
  }

  /** One look, and what follows from it; true once everything has ended. */
  async #goesOn(look: Look | null): Promise<boolean> {
    const scene = this.#scene;
    const open = openAttempts(scene.entries);
    this.#hasBegun ||= open.length > 0 || scene.entries.some(({ attempt }) => attempt !== undefined);
    if (open.length > 0 && (await this.#disturbs('opened'))) return false;
    if (await this.#answers()) {
      this.#idle = 0;
      return false;
    }
    const isOver = look?.phases.every((phase) => atRest.includes(phase)) === true && open.length === 0;
    if (isOver) {
      if (look.phases.some((phase) => phase === 'syncing' || phase === 'connected') && (await this.#disturbs('usable'))) return false;
      if (await this.#retries(look)) return false;
      // A click that led to nothing is no attempt; and one that is on its way shows at the next look.
      return this.#hasBegun || ++this.#idle > this.#plan.patience;
    }
    if (++this.#idle > this.#plan.patience) {
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
      await visit.fault.act(this.#scene);
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
