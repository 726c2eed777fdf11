import type { RequestListener } from 'node:http';
import { createAllFaults, type SandboxFaults } from './all-faults.js';
import { answerAssets, answerFaults } from './control.js';
import { createOpenWearables, demoApplication, forget } from './open-wearables/begin.js';
import { openWearablesVisit } from './open-wearables/connect.js';
import { openWearablesSite } from './open-wearables/site.js';
import { settle, type SandboxFaultChanges, type SandboxOptions } from './options.js';
import { siteNames, type Site } from './page.js';
import { createRequestLog, type LoggedRequest } from './request-log.js';
import { hostName, serve } from './serve.js';
import { createAccounts, type Account } from './sweatstack/accounts.js';
import type { Mail } from './sweatstack/model.js';
import { createIssuer } from './sweatstack/provider.js';
import { sweatstackSites } from './sweatstack/site.js';
import { sweatstackVisit } from './sweatstack/wearable-visit.js';
import type { World } from './sweatstack/world.js';
import { wearableSite } from './wearable-site.js';
import { createExchange, HttpError, send, sendJson, type Exchange, type Handler } from './web.js';

export type { AnswerFault, FaultBody, StreamFault } from './broken-answer.js';
export type { Endpoint, FaultChanges, Faults, Page } from './faults.js';
export type { SandboxFaults } from './all-faults.js';
export type { GarminType, OpenWearablesChanges, OpenWearablesEndpoint, OpenWearablesFaults } from './open-wearables/faults.js';
export type { Release } from './open-wearables/releases.js';
export type { SandboxClient, SandboxFaultChanges, SandboxOptions } from './options.js';
export type { LoggedRequest } from './request-log.js';
export type { Account, Connection } from './sweatstack/accounts.js';
export type { Integration } from './sweatstack/integrations.js';
export type { Mail } from './sweatstack/model.js';

export interface Sandbox {
  readonly port: number;
  /** The base URL for the widget: `http://sweatstack.localhost:PORT`. */
  readonly sweatstack: string;
  readonly garmin: string;
  readonly intervals: string;
  readonly wahoo: string;
  /** The inbox where sign-in links arrive. */
  readonly mail: string;
  /** For a backend: `http://open-wearables.localhost:PORT`. `http://127.0.0.1:PORT` will do where that does not resolve. */
  readonly openWearables: string;
  /** Its API key, in `X-Open-Wearables-API-Key`. */
  readonly openWearablesKey: string;
  /** What a host shows to Open Wearables for a token of its own mobile app. */
  readonly openWearablesApplication: { readonly appId: string; readonly appSecret: string };
  readonly faults: SandboxFaults;
  /** Adds to the faults that hold; null takes one away. An unknown name throws. */
  setFaults(changes: SandboxFaultChanges): void;
  clearFaults(): void;
  /** The last 500 requests, oldest first. */
  readonly requests: readonly LoggedRequest[];
  readonly accounts: readonly Account[];
  /** Newest first. */
  readonly mails: readonly Mail[];
  /** Forgets accounts, users, connections, sessions, mails, faults and the log. Tokens and codes of before are refused from then on. */
  reset(): void;
  /** Ends at once, open streams too. */
  close(): Promise<void>;
}

const tries = 20;

function problem(error: unknown): [status: number, detail: string] {
  if (error instanceof HttpError) return [error.status, error.message];
  return [500, 'The sandbox failed; see its console.'];
}

/** A local SweatStack and a local Open Wearables, listening: on loopback only, each site on its own `*.localhost` origin of one port. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const settings = settle(options);
  const faults = createAllFaults(options.faults);
  const accounts = createAccounts(settings.accountsFile);
  const log = createRequestLog();
  const closing = new AbortController();
  let sites: Record<string, Handler> = {};
  let openWearablesKnows = (_exchange: Exchange): boolean => false;

  const listener: RequestListener = (req, res) => {
    log.add(req, res);
    res.on('error', () => undefined);
    const name = hostName(req);
    const exchange = createExchange(req, res, `http://${name ?? 'unknown'}.localhost`);
    // A backend's resolver may not know *.localhost; what it asks for says where it wants to go.
    const label = name !== 'localhost' ? (name ?? '') : openWearablesKnows(exchange) ? 'open-wearables' : 'sweatstack';
    const site = sites[label];
    if (site === undefined) {
      const names = Object.keys(sites).map((label) => `${label}.localhost`).join(', ');
      send(exchange, 421, 'text/plain; charset=utf-8', `The sandbox has no site of this name. It has: ${names}.\n`);
      return;
    }
    void (async () => {
      try {
        if (answerAssets(exchange)) return;
        if (exchange.url.pathname === '/sandbox/faults') {
          await answerFaults(exchange, label === 'open-wearables' ? faults.openWearables : faults);
        } else await site(exchange);
      } catch (error) {
        const [status, detail] = problem(error);
        if (status === 500 && !settings.quiet) console.error(error);
        if (res.headersSent) res.destroy();
        else sendJson(exchange, status, { detail });
      }
    })();
  };

  const listening = await serve(listener, settings.port, tries);
  const at = (name: Site): string => `http://${name}.localhost:${listening.port}`;
  const origins = { sweatstack: at('sweatstack'), garmin: at('garmin'), intervals: at('intervals'), wahoo: at('wahoo'), mail: at('mail') };
  const issuer = await createIssuer(settings, accounts, origins.sweatstack).catch(async (error: unknown) => {
    await listening.close();
    throw error;
  });
  const world: World = {
    settings, origins, faults: faults.sweatstack, log, accounts, closing: closing.signal,
    issuer,
    attempts: new Map(), errands: new Map(), tickets: new Map(), newcomers: new Map(), sessions: new Map(),
    wearableSessions: new Map(), portalLinks: new Map(), portalVisits: new Map(), mails: [], mailLinks: new Map(),
  };
  const openWearables = createOpenWearables(settings, at, closing.signal, faults.openWearables);
  const { answer, knows } = openWearablesSite(openWearables);
  openWearablesKnows = knows;
  sites = { ...sweatstackSites(world), 'open-wearables': answer };
  for (const site of Object.keys(siteNames) as Site[]) {
    // The others are wearables': one site each, whichever platform sent the visitor.
    sites[site] ??= wearableSite({
      site, sessions: world.wearableSessions, closing: closing.signal,
      visit: (state) => sweatstackVisit(world, site, state) ?? openWearablesVisit(openWearables, site, state),
    });
  }

  return {
    port: listening.port,
    ...origins,
    openWearables: openWearables.origin,
    openWearablesKey: settings.openWearablesKey,
    openWearablesApplication: demoApplication,
    get faults() { return faults.current; },
    setFaults: (changes) => faults.set(changes),
    clearFaults: () => faults.clear(),
    requests: log.entries,
    get accounts() { return accounts.all; },
    mails: world.mails,
    reset() {
      for (const value of Object.values(world)) if (value instanceof Map) value.clear();
      world.mails.length = 0;
      accounts.clear();
      world.issuer.forget();
      forget(openWearables);
      faults.clear();
      log.clear();
    },
    async close() {
      closing.abort();
      await listening.close();
    },
  };
}
