/** Where every page of a soak gets its ledger from, with the time as it is by now; and where a page that goes leaves its last words. */
import { text } from 'node:stream/consumers';
import { serve } from '../../src/sandbox/serve.js';
import { openLedger, type Told } from './ledger.js';

export interface LedgerSite {
  readonly origin: string;
  /** A page takes this before everything else. */
  readonly tag: (nonce?: string) => string;
  /** What pages have said on their way out, since it was asked last. */
  drain(): Told;
  close(): Promise<void>;
}

export async function createLedgerSite(skipped: () => number): Promise<LedgerSite> {
  const told: Told = { entries: [], sights: [] };
  let origin = '';
  const listening = await serve((request, response) => {
    response.setHeader('access-control-allow-origin', '*').setHeader('cross-origin-resource-policy', 'cross-origin');
    if (request.method === 'POST')
      return void text(request).then(
        (line) => {
          const { entries, sights } = JSON.parse(line) as Told;
          told.entries.push(...entries);
          told.sights.push(...sights);
          response.writeHead(204).end();
        },
        () => {}, // The browser has ended.
      );
    // What esbuild, inside tsx, wraps around functions to keep their names, the page knows nothing of.
    const script = `((__name) => (${String(openLedger)})(${skipped()}, ${JSON.stringify(origin)}))((named) => named);`;
    response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-store' }).end(script);
  }, 0, 0);
  origin = `http://ledger.localhost:${listening.port}`;
  return {
    origin,
    tag: (nonce = '') => `<script src="${origin}/ledger.js" nonce="${nonce}" referrerpolicy="no-referrer"></script>`,
    drain: () => ({ entries: told.entries.splice(0), sights: told.sights.splice(0) }),
    close: () => listening.close(),
  };
}
