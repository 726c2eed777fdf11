/** A club with a server of its own, behind which is Open Wearables; the rest is as in every journey. */
import { randomUUID } from 'node:crypto';
import { fetchAtHome } from '../../stories/playground/at-home.js';
import { createClub, members } from '../../stories/playground/club.js';
import type { OpenWearablesChanges } from '../../src/sandbox/index.js';
import { until } from '../browsers/waiting.js';
import { Backend } from '../sandbox/backend.js';
import { createPassingTime, type PassingTime } from './passing-time.js';
import { inEveryEngine, type Stage } from './rig.js';
import type { Attributes, Visitor } from './visitor.js';

/** How much faster the servers' clock goes than the visitor's. */
const pace = 8;

export interface ClubStage extends Stage {
  readonly time: PassingTime;
  /** So much time passes at once, between two questions to Open Wearables: none of them is left without an answer for so long. */
  passes(ms: number): Promise<void>;
  /** A member signs in to the club, and opens its page with the tag. */
  arrive(attributes?: Attributes, path?: string): Promise<Visitor>;
  /** A member signs in to the club, and has not opened that page yet. */
  enter(login?: string): Promise<Visitor>;
  /** What Open Wearables lists of a member: the source, and how it stands. */
  statuses(login: string): Promise<readonly string[]>;
  /** The member has connected this before they come, on whatever device. */
  isConnected(source: string): Promise<void>;
  /** The club's server ends in the middle of whatever it does, and another one stands in its place. */
  restart(): void;
  goesWrong(changes: OpenWearablesChanges): void;
  /** Every page of the club has these headers, the one that a sign-in comes back to as well. */
  alwaysSends(headers: Readonly<Record<string, string>>): void;
  /** How often Open Wearables was asked for this. */
  asked(path: RegExp): number;
  /** How often its server was asked for updates, and how many of these streams are open. */
  readonly streams: { readonly all: number; readonly open: number };
}

const tag: Attributes = { platform: 'open-wearables' };

/** Runs in the page. */
const signIn = (credentials: object): Promise<number> =>
  fetch('/club/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(credentials) }).then(({ status }) => status);

function clubStage(stage: Stage): ClubStage {
  let time = createPassingTime(pace);
  let unanswered = 0;
  let always: readonly (readonly [string, string])[] = [];
  /** Another for each club: whom one has let in, the next does not know. */
  let secret = '';

  const fetchCounted = async (url: string, init: RequestInit): Promise<Response> => {
    unanswered += 1;
    return fetchAtHome(url, init).finally(() => (unanswered -= 1));
  };

  const mount = (): void => {
    const { openWearables: url, openWearablesKey: apiKey } = stage.sandbox;
    const club = createClub({ origin: stage.host.origin, secret, openWearables: { url, apiKey }, fetch: fetchCounted, clock: time });
    stage.host.mount((incoming, outgoing) => {
      for (const [name, value] of always) outgoing.setHeader(name, value);
      return club.answer(incoming, outgoing);
    });
  };

  async function enter(login = 'ingrid'): Promise<Visitor> {
    const visitor = await stage.enter();
    const { password } = members.find((member) => member.login === login) ?? {};
    await until(async () => (await visitor.page.evaluate(signIn, { login, password })) === 200, () => 'the club did not let its member in');
    return visitor;
  }

  return {
    get sandbox() {
      return stage.sandbox;
    },
    get host() {
      return stage.host;
    },
    get time() {
      return time;
    },
    async passes(ms) {
      await until(() => unanswered === 0, () => `${unanswered} questions to Open Wearables are without an answer`);
      time.skip(ms);
    },
    async begin(options) {
      time = createPassingTime(pace);
      always = [];
      secret = randomUUID();
      await stage.begin({ historySeconds: 8, now: time.now, ...options });
      mount();
    },
    enter,
    async arrive(attributes = {}, path = '/') {
      const visitor = await enter();
      await visitor.visit({ ...tag, ...attributes }, path);
      return visitor;
    },
    async statuses(login) {
      const backend = new Backend(stage.sandbox);
      return (await backend.connections(await backend.user(login))).map(({ provider, status }) => `${String(provider)} ${String(status)}`);
    },
    async isConnected(source) {
      const backend = new Backend(stage.sandbox);
      await backend.connect(source, await backend.user('ingrid'));
    },
    restart: mount,
    alwaysSends: (headers) => void (always = Object.entries(headers)),
    goesWrong: (openWearables) => stage.sandbox.setFaults({ openWearables }),
    asked: (path) => stage.sandbox.requests.filter((one) => path.test(one.path)).length,
    get streams() {
      const all = stage.host.asked.filter(({ path }) => path === '/wearables/updates');
      return { all: all.length, open: all.filter(({ isOpen }) => isOpen).length };
    },
  };
}

export function inEveryEngineAtTheClub(title: string, journeys: (stage: ClubStage) => void): void {
  const stages = new WeakMap<Stage, ClubStage>();
  inEveryEngine(
    title,
    (stage) => {
      const own = clubStage(stage);
      stages.set(stage, own);
      journeys(own);
    },
    async (stage) => stages.get(stage)?.begin({}),
  );
}
