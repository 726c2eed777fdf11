/** The sites, the browser and the clock of a whole soak. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import type { Browser, Engine, Profile } from '../browsers/engine.js';
import { createSites, type Sites } from '../situations/sites.js';
import { stepAside } from './aside.js';
import { createClubSite, type ClubSite } from './club.js';
import { createLedgerSite, type LedgerSite } from './ledger-site.js';

export interface World {
  /** Whether each step is told as it is done. */
  readonly isTalkative: boolean;
  readonly sites: Sites;
  readonly ledgerSite: LedgerSite;
  readonly club: ClubSite;
  readonly browser: Browser;
  readonly profile: Profile;
  /** A page of another site. */
  readonly elsewhere: string;
  /** A page of another site that floods whoever frames it with messages. */
  readonly flood: string;
  /** For the servers; a page has its own. Gives how much was skipped altogether. */
  skip(ms: number): number;
  /** Answers that have begun and not ended, on any server of this process. */
  openAnswers(): readonly string[];
  close(): Promise<void>;
}

const flooding = `<title>Flood</title><script>
  for (let round = 0; round < 20; round++)
    for (const one of [{ v: 1, query: 'code=evil&state=wc1.unknown' }, { v: 2 }, null, [], 'wc1:heard', 'wc1:heard!', { v: 1, query: 'x'.repeat(1e5) }]) parent.postMessage(one, '*');
  parent.postMessage('flooded', '*');
</script>`;

const began = 'http.server.request.start';

/** Everything in this process lives by one clock, which can leap: the platform’s tokens are made by a library that asks nobody else. */
export async function createWorld(engine: Engine, isTalkative: boolean): Promise<World> {
  const now = Date.now.bind(Date);
  let skipped = 0;
  Date.now = () => now() + skipped;
  const open = new Map<ServerResponse, string>();
  const count = (message: unknown): void => {
    const { request, response } = message as { request: { method: string; headers: { host?: string }; url: string }; response: ServerResponse };
    open.set(response, `${request.method} ${request.headers.host?.split(':')[0]}${request.url.split('?')[0]}`);
    response.once('close', () => open.delete(response));
  };
  subscribe(began, count);
  const sites = await createSites({ now: () => Date.now(), historySeconds: 0.5, lineEverySeconds: 0.1, streamSeconds: 5 });
  const ledgerSite = await createLedgerSite(() => skipped);
  const club = await createClubSite(sites.sandbox);
  const browser = await engine.launch();
  const profile = await browser.visitor();
  await stepAside(); // Once more: now for the browser too.
  return {
    isTalkative,
    sites,
    ledgerSite,
    club,
    browser,
    profile,
    elsewhere: sites.put('other', '<title>Elsewhere</title><p>Elsewhere'),
    flood: sites.put('other', flooding),
    skip: (ms) => (skipped += ms),
    openAnswers: () => [...open.values()],
    async close() {
      await profile.close().catch(() => {});
      await browser.close();
      await Promise.all([sites.close(), ledgerSite.close(), club.close()]);
      unsubscribe(began, count);
      Date.now = now;
    },
  };
}
