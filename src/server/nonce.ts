import { membersOf } from '../core/json.js';
import type { Clock } from '../sync/clock.js';
import { Refusal } from './answers.js';
import { createSeal } from './sealed.js';

/** As long as the state of Open Wearables lives. */
const lifeMs = 900_000;
/** Clocks of two instances are never quite the same. */
const skewMs = 60_000;
/** Its state begins a little after ours, and what was finished in its last second comes back later than that. */
const lateMs = 120_000;
/** Half as many visitors within a quarter of an hour, on one instance: each uses it twice. */
const mostUsed = 20_000;
/** The first of what is sealed is there by chance, twelve bytes in as many letters as hold them without a rest (src/server/sealed.ts): the end can be written in several ways. */
const chanceLength = 16;

/** A sign-in that was begun here. None of it is for the browser, through whose addresses it goes. */
export interface Begun {
  readonly userId: string;
  readonly openWearablesUserId: string;
  readonly source: string;
  /** By the clock of Open Wearables. */
  readonly since: number;
  /** Whether it was connected already. Not said where that could not be asked, nor by instances of an older version. */
  readonly wasActive?: boolean;
}

export interface Nonces {
  make(begun: Begun): Promise<string>;
  /** Refuses what is not of this user and this source, or too old. */
  open(nonce: string, userId: string, source: string): Promise<Begun>;
  /** Which sign-in comes back with it; null where it is none that could. */
  read(nonce: string): Promise<Begun | null>;
  /** What came of its first use for this purpose, in this process: asked again, as after a lost answer, nothing is done twice. */
  once(purpose: string, nonce: string, use: () => Promise<boolean>): Promise<boolean>;
}

export function createNonces(secret: string, clock: Clock): Nonces {
  const seal = createSeal(secret, 'wearable-connect return 2');
  const isWithin = (issued: unknown, ms: number): boolean => typeof issued === 'number' && clock.now() - issued <= ms && clock.now() - issued >= -skewMs;

  const used = new Map<string, { readonly outcome: Promise<boolean>; readonly at: number }>();

  function forgetOld(): void {
    for (const [nonce, { at }] of used) {
      if (used.size <= mostUsed && clock.now() - at <= lifeMs + skewMs) return;
      used.delete(nonce);
    }
  }

  return {
    make: (begun) => seal.close({ ...begun, issued: clock.now() }),
    async open(nonce, userId, source) {
      const opened = await seal.open(nonce);
      const { issued, since, ...of } = membersOf(opened);
      if (of['userId'] !== userId || of['source'] !== source || typeof since !== 'number') throw refused('is not of this user, or not for this source');
      if (!isWithin(issued, lifeMs)) throw refused(`is older than ${lifeMs / 60_000} minutes`);
      return opened as Begun;
    },
    async read(nonce) {
      const opened = await seal.open(nonce);
      return isWithin(membersOf(opened)['issued'], lifeMs + lateMs) ? (opened as Begun) : null;
    },
    once(purpose, nonce, use) {
      const by = `${purpose} ${nonce.slice(0, chanceLength)}`;
      const outcome = used.get(by)?.outcome ?? use();
      if (!used.has(by)) used.set(by, { outcome, at: clock.now() });
      forgetOld();
      return outcome;
    },
  };
}

export const nonceForm = /^[\w-]{100,3000}$/;

const refused = (why: string): Refusal => new Refusal(403, 'access_denied', `Nothing was connected: the nonce ${why}.`);
