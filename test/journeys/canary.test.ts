/**
 * Every token, code and verifier of a run is known to the one who reads both ends. After each journey they are looked for
 * wherever somebody else could find them: the page's tree, its storage, its console, its addresses, its events, its requests.
 */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Tab } from '../browsers/engine.js';
import { inEveryEngine } from './rig.js';
import type { Stage } from './rig.js';
import type { Visitor } from './visitor.js';

interface Seen {
  readonly where: string;
  readonly what: string;
}

/** Where each kind of secret may be for a moment: it is redeemed, renewed and revoked somewhere, and an attempt waits in storage. */
const mayBe: Readonly<Record<string, RegExp>> = {
  token: /^request \/api\/v1\/oauth\/revoke$/,
  code: /^(?:request \/api\/v1\/oauth\/token|storage wc1:m:)$/,
  verifier: /^(?:request \/api\/v1\/oauth\/token|storage wc1:p:)$/,
};

/** Everything that can be read in a page by whoever is on it. */
const looksRound = (page: Tab): Promise<Seen[]> =>
  page.evaluate(() => {
    const trees: (Document | ShadowRoot)[] = [document];
    const found: Seen[] = [...((globalThis as unknown as { seen?: Seen[] }).seen ?? [])];
    for (const tree of trees) {
      for (const element of tree.querySelectorAll('*')) if (element.shadowRoot) trees.push(element.shadowRoot);
      found.push({ where: 'tree', what: tree instanceof Document ? tree.documentElement.outerHTML : tree.innerHTML });
    }
    for (const shelf of [localStorage, sessionStorage]) found.push({ where: 'storage left', what: JSON.stringify(shelf) });
    found.push({ where: 'cookie', what: document.cookie }, { where: 'name', what: window.name }, { where: 'address', what: location.href });
    found.push({ where: 'history', what: JSON.stringify(history.state) ?? '' }, { where: 'referrer', what: document.referrer });
    found.push(...performance.getEntriesByType('resource').map(({ name }) => ({ where: 'loaded', what: name })));
    const widget = document.querySelector('wearable-connect') as unknown as Record<string, unknown>;
    // What a page may copy by accident: everything that hangs on the element.
    for (const name of ['phase', 'user', 'connections', 'progress', 'error']) found.push({ where: `property ${name}`, what: JSON.stringify(widget[name]) ?? '' });
    return found;
  });

async function nothingLeaked(visitor: Visitor, { sandbox }: Stage): Promise<void> {
  const forms = sandbox.requests.filter(({ method, path }) => method === 'POST' && path === '/api/v1/oauth/token').map(({ body }) => body ?? {});
  const secrets: (readonly [kind: string, text: string])[] = [];
  for (const { secrets: told } of (await visitor.heard()).filter(({ name }) => name === 'tokens')) for (const token of told as string[]) secrets.push(['token', token]);
  for (const { code, code_verifier: verifier, refresh_token: refresh } of forms) {
    if (code) secrets.push(['code', code]);
    if (verifier) secrets.push(['verifier', verifier]);
    if (refresh) assert.ok(secrets.some(([, text]) => text === refresh), 'what renews is among what was told');
  }
  assert.ok(['token', 'code', 'verifier'].every((kind) => secrets.some(([known]) => known === kind)), 'one of each is known');
  const seen = await looksRound(visitor.page);
  assert.ok(seen.some(({ where }) => where === 'event tokens') && seen.some(({ where }) => where === 'tree'), 'the watcher watches');
  for (const [kind, text] of secrets)
    for (const { where, what } of seen) {
      const renews = kind === 'token' && where === 'request /api/v1/oauth/token' && what.includes('grant_type=refresh_token');
      assert.ok(!what.includes(text) || (mayBe[kind]?.test(where) ?? false) || renews, `a ${kind} is in: ${where}`);
    }
  // Nothing of the platform's is asked for with a secret in its address, and no page of anybody's hears one as referrer.
  for (const { path, headers } of sandbox.requests)
    for (const [kind, text] of secrets) assert.ok(!path.includes(text) && !String(headers['referer'] ?? '').includes(text), `a ${kind} is in the address or referrer of ${path.split('?')[0]}`);
}

const offline = 'openid profile data:read offline_access';

inEveryEngine('no secret is anywhere but where it must be', (stage) => {
  for (const [name, attributes] of Object.entries({
    'by express login, a developer looking on': { inspector: true },
    'by the standard page': { 'sign-in': 'standard' },
    'with the page itself as landing page': { 'redirect-uri': '' },
    'with tokens that can be renewed': { 'token-delivery': 'event', scope: offline },
  } as const))
    it(`${name} [T7, T8, T24]`, async () => {
      const visitor = await stage.arrive(attributes);
      await visitor.connects('Garmin Connect');
      await nothingLeaked(visitor, stage);
    });

  it('by the whole page and back [T2, T7, T24]', async () => {
    const visitor = await stage.arrive({ mode: 'redirect' });
    await visitor.click('Garmin Connect');
    await visitor.signInAtWearable(visitor.page);
    await visitor.click('Allow');
    await visitor.hears('connected');
    await nothingLeaked(visitor, stage);
  });

  it('renewed, and then let go [T7, T9, T25]', async () => {
    const visitor = await stage.arrive({ scope: offline, inspector: true });
    stage.sandbox.setFaults({ revocation: true });
    await visitor.connects('Garmin Connect');
    await visitor.call('refresh');
    await visitor.hears('tokens', { reason: 'refreshed' });
    await visitor.call('disconnect');
    await visitor.hears('disconnected');
    await nothingLeaked(visitor, stage);
  });

  it('when the platform’s answers go wrong [T7, T24]', async () => {
    const visitor = await stage.arrive({ inspector: true });
    stage.sandbox.setFaults({ answers: { userinfo: 500, status: 403, latest: 429 }, tokenMembers: { scope: null } });
    await visitor.connects('Garmin Connect');
    await nothingLeaked(visitor, stage);
    visitor.forgives(/status of (?:403|429|500)/);
  });
});
