/** As an app's bundler serves it: the list comes first, and what signs in while it is read. */
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { before, it } from 'node:test';
import { bundled, type Bundle } from '../bench/bundle.js';
import { ourEntry } from '../bench/compared.js';
import { orderOf } from './heard.js';
import { inEveryEngine, type Stage } from './rig.js';

/** The host's page takes the bundle instead of the script; whatever does not come with it at once waits until it is let go. */
function serve({ host }: Stage, { files, entry, first }: Bundle, isWithheld = false): () => void {
  const waiting: (() => void)[] = [];
  let held = isWithheld;
  host.mount(({ url = '' }, outgoing: ServerResponse) => {
    const name = url.slice(1);
    const code = name === 'wearable-connect.js' ? `import('/${entry}')` : files.get(name);
    if (code === undefined) return false;
    const send = (): void => void outgoing.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-store' }).end(code);
    if (held && files.has(name) && !first.includes(code)) waiting.push(send);
    else send();
    return true;
  });
  return () => {
    held = false;
    waiting.splice(0).forEach((send) => send());
  };
}

inEveryEngine('a visitor connects on a site that bundles the element', (stage) => {
  let bundle: Bundle;
  before(async () => {
    bundle = await bundled(ourEntry('element'));
  });

  it('whose click comes before what signs in: its window opens at once, and goes on when that has come', async () => {
    const letGo = serve(stage, bundle, true);
    const visitor = await stage.arrive();
    const window = await visitor.opens(() => visitor.click('Garmin Connect'));
    assert.deepEqual(await visitor.heard(), [], 'nothing has happened yet');
    letGo();
    await visitor.signInAtWearable(window);
    await visitor.closes(window, () => visitor.click('Allow', window));
    await visitor.hears('change', { phase: 'connected' });
    assert.deepEqual(orderOf(await visitor.heard()).slice(0, 7), ['change(choosing)', 'change(authorizing)', 'change(confirming)', 'tokens(connected)', 'connections', 'connected', 'change(syncing)']);
    await visitor.sees('Your history is here');
  });

  it('and comes back to the page itself', async () => {
    serve(stage, bundle);
    const visitor = await stage.arrive({ 'redirect-uri': '' }, '/own-page');
    await visitor.connects('Garmin Connect');
    assert.equal(new URL(await visitor.page.url()).search, '');
  });

  it('and is known again when the page is loaded anew', async () => {
    serve(stage, bundle);
    const visitor = await stage.arrive({ persist: 'local' });
    await visitor.connects('Garmin Connect');
    await visitor.hears('change', { phase: 'connected' });
    await visitor.visit({ persist: 'local' });
    await visitor.hears('tokens', { reason: 'restored' });
    await visitor.hears('change', { phase: 'connected' });
  });
});
