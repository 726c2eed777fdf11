/** One browser, one set of sites and one visitor for a whole group of situations: each of them costs a page and a click or two. */
import { after, afterEach, before, beforeEach, describe } from 'node:test';
import type { SandboxOptions } from '../../src/sandbox/index.js';
import type { LoggedRequest } from '../../src/sandbox/index.js';
import { engines } from '../browsers/engines.js';
import { sharedBrowser } from '../browsers/shared.js';
import type { Browser, EngineName, LaunchOptions, Profile } from '../browsers/engine.js';
import { createSites } from './sites.js';
import type { Sites } from './sites.js';
import { Visit } from './visit.js';

export interface Ground {
  readonly engine: EngineName;
  readonly sites: Sites;
  readonly browser: Browser;
  readonly profile: Profile;
}

export interface GroundOptions extends LaunchOptions {
  readonly sandbox?: SandboxOptions;
  readonly only?: readonly EngineName[];
  /** Nobody signs in before. */
  readonly isNew?: boolean;
}

/** The same situations in every engine. The visitor has been here before: the platform asks them for one click, its consent. */
export function inEveryEngine(title: string, define: (ground: Ground) => void, { sandbox, only, isNew, ...launch }: GroundOptions = {}): void {
  const isShared = Object.keys(launch).length === 0;
  for (const engine of engines)
    if (!only || only.includes(engine.name))
      describe(`${title}, in ${engine.name}`, () => {
        const ground = { engine: engine.name } as { -readonly [Name in keyof Ground]: Ground[Name] };
        before(async () => {
          // One after the other: what has begun is known to whoever ends it, also where the next does not begin.
          ground.sites = await createSites(sandbox);
          // What is told to a browser when it starts would hold for everybody in it.
          ground.browser = await (isShared ? sharedBrowser(engine) : engine.launch(launch));
          ground.profile = await ground.browser.visitor();
          if (!isNew) await signInForTheFirstTime(ground);
        });
        beforeEach(() => {
          ground.sites.sandbox.clearFaults();
          asksAgain(ground.sites);
        });
        afterEach(() => leaveAll(ground.profile));
        after(async () => {
          // Where the browser did not start there is nothing to close.
          await (ground.profile as Profile | undefined)?.close();
          if (!isShared) await (ground.browser as Browser | undefined)?.close();
          await (ground.sites as Sites | undefined)?.close();
        });
        define(ground);
      });
}

async function signInForTheFirstTime({ profile, sites }: Ground): Promise<void> {
  const visit = await Visit.to(profile, sites.page());
  const window = await visit.picks('Garmin Connect');
  await window.click('Sign in');
  await window.click('Allow');
  await visit.allowsIn(window);
  await visit.hears('connected');
  await leaveAll(profile);
}

/** The consent is asked for anew: so the window stays at the platform until somebody clicks there. */
export function asksAgain({ sandbox }: Sites): void {
  for (const account of sandbox.accounts) account.apps = {};
}

/** The wearable's own page comes into the way again, too. */
export function unconnects({ sandbox }: Sites): void {
  for (const account of sandbox.accounts) account.connections = [];
}

/** All but one, in which nothing is open: a browser without any window ends. */
async function leaveAll(profile: Profile): Promise<void> {
  const [last, ...others] = await profile.tabs();
  await Promise.all(others.map((tab) => tab.close()));
  await last?.goto('about:blank');
}

/** What the platform is asked for from here on. */
export function watchRequests({ sandbox }: Sites): () => readonly LoggedRequest[] {
  const last = sandbox.requests.at(-1);
  return () => sandbox.requests.slice(last ? sandbox.requests.indexOf(last) + 1 : 0);
}

export const exchanges = (requests: readonly LoggedRequest[]): readonly LoggedRequest[] =>
  requests.filter(({ path, method, body }) => method === 'POST' && path === '/api/v1/oauth/token' && body?.['grant_type'] === 'authorization_code');
