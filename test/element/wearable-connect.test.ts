import { expect, fixture, fixtureSync, html } from '@open-wc/testing';
import { WearableConnect } from '../../src/element/wearable-connect.js';
import { wiring } from '../../src/element/wiring.js';
import { en } from '../../src/locales/en.js';
import { account, failure, progress, states } from './fake.js';
import { around, part, prepare, said, textOf, until, widget } from './widget.js';

const create = (): WearableConnect => document.createElement('wearable-connect');

/** One turn of the microtask queue, and all that waits in it. */
const turn = (): Promise<void> => new Promise((resolve) => queueMicrotask(() => queueMicrotask(resolve)));

/** What begins once the page could listen has begun: tasks of no delay keep their order. */
const begun = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

const calls = (made: { readonly calls: readonly string[] } | undefined): readonly string[] => made?.calls ?? [];

/** What is written to this console method while `act` runs. */
async function written(method: 'error' | 'warn', act: () => Promise<unknown>): Promise<unknown[][]> {
  const real = console[method];
  const lines: unknown[][] = [];
  console[method] = (...line: unknown[]) => void lines.push(line);
  try {
    await act();
  } finally {
    console[method] = real;
  }
  return lines;
}

describe('element: attributes and properties', () => {
  const table: readonly (readonly [attribute: string, property: keyof WearableConnect, text: string, fallback: unknown])[] = [
    ['platform', 'platform', 'demo', 'sweatstack'],
    ['client-id', 'clientId', 'abc', null],
    ['redirect-uri', 'redirectUri', '/callback.html', null],
    ['scope', 'scope', 'openid', 'openid profile data:read'],
    ['base-url', 'baseUrl', 'http://localhost:1', null],
    ['sign-in', 'signIn', 'standard', 'express'],
    ['sources', 'sources', 'garmin_connect, wahoo', null],
    ['mode', 'mode', 'redirect', 'auto'],
    ['layout', 'layout', 'dialog', 'inline'],
    ['persist', 'persist', 'local', 'memory'],
    ['token-delivery', 'tokenDelivery', 'none', 'event'],
    ['backend-url', 'backendUrl', '/other', '/wearables'],
    ['scenario', 'scenario', 'denied', 'happy'],
  ];
  for (const [attribute, property, text, fallback] of table)
    it(`${attribute} is ${String(property)}, and its default without`, () => {
      prepare();
      const element = create();
      expect(element[property] ?? null).to.equal(fallback);
      element.setAttribute(attribute, text);
      expect(element[property]).to.equal(text);
      element.removeAttribute(attribute);
      expect(element[property] ?? null).to.equal(fallback);
    });

  it('history-days is a number; no-preview and inspector are there or not', () => {
    prepare();
    const element = create();
    element.setAttribute('history-days', '30');
    element.toggleAttribute('no-preview', true);
    element.toggleAttribute('inspector', true);
    expect([element.historyDays, element.noPreview, element.inspector]).to.deep.equal([30, true, true]);
  });

  it('reflects nothing', async () => {
    const { element } = await widget();
    const before = element.getAttributeNames();
    Object.assign(element, { platform: 'demo', scope: 'openid', mode: 'popup', layout: 'dialog', persist: 'local', noPreview: true, historyDays: 3, strings: {} });
    await element.updateComplete;
    await around(element, []).element.updateComplete;
    expect(element.getAttributeNames()).to.deep.equal(before);
  });

  it('hands the connector everything it was told', async () => {
    const made = prepare();
    await fixture(html`
      <wearable-connect client-id="abc" scope="openid" sources=" garmin_connect,wahoo  x " history-days="30" mode="popup" no-preview base-url="http://localhost:1"></wearable-connect>
    `);
    expect(made).to.have.length(1);
    expect(made[0]?.options).to.include({ platform: 'sweatstack', clientId: 'abc', scope: 'openid', sources: 'garmin_connect wahoo x', historyDays: 30, mode: 'popup', noPreview: true, baseUrl: 'http://localhost:1', fetchSession: null });
  });

  it('keeps what was set before the element was known', async () => {
    const made = prepare();
    const early = document.createElement('wearable-early') as WearableConnect;
    early.clientId = 'early';
    early.strings = { title: 'Early' };
    document.body.append(early);
    customElements.define('wearable-early', class extends WearableConnect {});
    void early.connect('garmin_connect');
    await early.updateComplete;
    expect(made).to.have.length(1);
    expect(made[0]?.options.clientId).to.equal('early');
    expect(made[0]?.calls).to.include('connect garmin_connect');
    expect(textOf(early.renderRoot.querySelector('h2'))).to.equal('Early');
    early.remove();
  });

  it('gives what was set before it was known at once, until it is set anew: off the page, too', async () => {
    prepare();
    const early = document.createElement('wearable-detached') as WearableConnect;
    early.setAttribute('client-id', 'attribute');
    early.clientId = 'early';
    early.scope = 'early';
    customElements.define('wearable-detached', class extends WearableConnect {});
    customElements.upgrade(early);
    expect([early.clientId, early.scope]).to.deep.equal(['early', 'early']);
    early.scope = 'later';
    await early.updateComplete;
    expect([early.clientId, early.scope]).to.deep.equal(['early', 'later']);
    early.setAttribute('client-id', 'changed');
    expect(early.clientId).to.equal('changed');
  });

  it('takes a number that is none for what it is, once', async () => {
    const made = prepare();
    const element = await fixture<WearableConnect>(html`<wearable-connect client-id="abc" history-days="30 days"></wearable-connect>`);
    element.historyDays = NaN;
    element.requestUpdate();
    await element.updateComplete;
    expect(made).to.have.length(1);
  });

  it('has no attribute for what is a property only', async () => {
    prepare();
    const element = await fixture<WearableConnect>(html`<wearable-connect client-id="abc" strings="hello" fetchsession="hello"></wearable-connect>`);
    expect([element.strings, element.fetchSession]).to.deep.equal([null, null]);
  });

  it('reads what is the case now', async () => {
    const { element } = await widget(states.syncing());
    expect(element.phase).to.equal('syncing');
    expect(element.user?.name).to.equal('Alice Anderson');
    expect(element.connections).to.equal(account.connections);
    expect(element.progress).to.deep.equal(progress());
    expect(element.error).to.equal(null);
    const unborn = create();
    expect([unborn.phase, unborn.user, unborn.connections, unborn.progress, unborn.error]).to.deep.equal(['loading', null, [], null, null]);
  });
});

describe('element: methods', () => {
  it('works before it was ever drawn, or even on the page', () => {
    const made = prepare();
    const element = create();
    element.clientId = 'abc';
    void element.connect('wahoo');
    expect(calls(made[0])).to.deep.equal(['connect wahoo']);
  });

  it('opens at once, with what was set a moment ago', async () => {
    const of = await widget();
    of.element.clientId = 'new';
    void of.element.connect('wahoo');
    expect(of.made).to.have.length(2);
    expect(of.connector.options.clientId).to.equal('new');
    expect(calls(of.connector)).to.include('connect wahoo');
  });

  it('passes every wish on', async () => {
    const { element, connector } = await widget();
    element.retry();
    element.back();
    await element.manage();
    await element.disconnect('wahoo');
    await element.refresh();
    expect(await element.getAccessToken()).to.equal('fresh');
    element.reset();
    expect(calls(connector).filter((call) => call !== 'start')).to.deep.equal(['retry', 'back', 'manage', 'disconnect wahoo', 'refresh', 'getAccessToken', 'reset']);
  });
});

describe('element: its life', () => {
  it('starts only once its properties can have been set', async () => {
    const made = prepare();
    const element = create();
    document.body.append(element);
    element.clientId = 'late';
    await element.updateComplete;
    expect(made).to.have.length(1);
    expect(made[0]?.options.clientId).to.equal('late');
    await begun();
    expect(calls(made[0])).to.include('start');
    element.remove();
  });

  it('starts only once a script that awaited its definition could listen', async () => {
    const made = prepare();
    const element = create();
    element.clientId = 'app';
    document.body.append(element);
    await element.updateComplete;
    expect(calls(made[0])).to.deep.equal([]);
    await begun();
    expect(calls(made[0])).to.deep.equal(['start']);
    element.remove();
  });

  it('starts at once when a method is called', () => {
    const made = prepare();
    const element = create();
    document.body.append(element);
    void element.connect('wahoo');
    expect(calls(made[0])).to.deep.equal(['start', 'connect wahoo']);
    element.remove();
  });

  it('starts nothing where it was removed meanwhile', async () => {
    const made = prepare();
    const element = create();
    document.body.append(element);
    await element.updateComplete;
    element.remove();
    await begun();
    expect(calls(made[0])).to.deep.equal(['stop']);
  });

  it('tells a move from a removal', async () => {
    const of = await widget();
    await begun();
    const elsewhere = document.body.appendChild(document.createElement('div'));
    elsewhere.append(of.element);
    await turn();
    expect(calls(of.connector)).not.to.include('stop');
    of.element.remove();
    await turn();
    expect(calls(of.connector).at(-1)).to.equal('stop');
    elsewhere.append(of.element);
    await begun();
    expect(calls(of.connector).at(-1)).to.equal('start');
    expect(of.made).to.have.length(1);
    elsewhere.remove();
  });

  it('connects anew when the page configures otherwise, and lets go of the former', async () => {
    const of = await widget();
    await begun();
    of.element.setAttribute('client-id', 'other');
    await of.element.updateComplete;
    const [former, latter] = of.made;
    expect(calls(former).at(-1)).to.equal('abandon');
    expect(former?.listeners).to.equal(0);
    expect(calls(latter)).to.deep.equal(['start']);
    let heard = 0;
    of.element.addEventListener('wearable-change', () => (heard += 1));
    former?.become(states.confirming());
    expect(heard, 'the former has no voice').to.equal(0);
    latter?.become(states.confirming());
    expect(heard).to.equal(1);
    expect([former?.options.nextSeq?.(), latter?.options.nextSeq?.(), latter?.options.nextSeq?.()], 'events are counted per element').to.deep.equal([1, 2, 3]);
  });

  it('lets a session or an attempt go on with what it began with, unless it is another app or another place for tokens', async () => {
    for (const running of [states.authorizing(), states.syncing(), states.connected()]) {
      const of = await widget(running);
      const { length } = of.made;
      Object.assign(of.element, { noPreview: true, historyDays: 30, sources: 'polar', scope: 'openid', mode: 'redirect', signIn: 'standard', redirectUri: '/other.html' });
      await of.element.updateComplete;
      expect(of.made, running.phase).to.have.length(length);
      await of.become(states.choosing());
      expect(of.made, `${running.phase}, and over`).to.have.length(length + 1);
      expect(of.made.at(-1)?.options).to.include({ noPreview: true, historyDays: 30, sources: 'polar', mode: 'redirect' });
    }
    const of = await widget(states.connected());
    of.element.clientId = 'other';
    await of.element.updateComplete;
    expect(of.made).to.have.length(2);
  });

  it('leaves what is said of an end standing, and what may still come of it, unless the page wants something else just then', async () => {
    for (const end of [states.failed(), { ...states.choosing(), notice: 'closed' }] as const) {
      const of = await widget(states.authorizing());
      of.element.sources = 'polar';
      await of.element.updateComplete;
      await of.become(end);
      of.element.requestUpdate();
      await of.element.updateComplete;
      expect(of.made, end.phase).to.have.length(1);
      of.element.sources = 'wahoo';
      await of.element.updateComplete;
      expect(of.made.at(-1)?.options.sources, end.phase).to.equal('wahoo');
    }
  });

  it('draws again after a platform of the page’s own that threw', async () => {
    const of = await widget();
    const real = console.error;
    console.error = () => {};
    const { connect } = wiring;
    try {
      wiring.connect = () => {
        throw new TypeError('no');
      };
      of.element.clientId = 'bad';
      await of.element.updateComplete;
      wiring.connect = connect;
      of.element.clientId = 'good';
      await of.element.updateComplete;
      expect(of.made.at(-1)?.options.clientId).to.equal('good');
    } finally {
      console.error = real;
      wiring.connect = connect;
    }
  });

  it('does not connect anew for its looks, or because a framework made the same value again', async () => {
    const of = await widget();
    of.element.sources = ['garmin_connect', 'wahoo'];
    of.element.fetchSession = () => Promise.resolve('one');
    await of.element.updateComplete;
    const { length } = of.made;
    of.element.sources = ['garmin_connect', 'wahoo'];
    of.element.fetchSession = () => Promise.resolve('two');
    of.element.lang = 'de';
    of.element.strings = { title: 'Verbinden' };
    of.element.layout = 'dialog';
    of.element.inspector = true;
    await of.element.updateComplete;
    expect(of.made).to.have.length(length);
    expect(await of.connector.options.fetchSession?.(), 'the latest one is asked').to.equal('two');
    expect(of.connector.options.isWatched?.()).to.equal(true);
  });

  it('sends events from the element, in the phase they tell of', async () => {
    const of = await widget();
    const heard: unknown[] = [];
    of.element.addEventListener('wearable-change', (event) => heard.push(event.target === of.element, event.detail.phase, of.element.phase, of.element.matches(':state(confirming)')));
    of.connector.become(states.confirming());
    expect(heard).to.deep.equal([true, 'confirming', 'confirming', true]);
  });

  it('has one state for styling: its phase', async () => {
    const of = await widget(states.loading());
    for (const phase of ['choosing', 'authorizing', 'confirming', 'syncing', 'connected', 'failed'] as const) {
      await of.become(states[phase]());
      const matching = Object.keys(states).filter((name) => of.element.matches(`:state(${name})`));
      expect(matching).to.deep.equal([phase]);
    }
  });

  it('does without states where an engine refuses them', async () => {
    const real = HTMLElement.prototype.attachInternals;
    HTMLElement.prototype.attachInternals = () => {
      throw new TypeError('no');
    };
    try {
      const of = await widget();
      expect(part(of, 'list')).to.exist;
    } finally {
      HTMLElement.prototype.attachInternals = real;
    }
  });

  it('writes no style where a strict policy would refuse it [T18]', async () => {
    for (const state of Object.values(states)) {
      const { root } = await widget(state());
      expect(root.querySelector('[style], style')).to.equal(null);
    }
  });
});

describe('element: words', () => {
  it('lets the page replace any sentence, and keeps the others', async () => {
    const of = await widget();
    of.element.strings = { title: 'Bring your watch', otherWays: 'By e-mail' };
    await of.element.updateComplete;
    expect(textOf(of.root.querySelector('h2'))).to.equal('Bring your watch');
    expect(of.root.textContent).to.include('By e-mail').and.to.include(en.choose);
  });

  it('leaves a placeholder without a value empty', async () => {
    const of = await widget(states.authorizing());
    of.element.strings = { finish: '{source}, {nobody}' };
    await of.element.updateComplete;
    expect(said(of)).to.equal('Garmin,');
  });

  it('follows the nearest language above it, through shadow roots, and its own first', async () => {
    const host = fixtureSync<HTMLElement>(html`<div lang="nb"><div></div></div>`);
    const inner = host.firstElementChild?.attachShadow({ mode: 'open' });
    prepare(states.syncing());
    const element = create();
    inner?.append(element);
    const reads = (date: string): Promise<void> => until(() => textOf(element.renderRoot.querySelector('[part=status]')).includes(date));
    await reads('mars 2023');
    element.lang = 'de';
    await reads('März 2023');
    expect(element.hasAttribute('dir')).to.equal(false);
  });

  it('keeps the raw date out where it cannot be read', async () => {
    const of = await widget(states.syncing({ progress: progress({ loadedUntil: 'once' }) }));
    expect(textOf(part(of, 'status'))).to.equal('Your history is arriving…');
  });
});

describe('element: misconfigured', () => {
  it('shows a kind sentence, tells the developer once, and throws nothing', async () => {
    const error = failure('misconfigured');
    const lines = await written('error', async () => {
      const of = await widget(states.failed({ error, sources: null, resume: 'loading' }));
      of.element.requestUpdate();
      await of.element.updateComplete;
      expect(textOf(part(of, 'error'))).to.equal('This connection is not set up yet.');
    });
    expect(lines).to.deep.equal([[`<wearable-connect> misconfigured: ${error.message}`]]);
  });

  it('says nothing in the console of what a visitor can mend', async () => {
    expect(await written('error', () => widget(states.failed()))).to.deep.equal([]);
  });
});

describe('element: in a sign-in window that came back to the page itself', () => {
  const real = { ...wiring };
  let tell = (): void => {};
  let landing = true;
  before(() => {
    wiring.isLanding = () => landing;
    wiring.onLanding = (listener) => {
      tell = listener;
      return () => {};
    };
  });
  after(() => {
    Object.assign(wiring, { isLanding: real.isLanding, onLanding: real.onLanding, onward: real.onward });
  });

  it('shows only that it can be closed, and connects nothing, until it is a page again', async () => {
    const made = prepare();
    const element = await fixture<WearableConnect>(html`<wearable-connect client-id="app"></wearable-connect>`);
    expect(textOf(element.renderRoot.firstElementChild)).to.equal('You can close this window.');
    expect(made).to.have.length(0);
    await expect(element).to.be.accessible();
    let went = 0;
    wiring.onward = () => () => void went++;
    tell();
    await element.updateComplete;
    expect(textOf(element.renderRoot.firstElementChild)).to.equal('Almost there Continue in this tab');
    await expect(element).to.be.accessible();
    element.renderRoot.querySelector('button')?.click();
    expect(went).to.equal(1);
    landing = false;
    tell();
    await element.updateComplete;
    await begun();
    expect(calls(made[0])).to.deep.equal(['start']);
    expect(part(around(element, made), 'list')).to.exist;
  });
});

describe('element: slots', () => {
  it('replaces the heading and the foot', async () => {
    prepare();
    const element = await fixture<WearableConnect>(html`
      <wearable-connect client-id="app"><h2 slot="header">Ours</h2><p slot="footer">Privacy</p></wearable-connect>
    `);
    const of = around(element, []);
    expect(of.root.querySelector('h2')?.getClientRects()).to.have.length(0);
    expect(part(of, 'footer')?.querySelector('a')?.getClientRects()).to.have.length(0);
    await expect(element).to.be.accessible();
  });

  it('shows the foot of a platform only where it is that platform', async () => {
    const of = await widget(states.choosing(), { name: 'open-wearables' });
    expect(part(of, 'footer')?.querySelector('a')).to.equal(null);
  });
});
