/** The proof made before a click: by no package, so that whatever redeems it can be loaded after. */
import { ConnectError } from '../core/errors.js';
import { channelOf, encoded, hashed, statePrefix } from './protocol.js';

/** All of it exists before any click: in WebKit one awaited digest between click and `window.open` blocks the window. */
export interface Proof {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly challenge: string;
  readonly channel: string;
  readonly madeAt: number;
}

/** Base64 as it may stand in an address (RFC 4648 5), without padding (RFC 7636 appendix A). */
const forUrl = (base64: string): string => base64.replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');

/** 256 bits: as much as RFC 7636 4.1 recommends for a verifier, and more than anybody guesses of a state or a nonce. */
const random = (): string => forUrl(encoded(crypto.getRandomValues(new Uint8Array(32))));

/** S256 (RFC 7636 4.2). */
export const challengeOf = async (verifier: string): Promise<string> => forUrl(encoded(await hashed(verifier)));

export async function createProof(): Promise<Proof> {
  if (!globalThis.crypto?.subtle)
    throw new ConnectError('unsupported', 'No crypto.subtle here, so no PKCE: serve the page over https: or from localhost.');
  const verifier = random();
  const state = statePrefix + random();
  const [challenge, channel] = await Promise.all([challengeOf(verifier), channelOf(state)]);
  return { state, nonce: random(), verifier, challenge, channel, madeAt: Date.now() };
}
