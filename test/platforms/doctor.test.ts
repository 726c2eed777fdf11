import { expect } from '@open-wc/testing';
import { ConnectError } from '../../src/core/errors.js';
import type { Around } from '../../src/oauth/doctor/around.js';
import { findingCodes } from '../../src/oauth/doctor/findings.js';
import type { FindingCode } from '../../src/oauth/doctor/findings.js';
import { doctor, examine } from '../../src/platforms/doctor.js';
import type { Examined } from '../../src/platforms/doctor.js';
import { settingsFrom } from '../../src/platforms/sweatstack/settings.js';
import { healthy, now, origin, pageOf, script } from '../oauth/doctor/healthy.js';
import type { Served } from '../oauth/doctor/healthy.js';

interface Case {
  readonly name: string;
  readonly around?: Partial<Around>;
  readonly served?: Readonly<Record<string, Served>>;
  readonly target?: Examined | null;
  /** What the sentence must name. */
  readonly says: string;
}

const wellSet: Examined = { redirectUri: '/wearable-callback.html' };
const page = (headers: Readonly<Record<string, string>>): Readonly<Record<string, Served>> => ({ '/': { headers } });
const callback = (body: string, headers: Readonly<Record<string, string>> = {}): Readonly<Record<string, Served>> => ({ '/wearable-callback.html': { body, headers } });
const refused = (error: string): ConnectError => new ConnectError('misconfigured', `The platform refused: "${error}".`, { error, status: 400 });

const throws = (): never => {
  throw new DOMException('Not here.', 'SecurityError');
};

/** Every code, seen at least once; `no-page` is Node's. */
const cases: Readonly<Record<Exclude<FindingCode, 'no-page'>, readonly Case[]>> = {
  'no-element': [{ name: 'a page without the element', around: { document: pageOf('') }, target: null, says: 'no <wearable-connect>' }],
  'not-defined': [{ name: 'a tag nobody has defined', around: { versionOf: () => null }, target: null, says: 'nothing has defined it' }],
  'no-origin': [{ name: 'a file', around: { page: new URL('file:///page.html'), origin: 'null' }, says: 'file:' }],
  'insecure-context': [{ name: 'http', around: { page: new URL('http://shop.example/'), origin: 'http://shop.example', isSecure: false }, says: 'http://shop.example' }],
  'extension-page': [{ name: 'an extension', around: { page: new URL('chrome-extension://abcdef/popup.html'), origin: 'chrome-extension://abcdef' }, says: 'chrome-extension:' }],
  'frame-sandbox': [{ name: 'a sandboxed frame', around: { frame: 'own', sandbox: 'allow-scripts allow-same-origin allow-popups' }, says: 'without allow-popups-to-escape-sandbox' }],
  'csp-sandbox': [
    { name: 'the page', served: page({ 'content-security-policy': 'sandbox allow-scripts allow-same-origin' }), says: 'This page is sandboxed by its Content-Security-Policy, without allow-popups ' },
    { name: 'the landing page', served: callback('<script src="callback.js"></script>', { 'content-security-policy': 'sandbox allow-scripts' }), says: 'The landing page' },
  ],
  'csp-connect-src': [
    { name: 'a header', served: page({ 'content-security-policy': "default-src 'self'" }), says: "Content-Security-Policy header keeps this page from reaching https://app.sweatstack.no: it allows 'self'" },
    { name: 'the second of two policies', served: page({ 'content-security-policy': "connect-src https:, connect-src 'none'" }), says: "'none'" },
    { name: 'a meta element', around: { document: pageOf(`<meta http-equiv="Content-Security-Policy" content="connect-src 'self'">`) }, says: 'in a <meta> element' },
    { name: 'another base-url', served: page({ 'content-security-policy': 'connect-src https://app.sweatstack.no' }), target: { ...wellSet, baseUrl: 'https://staging.example/' }, says: 'https://staging.example' },
    { name: 'the handler of Open Wearables', served: page({ 'content-security-policy': "connect-src 'none'" }), target: { platform: 'open-wearables', baseUrl: '/api/watch' }, says: origin },
    { name: 'the backend', served: page({ 'content-security-policy': 'connect-src https://app.sweatstack.no' }), target: { ...wellSet, tokenDelivery: 'backend' }, says: origin },
  ],
  'csp-script-src': [
    { name: 'a policy for nonces alone', served: callback('<script src="callback.js"></script>', { 'content-security-policy': "script-src 'nonce-a1' 'strict-dynamic' 'self'" }), says: `${origin}/callback.js` },
    { name: 'a policy in the page', served: callback(`<meta http-equiv="content-security-policy" content="default-src 'none'"><script src="callback.js"></script>`), says: "'none'" },
  ],
  'trusted-types': [{ name: 'a list without ours', served: page({ 'content-security-policy': "require-trusted-types-for 'script'; trusted-types other" }), says: 'trusted-types other' }],
  'redirect-uri-invalid': [
    { name: 'http on the network', target: { redirectUri: 'http://shop.example/wearable-callback.html' }, says: 'must be an https: address' },
    { name: 'a fragment', target: { redirectUri: '/wearable-callback.html#here' }, says: 'fragment' },
  ],
  'callback-other-origin': [{ name: 'www', target: { redirectUri: 'https://www.shop.example/wearable-callback.html' }, says: 'https://www.shop.example' }],
  'callback-missing': [
    { name: 'a handler that is not mounted', target: { platform: 'open-wearables' }, says: `${origin}/wearables/return` },
    { name: 'a 404', served: { '/wearable-callback.html': { status: 404 } }, says: 'answered 404' },
    { name: 'no answer', served: { '/wearable-callback.html': { status: 0 } }, says: 'was not answered' },
  ],
  'callback-script-missing': [
    { name: 'a 404', served: { '/callback.js': { status: 404 } }, says: 'answered 404' },
    { name: 'a page instead', served: { '/callback.js': {} }, says: 'not a script' },
  ],
  'callback-not-ours': [
    { name: 'a page without scripts', served: callback('<p>Hello'), says: 'without any script' },
    { name: 'a download', served: callback('<script src="callback.js"></script>', { 'content-type': 'text/plain' }), says: 'text/plain' },
  ],
  'callback-unrecognised': [
    { name: 'an app that answers everything', served: callback('<script type="module" src="/assets/index-Bx81kQ.js"></script>'), says: '/assets/index-Bx81kQ.js' },
    { name: 'a sign-in in between', served: { '/wearable-callback.html': { url: `${origin}/login`, body: '<script>go()</script>' } }, says: 'which leads to https://shop.example/login' },
  ],
  'redirect-uri-refused': [{ name: 'when the code is redeemed', target: { ...wellSet, error: refused('invalid_request') }, says: 'invalid_request' }],
  misconfigured: [
    { name: 'a missing client-id', target: { ...wellSet, error: new ConnectError('misconfigured', 'client-id is missing.') }, says: 'client-id is missing' },
    { name: 'an unknown client', target: { ...wellSet, error: refused('invalid_client') }, says: 'invalid_client' },
  ],
  'framed-cross-site': [
    { name: 'another site', around: { frame: 'foreign', ancestors: ['https://news.example'] }, says: 'https://news.example' },
    { name: 'nobody says whose', around: { frame: 'foreign' }, says: 'another origin' },
    { name: 'another site in between', around: { frame: 'foreign', ancestors: ['https://news.example', 'https://www.shop.example'] }, says: 'this frame’s alone' },
    { name: 'a suffix in common', around: { page: new URL('https://a.co.uk/'), origin: 'https://a.co.uk', frame: 'foreign', ancestors: ['https://b.co.uk'] }, says: 'https://b.co.uk' },
  ],
  'framed-same-site': [{ name: 'a subdomain', around: { frame: 'foreign', ancestors: ['https://www.shop.example'] }, says: 'https://www.shop.example' }],
  'in-app-browser': [{ name: 'said by its name', around: { isInApp: true }, says: 'inside another app' }],
  'home-screen-app': [{ name: 'said by the browser', around: { isStandalone: true }, says: 'home screen' }],
  'storage-blocked': [{ name: 'one of two', around: { canStore: (shelf) => shelf === 'session' }, says: 'localStorage cannot' }],
  'channel-blocked': [{ name: 'none', around: { canBroadcast: false }, says: 'BroadcastChannel' }],
  'other-version': [{ name: 'an older one', around: { versionOf: () => '0.0.9' }, says: '0.0.9' }],
  'loaded-twice': [{ name: 'two addresses', around: { loaded: [`${origin}/wearable-connect.js`, 'https://cdn.example/wearable-connect@1/wearable-connect.js?x'] }, says: 'https://cdn.example' }],
  'clock-off': [
    { name: 'ahead', around: { now: () => now + 61_000 }, says: '61 seconds ahead of' },
    { name: 'behind', around: { now: () => now - 7_200_000 }, says: '7200 seconds behind' },
  ],
  coop: [
    { name: 'same-origin', served: page({ 'cross-origin-opener-policy': 'same-origin; report-to="x"' }), says: 'same-origin' },
  ],
  'check-failed': [{ name: 'a browser that throws', around: { canStore: throws }, says: 'SecurityError: Not here.' }],
  'page-unread': [
    { name: 'a server without HEAD', served: { '/': { status: 405 } }, says: 'answered 405' },
    { name: 'offline', served: { '/': { status: 0 } }, says: 'was not answered' },
  ],
};

const codesOf = async (around: Around, target?: Examined | null): Promise<FindingCode[]> => (await examine(around, target)).map(({ code }) => code);

describe('platforms: doctor', () => {
  it('finds nothing where nothing is wrong, with three requests to the page’s own origin', async () => {
    const around = healthy();
    expect(await examine(around, wellSet)).to.deep.equal([]);
    expect(around.asked).to.have.members([`HEAD ${origin}/?shelf=2`, `GET ${origin}/wearable-callback.html`, `HEAD ${origin}/callback.js`]);
  });

  for (const [code, seen] of Object.entries(cases))
    for (const { name, around, served, target = wellSet, says } of seen)
      it(`${code}: ${name}`, async () => {
        const findings = await examine(healthy(around, served), target);
        const finding = findings.find((one) => one.code === code);
        expect(finding, `found ${JSON.stringify(findings)}`).not.to.equal(undefined);
        expect(finding?.message).to.include(says);
        expect(finding?.fix).to.have.length.above(10);
        expect(finding?.severity).to.be.oneOf(['error', 'warning', 'note']);
      });

  it('has a case for every code', () => expect([...Object.keys(cases), 'no-page']).to.have.members(findingCodes));

  const fine: readonly Case[] = [
    { name: 'the page itself as landing page', target: { redirectUri: null }, says: '' },
    { name: 'a landing page of one’s own', served: { ...callback('<h1>Hi</h1><script type="module" src="/assets/callback-Bx81kQ.js"></script>'), '/assets/callback-Bx81kQ.js': { headers: script } }, says: '' },
    { name: 'one that imports by name', served: callback('<script type="module">import "wearable-connect/callback";</script>'), says: '' },
    { name: 'one that runs the element', served: callback('<script defer src=https://cdn.example/wearable-connect@0.1.0/wearable-connect.js></script>'), says: '' },
    { name: 'an address without its ending', served: { '/wearable-callback.html': { url: `${origin}/wearable-callback`, body: '<script src="callback.js"></script>' } }, says: '' },
    { name: 'a <base>', served: { ...callback('<base href="/sub/"><script src="callback.js"></script>'), '/sub/callback.js': { headers: script } }, says: '' },
    { name: 'a server that cannot answer HEAD for a script', served: { '/callback.js': { status: 405 } }, says: '' },
    { name: 'a nonce on the landing page', served: callback('<script nonce="a1" src="callback.js"></script>', { 'content-security-policy': "script-src 'nonce-a1'" }), says: '' },
    { name: 'the policy of the README', served: page({ 'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' https://app.sweatstack.no; require-trusted-types-for 'script'; trusted-types lit-html" }), says: '' },
    { name: 'COOP that lets windows be', served: page({ 'cross-origin-opener-policy': 'same-origin-allow-popups' }), says: '' },
    { name: 'a frame of its own origin', around: { frame: 'own' }, says: '' },
    { name: 'a clock a minute off', around: { now: () => now - 60_000 }, says: '' },
    { name: 'an old answer of a cache that says so', served: page({ date: new Date(now - 3_600_000).toUTCString(), age: '3600' }), says: '' },
    { name: 'a platform of one’s own', served: page({ 'content-security-policy': "connect-src 'self'" }), target: { ...wellSet, platform: { name: 'own' } as never }, says: '' },
    { name: 'an error that is not about the set-up', target: { ...wellSet, error: new ConnectError('network', 'No answer.') }, says: '' },
  ];
  for (const { name, around, served, target = wellSet } of fine) it(`lets be: ${name}`, async () => expect(await codesOf(healthy(around, served), target)).to.deep.equal([]));

  it('puts the worst first', async () => {
    const around = healthy({ canBroadcast: false }, { ...page({ 'cross-origin-opener-policy': 'same-origin' }), '/wearable-callback.html': { status: 404 } });
    expect((await examine(around, wellSet)).map(({ severity }) => severity)).to.deep.equal(['error', 'warning', 'note']);
  });

  it('takes the first element of the page by its class, whatever its tag', async () => {
    const name = 'club-connect';
    if (!customElements.get(name)) customElements.define(name, class extends HTMLElement { static properties = { redirectUri: {} }; redirectUri = '/nowhere.html'; });
    const place = document.createElement('div');
    place.append(document.createElement(name));
    const around = healthy({ document: place });
    expect(await codesOf(around)).to.deep.equal(['callback-missing']);
    expect(around.asked).to.include(`GET ${origin}/nowhere.html`);
  });

  it('knows the platform’s origin by the same default as the platform', async () => {
    const { base } = settingsFrom({ clientId: 'app' });
    expect(await codesOf(healthy({}, page({ 'content-security-policy': `connect-src ${base.origin}` })), wellSet)).to.deep.equal([]);
  });

  it('survives a browser that throws at everything', async () => {
    const codes = await codesOf(healthy({ canStore: throws, versionOf: throws, fetch: throws, now: throws }), wellSet);
    expect(new Set(codes)).to.deep.equal(new Set(['check-failed']));
  });

  it('waits for no answer without end', async () => {
    const signals: unknown[] = [];
    const { fetch } = healthy();
    await examine(healthy({ fetch: (url, init) => (signals.push(init.signal), fetch(url, init)) }), wellSet);
    expect(signals).to.have.length(3);
    for (const signal of signals) expect(signal).to.be.instanceOf(AbortSignal);
  });

  it('looks at the real page too, and never throws', async () => {
    const findings = await doctor({ redirectUri: '/no-such-page.html' });
    expect(findings.map(({ code }) => code)).to.include('callback-missing');
  });
});
