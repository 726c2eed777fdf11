/** In the page: elements by the thousand, and one that connects and disconnects all day. What they hold is counted as they ask for it. */
import { demo } from '../../../src/platforms/demo/platform.js';
import { define } from '../../../src/registering.js';
import type { Platform } from '../../../src/core/platform.js';
import type { Clock } from '../../../src/sync/clock.js';
import { turn } from '../../../src/sync/clock.js';

const held = { channels: 0, timers: new Set<unknown>() };

class Counted extends BroadcastChannel {
  #isOpen = true;
  constructor(name: string) {
    super(name);
    held.channels += 1;
  }
  override close(): void {
    if (this.#isOpen) held.channels -= 1;
    this.#isOpen = false;
    super.close();
  }
}
globalThis.BroadcastChannel = Counted;

const { setTimeout: later, setInterval: often, clearTimeout: notLater, clearInterval: notOften } = window;
Object.assign(window, {
  setTimeout(run: () => void, ms?: number) {
    const timer = later(() => {
      held.timers.delete(timer);
      run();
    }, ms);
    held.timers.add(timer);
    return timer;
  },
  setInterval(run: () => void, ms?: number) {
    const timer = often(run, ms);
    held.timers.add(timer);
    return timer;
  },
  clearTimeout(timer: number) {
    held.timers.delete(timer);
    notLater(timer);
  },
  clearInterval(timer: number) {
    held.timers.delete(timer);
    notOften(timer);
  },
});
/** The window that a sign-in opens: there is one, and nobody is in it. */
Object.assign(window, { open: () => Object.assign(Object.create(null) as object, { closed: false, location: { href: '' }, focus() {}, postMessage() {}, close() {} }) });

define();

interface Widget extends HTMLElement {
  platform: Platform | string;
  readonly phase: string;
  connect(source?: string, options?: { readonly signal: AbortSignal }): Promise<unknown>;
  disconnect(source?: string): Promise<void>;
}

/** Whatever a demo waits for is over as soon as the page has had its turn. */
const hasty: Clock = {
  now: () => Date.now(),
  async wait(_, signal) {
    await turn();
    signal.throwIfAborted();
  },
};

/** Without `persist`: the demo stores nothing, so it would be an attribute alone. What stays in storage is for the soak and for test/oauth. */
const made = (platform: Platform | string): Widget => Object.assign(document.createElement('wearable-connect') as Widget, { platform });

const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);

/** Each finds its own way to be gone: what it waits for is seen, not guessed. */
async function until(holds: () => boolean, what: string, pause: () => Promise<unknown> = turn): Promise<void> {
  const end = performance.now() + 40_000;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`Not within forty seconds: ${what}.`);
    await pause();
  }
}

const areDrawn = (all: readonly Widget[], phase: string) => (): boolean => all.every((one) => one.phase === phase && !!one.shadowRoot?.childElementCount);

/** All at once on one page; milliseconds until all of them are drawn and ready to be clicked. */
export async function crowd(count: number): Promise<number> {
  const all = Array.from({ length: count }, () => made(demo({ clock: hasty })));
  const began = performance.now();
  document.body.append(...all);
  await until(areDrawn(all, 'choosing'), `${count} elements offer a choice`, frame);
  const took = performance.now() - began;
  for (const one of all) one.remove();
  await until(() => held.timers.size === 0, 'nothing waits any more');
  return took;
}

/** As a framework does it that draws anew whatever it looks at. */
export async function mounts(cycles: number): Promise<void> {
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    const one = made(demo({ clock: hasty }));
    document.body.append(one);
    // Some are gone before they have begun, some in the middle, some afterwards.
    if (cycle % 3 === 1) await turn();
    if (cycle % 3 === 2) await until(areDrawn([one], 'choosing'), 'it offers a choice');
    one.remove();
  }
}

/** One element for all of them: it signs in, its history comes in, and it is let go. */
export async function rounds(count: number): Promise<void> {
  const one = made(demo({ clock: hasty }));
  document.body.append(one);
  await until(areDrawn([one], 'choosing'), 'it offers a choice');
  for (let round = 0; round < count; round += 1) {
    const complete = new Promise((resolve) => one.addEventListener('wearable-complete', resolve, { once: true }));
    await one.connect('garmin_connect');
    await complete;
    await one.disconnect();
    await until(areDrawn([one], 'choosing'), 'it offers a choice again');
  }
  one.remove();
}

/** Begun, with its channel, its timers and its listeners; and given up with the window open. */
export async function attempts(count: number): Promise<number> {
  let most = 0;
  for (let attempt = 0; attempt < count; attempt += 1) {
    const one = made('sweatstack');
    for (const [name, value] of Object.entries({ 'client-id': 'bench', 'base-url': location.origin, 'redirect-uri': '/landing', sources: 'garmin_connect', 'no-preview': '' })) one.setAttribute(name, value);
    document.body.append(one);
    await until(areDrawn([one], 'choosing'), 'it offers a choice');
    const life = new AbortController();
    void one.connect('garmin_connect', { signal: life.signal });
    await until(() => one.phase === 'authorizing' && held.channels > 0, 'it listens');
    most = Math.max(most, held.channels);
    // Given up by the visitor, or left as it is: then whoever comes next would take it up again.
    life.abort();
    await until(() => one.phase === 'choosing', 'it offers a choice again');
    one.remove();
    await until(() => held.channels === 0, 'it listens no more');
  }
  return most;
}

export const holding = (): { readonly channels: number; readonly timers: number } => ({ channels: held.channels, timers: held.timers.size });

/** Everything that was begun has come to its end. */
export async function quiet(): Promise<void> {
  await until(() => !held.channels && !held.timers.size, 'no channel and no timer is left');
  // What was drawn is let go of with the next picture.
  await frame();
  await frame();
}
