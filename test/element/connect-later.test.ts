/** As a bundler serves it: the engine comes while the first card is seen. In this order, since once it is there it is there. */
import { expect, fixture, html } from '@open-wc/testing';
import { parts } from '../../src/element/parts.js';
import { trust } from '../../src/element/trust.js';
import { WearableConnect } from '../../src/element/wearable-connect.js';
import { turn } from '../../src/sync/clock.js';
import { stubOpen, surround } from '../oauth/surroundings.js';
import { until } from './turn.js';

trust.isByVisitor = () => true;
customElements.define('wearable-connect', WearableConnect);

const real = parts.engine;
const textOf = (node: Element | null | undefined): string => (node?.textContent ?? '').replace(/\s+/g, ' ').trim();
const rows = ({ renderRoot }: WearableConnect): HTMLButtonElement[] => [...renderRoot.querySelectorAll<HTMLButtonElement>('button[data-source]')];

describe('element: before its engine is there', () => {
  const deliveries: { come(): void; fail(): void }[] = [];
  const events: string[] = [];
  let around: ReturnType<typeof surround>;
  let windows: ReturnType<typeof stubOpen>;
  const hear = ({ type, detail }: Event & { readonly detail?: { readonly phase?: string; readonly code?: string } }): void => void events.push(`${type.slice(9)} ${detail?.code ?? detail?.phase ?? ''}`);

  before(() => {
    around = surround();
    windows = stubOpen();
    for (const type of ['wearable-change', 'wearable-error', 'wearable-cancelled']) addEventListener(type, hear);
    parts.engine = () => new Promise((resolve, reject) => deliveries.push({ come: () => resolve(real()), fail: () => reject(new TypeError('Failed to fetch dynamically imported module')) }));
  });
  after(() => {
    parts.engine = real;
    for (const type of ['wearable-change', 'wearable-error', 'wearable-cancelled']) removeEventListener(type, hear);
    windows.restore();
    around.restore();
  });

  const tag = (sources = ''): Promise<WearableConnect> => fixture<WearableConnect>(html`<wearable-connect client-id="app" base-url="https://a.example" sources=${sources}></wearable-connect>`);
  const shown = async (element: WearableConnect): Promise<WearableConnect> => {
    await element.updateComplete;
    return element;
  };

  it('the list can be chosen from already, and says nothing else than it will', async () => {
    const element = await shown(await tag());
    expect([element.phase, rows(element).map(textOf)]).to.deep.equal(['loading', ['Garmin Connect , opens a new window', 'Intervals.icu , opens a new window', 'Wahoo , opens a new window']]);
    expect(element.renderRoot.querySelector('section')?.getAttribute('aria-busy')).to.equal('false');
    expect(textOf(element.renderRoot.querySelector('h2'))).to.equal('Connect your wearable');
    await expect(element).to.be.accessible();
    await until(() => deliveries.length);
    element.sources = 'polar_flow';
    await element.updateComplete;
    expect(rows(element).map(textOf)).to.deep.equal(['Polar Flow , opens a new window']);
  });

  it('nobody is told a list of a platform that has to be asked, nor of one that is not set up: that takes a moment', async () => {
    for (const open of [await fixture<WearableConnect>(html`<wearable-connect platform="open-wearables"></wearable-connect>`), await fixture<WearableConnect>(html`<wearable-connect></wearable-connect>`)]) {
      await shown(open);
      expect([rows(open).length, open.renderRoot.querySelector('section')?.getAttribute('aria-busy')]).to.deep.equal([0, 'true']);
    }
  });

  it('where it does not come there is a sentence and a way to try again', async () => {
    const element = await shown(await tag());
    await until(() => deliveries.length);
    await turn();
    events.length = 0;
    deliveries.splice(0).forEach(({ fail }) => fail());
    await until(() => element.phase === 'failed');
    await shown(element);
    expect(textOf(element.renderRoot.querySelector('[part=error]'))).to.equal('We could not reach the service. Please try again.');
    expect(element.error).to.include({ code: 'network', retryable: true });
    expect(element.error?.message).to.match(/its chunk served/);
    expect(events.slice(-2)).to.deep.equal(['error network', 'change failed']);
    await expect(element).to.be.accessible();
    element.renderRoot.querySelector<HTMLButtonElement>('[data-act=tryAgain]')?.click();
    await shown(element);
    expect([element.phase, rows(element).length, deliveries.length]).to.deep.equal(['loading', 3, 1]);
  });

  it('a click opens a window, and goes on in it when it comes; the list stays as it is', async () => {
    const element = await shown(await tag());
    const row = rows(element)[2];
    events.length = 0;
    row?.focus();
    row?.click();
    expect(windows.opened.map(({ url }) => url)).to.deep.equal(['about:blank']);
    deliveries.splice(0).forEach(({ come }) => come());
    await until(() => element.phase === 'authorizing');
    expect(events.slice(-2)).to.deep.equal(['change choosing', 'change authorizing']);
    const handle = windows.opened[0]?.handle;
    await until(() => handle?.location.href !== 'about:blank');
    expect([handle?.location.href.slice(0, 41), windows.opened.length, handle?.closed]).to.deep.equal(['https://a.example/express-login?state=eyJ', 1, false]);
    await shown(element);
    expect(textOf(element.renderRoot.querySelector('[part=status]'))).to.contain('Wahoo');
    const cancel = element.renderRoot.querySelector<HTMLButtonElement>('[data-act=cancel]');
    cancel?.focus();
    cancel?.click();
    await shown(element);
    expect([element.phase, handle?.closed, element.renderRoot.activeElement?.getAttribute('data-source')]).to.deep.equal(['choosing', true, 'wahoo']);
  });

  it('and from then on nobody waits for it', async () => {
    const element = await shown(await tag());
    await until(() => element.phase === 'choosing');
    await shown(element);
    expect([rows(element).length, deliveries.length]).to.deep.equal([3, 0]);
  });
});
