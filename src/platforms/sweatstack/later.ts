/**
 * What is of use once somebody signs in, for a bundler: a chunk that comes while the sign-in window is open. The file for a script tag
 * has `signed-in.js` itself in this place (`atHand` in vite.config.ts).
 */
import type { Parts } from './parts.js';
import { parts } from './parts.js';

type SignedIn = Awaited<ReturnType<Parts['signed-in']>>;

let here: SignedIn | null = null;

const come = async (): Promise<SignedIn> => (here ??= await parts['signed-in']());

/** Sends for it; whoever needs it will hear what went wrong. */
export const fetchAhead = (): void => void come().catch(() => {});

export const redeem: SignedIn['redeem'] = async (...given) => (await come()).redeem(...given);

export const renew: SignedIn['renew'] = async (...given) => (await come()).renew(...given);

export const revokeAll: SignedIn['revokeAll'] = async (...given) => (await come()).revokeAll(...given);

export const handOver: SignedIn['handOver'] = async (...given) => (await come()).handOver(...given);

export const checkedCode = async (...given: Parameters<SignedIn['checkedCode']>): Promise<string> => (await come()).checkedCode(...given);

export const claimOf = async (...given: Parameters<SignedIn['claimOf']>): Promise<string | null> => (await come()).claimOf(...given);

export async function* followBackfill(...given: Parameters<SignedIn['followBackfill']>): ReturnType<SignedIn['followBackfill']> {
  // Without a pause, where it can be: what was asked for already is taken over at once.
  yield* (here ?? (await come())).followBackfill(...given);
}
