/** What a page can get wrong, with nothing faked: it shows in the element, is told once, and never throws. */
import { expect } from '@open-wc/testing';
import '../../src/define.js';
import { arrive } from '../../src/element/connect-later.js';
import { until } from './turn.js';

const wrong: readonly Readonly<Record<string, string>>[] = [
  {},
  { platform: 'garmin' },
  { 'client-id': 'app', 'base-url': 'javascript:alert(1)' },
  { 'client-id': 'app', 'base-url': 'http://sweatstack.example' },
  { 'client-id': 'app', 'redirect-uri': 'https://elsewhere.example/callback' },
];

describe('element: configured wrongly', () => {
  // Not what is tested here, and on a busy machine it takes a while.
  before(async () => void (await arrive()));

  for (const attributes of wrong)
    it(JSON.stringify(attributes), async () => {
      const real = console.error;
      const lines: string[] = [];
      console.error = (line: string) => void lines.push(line);
      const element = document.createElement('wearable-connect');
      try {
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
        const codes: string[] = [];
        element.addEventListener('wearable-error', ({ detail }) => codes.push(detail.code));
        document.body.append(element);
        await until(() => element.phase === 'failed'); // An app that is not named may still be, for a second.
        await element.updateComplete;
        expect(codes).to.deep.equal(['misconfigured']);
        expect(element.error?.code).to.equal('misconfigured');
        expect(element.matches(':state(failed)')).to.equal(true);
        expect(element.shadowRoot?.querySelector('[part=error]')?.textContent).to.equal('This connection is not set up yet.');
        expect(lines).to.have.length(1);
        expect(lines[0]).to.match(/^<wearable-connect> misconfigured: .{20}/);
        expect(await element.connect('garmin_connect')).to.be.oneOf(['failed', 'cancelled']);
        await expect(element).to.be.accessible();
      } finally {
        console.error = real;
        element.remove();
      }
    });

  it('is mended by an attribute', async () => {
    const real = console.error;
    console.error = () => {};
    const element = document.createElement('wearable-connect');
    document.body.append(element);
    await until(() => element.phase === 'failed');
    console.error = real;
    element.setAttribute('client-id', 'app');
    await until(() => element.phase === 'choosing');
    await element.updateComplete;
    expect(element.error).to.equal(null);
    expect(element.shadowRoot?.querySelectorAll('[data-source]').length).to.be.greaterThan(1);
    element.remove();
  });

  it('a layout that is none: a card all the same, and one line for the developer', async () => {
    const real = console.error;
    const lines: string[] = [];
    console.error = (line: string) => void lines.push(line);
    const element = document.createElement('wearable-connect');
    try {
      element.setAttribute('platform', 'demo');
      element.setAttribute('layout', 'modal');
      document.body.append(element);
      await until(() => element.phase === 'choosing');
      element.requestUpdate();
      await element.updateComplete;
      expect(lines).to.deep.equal(['<wearable-connect> misconfigured: layout must be inline, popover or dialog: got "modal".']);
      element.layout = 'inline';
      await element.updateComplete;
      expect(lines).to.have.length(1);
      expect(element.shadowRoot?.querySelector('[part=list]')).to.exist;
    } finally {
      console.error = real;
      element.remove();
    }
  });
});
