/** What every journey needs: a sandbox, a host's site, each browser in turn, and a visitor to play. */
import { afterEach, before, beforeEach, describe } from 'node:test';
import { createSandbox } from '../../src/sandbox/index.js';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/index.js';
import type { Browser, Engine } from '../browsers/engine.js';
import { engines } from '../browsers/engines.js';
import { sharedBrowser } from '../browsers/shared.js';
import { createHost } from './host.js';
import type { Host } from './host.js';
import { type Attributes, Visitor } from './visitor.js';

/** The stage of one journey: new sites and a new browser profile for each. */
export interface Stage {
  readonly sandbox: Sandbox;
  readonly host: Host;
  /** The platform at another pace than the usual one: five years in a second. */
  begin(options: SandboxOptions): Promise<void>;
  /** The visitor opens the host's page, with the tag as this host has written it. */
  arrive(attributes?: Attributes, path?: string): Promise<Visitor>;
  /** The visitor comes to the host's site, to a page that has no tag: before they sign in to it. */
  enter(): Promise<Visitor>;
}

class OneStage implements Stage {
  readonly #engine: Engine;
  #browser: Browser | undefined;
  #sites: { sandbox: Sandbox; host: Host } | undefined;
  #visitors: Visitor[] = [];

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  get sandbox(): Sandbox {
    return this.#here.sandbox;
  }

  get host(): Host {
    return this.#here.host;
  }

  async launch(): Promise<void> {
    this.#browser = await sharedBrowser(this.#engine);
  }

  async begin(options: SandboxOptions): Promise<void> {
    await this.#closeSites();
    const [sandbox, host] = await Promise.all([
      createSandbox({ port: 0, quiet: true, historySeconds: 1, lineEverySeconds: 0.2, streamSeconds: 60, ...options }),
      createHost({ listening: this.#engine.name === 'WebKit' }),
    ]);
    this.#sites = { sandbox, host };
  }

  async arrive(attributes: Attributes = {}, path = '/'): Promise<Visitor> {
    const visitor = await this.#visitor();
    await visitor.visit(attributes, path);
    return visitor;
  }

  async enter(): Promise<Visitor> {
    const visitor = await this.#visitor();
    visitor.page = await visitor.opensTab(`${this.host.origin}/welcome`);
    return visitor;
  }

  async end(): Promise<void> {
    const visitors = this.#visitors.splice(0);
    try {
      for (const visitor of visitors) await visitor.leaveQuietly();
    } finally {
      await this.#closeSites();
    }
  }

  async #visitor(): Promise<Visitor> {
    if (!this.#browser) throw new Error('no browser was started');
    const visitor = new Visitor({ ...this.#here, profile: await this.#browser.visitor() });
    this.#visitors.push(visitor);
    return visitor;
  }

  get #here(): { sandbox: Sandbox; host: Host } {
    if (!this.#sites) throw new Error('the sites are not there yet');
    return this.#sites;
  }

  async #closeSites(): Promise<void> {
    const sites = this.#sites;
    this.#sites = undefined;
    await Promise.all([sites?.sandbox.close(), sites?.host.close()]);
  }
}

/** The same journeys in every browser that is here. */
export function inEveryEngine(title: string, journeys: (stage: Stage) => void, begin = (stage: Stage): Promise<void> => stage.begin({})): void {
  for (const engine of engines)
    describe(`${title}, in ${engine.name}`, () => {
      const stage = new OneStage(engine);
      before(() => stage.launch());
      beforeEach(() => begin(stage));
      afterEach(() => stage.end());
      journeys(stage);
    });
}
