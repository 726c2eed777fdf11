/** Our script on somebody else's page: under their policies, more than once, in every order, and where they keep their elements. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { PageOptions } from './documents.js';
import { asksAgain, inEveryEngine } from './rig.js';
import type { Ground } from './rig.js';
import { eventually, Visit } from './visit.js';

const tag = 'wearable-connect';

inEveryEngine('on somebody else’s page', (ground: Ground) => {
  const csp = (policy: string): Readonly<Record<string, string>> => ({ 'content-security-policy': policy });
  /** What the README promises to be enough. */
  const strict = (more = ''): string =>
    `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ${ground.sites.sandbox.sweatstack}${more}`;

  async function connects(page: PageOptions): Promise<Visit> {
    asksAgain(ground.sites);
    const visit = await Visit.to(ground.profile, ground.sites.page(page));
    await visit.allowsIn(await visit.picks('Garmin Connect', '/consent'));
    const heard = await visit.isConnected();
    assert.deepEqual(heard.filter(({ name }) => name === 'violation'), []);
    return visit;
  }

  /** The rules of the widget's own sheet hold: without them it would still work, and look like nothing. */
  const isStyled = async (visit: Visit): Promise<void> => {
    const display = await visit.run(() => getComputedStyle(document.querySelector('wearable-connect') as Element).display);
    assert.equal(display, 'block');
  };

  it('which allows nothing inline and no other origin: it works, and violates nothing [F23, T18]', async () => {
    const landing = csp(`default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`);
    await isStyled(await connects({ headers: csp(strict()), landing }));
  });

  it('which goes by nonces and strict-dynamic [F23, T18]', async () => {
    const policy = `script-src 'nonce-once' 'strict-dynamic'; object-src 'none'; base-uri 'none'; style-src 'self'`;
    await isStyled(await connects({ nonce: 'once', headers: csp(policy) }));
  });

  it('which wants trusted types and knows our name [F23, T18]', async () => {
    await connects({ headers: csp(strict(`; require-trusted-types-for 'script'; trusted-types ${tag}`)) });
  });

  it('which wants trusted types, and a Lit of the host’s own has taken Lit’s name [F23, T18]', async () => {
    const lit = ground.sites.put('host', `window.trustedTypes?.createPolicy('lit-html', { createHTML: (html) => html });`, {}, 'text/javascript');
    const policy = strict(`; require-trusted-types-for 'script'; trusted-types lit-html ${tag}`);
    await connects({ headers: csp(policy), head: `<script src="${lit}"></script>` });
  });

  it('which only reports what trusted types would forbid [F23, T18]', async () => {
    const asked = "require-trusted-types-for 'script'; trusted-types 'none'";
    asksAgain(ground.sites);
    const visit = await Visit.to(ground.profile, ground.sites.page({ headers: { 'content-security-policy-report-only': asked } }));
    await visit.allowsIn(await visit.picks('Garmin Connect', '/consent'));
    await visit.isConnected();
  });

  it('which forbids our policy: the host’s page lives on, nothing is thrown at it [F23, T18]', async () => {
    const after = ground.sites.put('host', `addEventListener('load', () => { document.title = 'alive'; });`, {}, 'text/javascript');
    for (const names of ['other', "'none'"]) {
      const headers = csp(strict(`; require-trusted-types-for 'script'; trusted-types ${names}`));
      const visit = new Visit(ground.profile, await ground.profile.open(ground.sites.page({ headers, body: `TAG<script src="${after}"></script>` })));
      await eventually('the page never loaded', () => visit.run(() => document.title === 'alive'));
      assert.equal(await visit.run(() => customElements.get('wearable-connect') !== undefined), true, 'the element is there, for whoever has it drawn elsewhere');
      assert.deepEqual((await visit.heard()).filter(({ name }) => name === 'uncaught'), [], names);
    }
  });

  const once = '<script src="/wearable-connect.js" defer></script>';

  it('twice, as classic script and as module: one element, silent [F23, T18]', async () => {
    const { profile } = ground;
    const before = profile.console.length;
    await connects({ script: `${once}${once}<script type="module" src="/wearable-connect.js"></script>` });
    assert.deepEqual(profile.console.slice(before).filter((line) => line.includes('already defined')), []);
  });

  it('in two versions: the first stays, and one warning names both [F23, T18]', async () => {
    const { sites, profile, engine } = ground;
    const [, version] = /wearable-connect (\d+\.\d+\.\d+)/.exec(sites.script) ?? [];
    assert.ok(version, 'the file says its version');
    const older = sites.put('host', sites.script.replaceAll(version, '0.0.7'), {}, 'text/javascript');
    const before = profile.console.length;
    const visit = await connects({ script: `<script src="${older}" defer></script>${once}${once}` });
    assert.equal(await visit.run(() => (customElements.get('wearable-connect') as unknown as { version: string }).version), '0.0.7');
    const warnings = profile.console.slice(before).filter((line) => line.includes('already defined'));
    // WebKit's driver reads no console.
    if (engine !== 'WebKit') assert.ok(warnings.length > 0 && warnings.every((line) => line.includes('0.0.7') && line.includes(version)), warnings.join('\n'));
  });

  it('asynchronously in the head, before the tag is there [F23, T18]', async () => {
    await connects({ script: '<script src="/wearable-connect.js" async></script>' });
  });

  it('long after everything has been loaded [F23, T18]', async () => {
    const loader = `addEventListener('load', () => setTimeout(() => document.head.append(Object.assign(document.createElement('script'), { src: '/wearable-connect.js' })), 300));`;
    await connects({ script: `<script>${loader}</script>` });
  });

  it('inside a shadow tree of theirs [F23, T18]', async () => {
    const body = `<div id="theirs"></div><template>TAG</template><script>
      const root = document.getElementById('theirs').attachShadow({ mode: 'open' });
      root.append(document.querySelector('template').content.cloneNode(true));
      window.widget = root.querySelector('wearable-connect');
      widget.addEventListener('wearable-tokens', (event) => heard.push({ name: 'tokens', token: event.detail.accessToken }));
    </script>`;
    // What bubbles is composed, and reaches their document; tokens do neither, and are heard at the element alone.
    await connects({ body });
  });
});
