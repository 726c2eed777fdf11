import { expect } from '@open-wc/testing';
import type { Step } from '../../src/core/platform.js';
import { parts } from '../../src/element/parts.js';
import { wiring } from '../../src/element/wiring.js';
import { states } from './fake.js';
import { part, textOf, until, widget } from './widget.js';
import type { Widget } from './widget.js';

const request = {
  client_id: 'abc',
  redirect_uri: 'https://shop.example/callback.html',
  scope: 'openid profile data:read',
  state: 'Qx8f0Xk3',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
};
const express: Step = { kind: 'opened', at: 1, url: `https://app.example/express-login?state=${encodeURIComponent(btoa(JSON.stringify(request)))}` };
const standard: Step = { kind: 'opened', at: 1, url: 'https://app.example/oauth/authorize?client_id=abc&state=Qx8f0Xk3&prompt=none' };
const token: Step = {
  kind: 'request',
  at: 2,
  entry: { method: 'POST', url: 'https://app.example/api/v1/oauth/token', status: 200, milliseconds: 183, request: { code: '•••' }, response: { access_token: '•••', expires_in: 900 } },
};
const lost: Step = { kind: 'request', at: 3, entry: { method: 'GET', url: 'https://app.example/status', status: 0, milliseconds: 12, request: null, response: null } };

async function inspected(...steps: readonly Step[]): Promise<Widget> {
  const of = await widget(states.connected());
  of.element.inspector = true;
  await of.element.updateComplete;
  // The part is still on its way: what happens meanwhile is kept.
  for (const step of steps) of.connector.options.onStep?.(step);
  await drawn(of);
  for (const details of of.root.querySelectorAll('details')) details.open = true;
  return of;
}

async function drawn(of: Widget): Promise<void> {
  await until(() => part(of, 'inspector'));
  await of.element.updateComplete;
}

const rows = (of: Widget): string[] => [...of.root.querySelectorAll('dd')].map(textOf);

describe('element: inspector', () => {
  it('is not there, and not watched, unless asked for', async () => {
    const of = await widget(states.connected());
    expect(part(of, 'inspector')).to.equal(null);
    expect(of.connector.options.isWatched?.()).to.equal(false);
  });

  it('is not fetched for a window that has come back from signing in', async () => {
    const { inspector } = parts;
    const { isLanding } = wiring;
    let asked = 0;
    Object.assign(parts, { inspector: () => ((asked += 1), inspector()) });
    try {
      wiring.isLanding = () => true;
      const of = await widget(states.connected());
      of.element.inspector = true;
      await of.element.updateComplete;
      expect(asked).to.equal(0);
      wiring.isLanding = isLanding;
      of.element.requestUpdate();
      await drawn(of);
      expect(asked).to.equal(1);
    } finally {
      Object.assign(parts, { inspector });
      wiring.isLanding = isLanding;
    }
  });

  it('comes by itself once it is asked for, tells what was before, and brings its own look', async () => {
    const of = await widget(states.connected());
    of.connector.options.onStep?.(token);
    const before = of.root.adoptedStyleSheets.length;
    of.element.inspector = true;
    await drawn(of);
    expect(textOf(of.root.querySelector('.inspector > summary'))).to.match(/^On the wire 1,/);
    expect(of.root.adoptedStyleSheets).to.have.length(before + 1);
    expect(of.root.querySelector('[style], style')).to.equal(null);
  });

  it('is taken away and put back without being fetched or styled again', async () => {
    const of = await inspected(token);
    const before = of.root.adoptedStyleSheets.length;
    of.element.inspector = false;
    await of.element.updateComplete;
    expect(part(of, 'inspector')).to.equal(null);
    of.element.inspector = true;
    await of.element.updateComplete;
    expect(part(of, 'inspector')).not.to.equal(null);
    expect(of.root.adoptedStyleSheets).to.have.length(before);
  });

  it('passes the accessibility audit', async () => {
    const of = await inspected(express, token, lost, { kind: 'line', at: 4, text: '{"backfill_loaded_until":null}' });
    await expect(of.element).to.be.accessible();
  });

  it('takes the express address apart, state and all', async () => {
    const of = await inspected(express);
    expect([...of.root.querySelectorAll('dt code')].map(textOf)).to.deep.equal(Object.keys(request));
    expect(rows(of)).to.deep.equal(['abc', 'https://shop.example/callback.html', 'openid profile data:read', 'Qx8f0Xk3', request.code_challenge, 'S256']);
    expect(textOf([...of.root.querySelectorAll('dt')].at(-1))).to.include('SHA-256');
  });

  it('takes the standard address apart', async () => {
    expect(rows(await inspected(standard))).to.deep.equal(['abc', 'Qx8f0Xk3', 'none']);
  });

  it('shows each request with its answer', async () => {
    const of = await inspected(token, lost);
    const [first, second] = [...of.root.querySelectorAll('details details summary')].map(textOf);
    expect(first).to.equal('POST https://app.example/api/v1/oauth/token 200 183 ms');
    expect(second).to.equal('GET https://app.example/status no answer 12 ms');
    expect([...of.root.querySelectorAll('details details pre')].map((pre) => JSON.parse(pre.textContent) as unknown)).to.deep.equal([
      { request: { code: '•••' }, response: { access_token: '•••', expires_in: 900 } },
      { request: null, response: null },
    ]);
  });

  it('counts the lines of the stream and shows the last few', async () => {
    const lines = Array.from({ length: 12 }, (_, at): Step => ({ kind: 'line', at, text: `line ${at}` }));
    const of = await inspected(...lines);
    expect(textOf(of.root.querySelector('details details summary'))).to.equal('Live stream 12');
    const shown = textOf(of.root.querySelector('.inspector > details pre'));
    expect(shown).to.equal('line 7 line 8 line 9 line 10 line 11');
  });

  it('keeps a hundred steps, however long the stream, and the requests among them', async () => {
    const lines = Array.from({ length: 500 }, (_, at): Step => ({ kind: 'line', at, text: `line ${at}` }));
    const of = await inspected(express, token, ...lines);
    expect(textOf(of.root.querySelector('.inspector > summary'))).to.match(/^On the wire 100,/);
    expect(of.root.querySelectorAll('details details:not(.set-up)')).to.have.length(3);
  });

  it('checks the set-up when a developer opens that, and says what helps', async () => {
    const of = await inspected();
    of.element.redirectUri = '/no-such-page.html';
    const setUp = of.root.querySelector<HTMLDetailsElement>('.set-up');
    setUp?.toggleAttribute('open', false);
    await until(() => !setUp?.open);
    setUp?.toggleAttribute('open', true);
    await until(() => setUp?.textContent.includes('callback-missing'));
    const row = textOf([...(setUp?.querySelectorAll('li') ?? [])].find((item) => item.textContent.includes('callback-missing')));
    expect(row).to.include('error: callback-missing').and.to.include('answered 404').and.to.include('Put wearable-callback.html where redirect-uri points to');
    await expect(of.element).to.be.accessible();
  });

  it('survives what is no address', async () => {
    const of = await inspected({ kind: 'opened', at: 1, url: 'about' }, { kind: 'opened', at: 1, url: 'https://app.example/?state=bm90IGpzb24' });
    expect(rows(of)).to.deep.equal(['bm90IGpzb24']);
  });
});
