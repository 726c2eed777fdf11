import { fixture, html } from '@open-wc/testing';
import type { State } from '../../src/core/state.js';
import { arrive } from '../../src/element/connect-later.js';
import { parts } from '../../src/element/parts.js';
import { trust } from '../../src/element/trust.js';
import { WearableConnect } from '../../src/element/wearable-connect.js';
import { wiring } from '../../src/element/wiring.js';
import { turn } from '../../src/sync/clock.js';
import { fakeConnector, fakePlatform, states } from './fake.js';
import type { FakeConnector, PlatformChanges } from './fake.js';

export { until } from './turn.js';

// How an element looks and moves is there before it is; that it comes later has tests of its own (connect-later.test.ts).
await arrive();

// A test's own `click()` is not a visitor's; that this makes a difference has a test of its own.
trust.isByVisitor = () => true;

if (!customElements.get('wearable-connect')) customElements.define('wearable-connect', WearableConnect);

export interface Widget {
  readonly element: WearableConnect;
  readonly root: ShadowRoot;
  /** The connector of this moment. */
  readonly connector: FakeConnector;
  /** Everyone that was made, in order. */
  readonly made: readonly FakeConnector[];
  become(state: State): Promise<void>;
}

/** Every connector that is made from now on is a fake one in this state. */
export function prepare(state: State = states.choosing(), platform: PlatformChanges = {}): FakeConnector[] {
  const made: FakeConnector[] = [];
  wiring.connect = (options) => {
    const connector = fakeConnector(options, state, fakePlatform(platform));
    made.push(connector);
    return connector;
  };
  return made;
}

export async function widget(state?: State, platform?: PlatformChanges, element?: WearableConnect): Promise<Widget> {
  const made = prepare(state, platform);
  const shown = element ?? (await fixture<WearableConnect>(html`<wearable-connect client-id="app"></wearable-connect>`));
  await settled(shown);
  return around(shown, made);
}

/** Whatever was to be drawn is, and whatever part that asked for. */
export async function settled(element: WearableConnect): Promise<void> {
  await Promise.all([element.updateComplete, parts.arrival(), parts.search(), parts.layouts(), parts.anchored()]);
  await turn();
  await element.updateComplete;
}

export const around = (element: WearableConnect, made: readonly FakeConnector[]): Widget => ({
  element,
  made,
  get root() {
    return element.renderRoot;
  },
  get connector() {
    const last = made.at(-1);
    if (!last) throw new Error('No connector was made.');
    return last;
  },
  async become(next) {
    this.connector.become(next);
    await settled(element);
  },
});

/** Said to screen readers, as one line. */
export const said = ({ root }: Widget): string => textOf(root.querySelector('[role=status]'));

export const textOf = (node: Element | null | undefined): string => (node?.textContent ?? '').replace(/\s+/g, ' ').trim();

/** Everything a keyboard reaches, by accessible name, in order. */
export const reachable = ({ root }: Widget): string[] =>
  [...root.querySelectorAll<HTMLElement>('button, a[href], summary, [tabindex="0"]')].filter((element) => element.getClientRects().length > 0).map((element) => textOf(element).replaceAll(' ,', ','));

export function press(of: Widget, name: string): void {
  const button = [...of.root.querySelectorAll('button')].find((element) => textOf(element).replaceAll(' ,', ',').startsWith(name));
  if (!button) throw new Error(`No button ${name}; there are: ${reachable(of).join(' | ')}`);
  // As a browser does for a real click: the button is focused first.
  button.focus();
  button.click();
}

export const part = ({ root }: Widget, name: string): HTMLElement | null => root.querySelector<HTMLElement>(`[part~="${name}"]`);
