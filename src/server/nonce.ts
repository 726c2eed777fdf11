import type { Clock } from '../sync/clock.js';
import { Refusal } from './answers.js';

/** As long as the state of Open Wearables lives. */
const lifeMs = 900_000;
/** Clocks of two instances are never quite the same. */
const skewMs = 60_000;

export interface Nonces {
  /** For one user, one source and the time it began, by the platform's clock. It says neither who nor what. */
  make(userId: string, source: string, since: number): Promise<string>;
  /** When it began; refuses what is not of this user and this source, or too old. */
  since(nonce: string, userId: string, source: string): Promise<number>;
}

/**
 * Signed, not stored: any instance makes and checks them. The user and the source are signed along but not written down, since
 * the address it stands in goes through the provider's servers and the browser's history.
 */
export function createNonces(secret: string, clock: Clock): Nonces {
  const encoder = new TextEncoder();
  let key: Promise<CryptoKey> | null = null;
  const signing = (): Promise<CryptoKey> => (key ??= crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']));
  const signed = (parts: readonly string[]) => encoder.encode(JSON.stringify(['wearable-connect return 1', ...parts]));

  return {
    async make(userId, source, since) {
      const parts = [clock.now().toString(36), since.toString(36), base64url(crypto.getRandomValues(new Uint8Array(16)))];
      const mac = await crypto.subtle.sign('HMAC', await signing(), signed([...parts, userId, source]));
      return [...parts, base64url(new Uint8Array(mac))].join('.');
    },
    async since(nonce, userId, source) {
      const [issued = '', since = '', random = '', mac = ''] = nonce.split('.');
      // In constant time, which comparing texts is not.
      if (!(await crypto.subtle.verify('HMAC', await signing(), bytesOf(mac), signed([issued, since, random, userId, source])))) throw refused('is not of this user, or not for this source');
      const age = clock.now() - parseInt(issued, 36);
      if (age > lifeMs || age < -skewMs) throw refused(`is older than ${lifeMs / 60_000} minutes`);
      return parseInt(since, 36);
    },
  };
}

export const nonceForm = /^[a-z\d]{1,12}\.[a-z\d]{1,12}\.[\w-]{22}\.[\w-]{43}$/;

const refused = (why: string): Refusal => new Refusal(403, 'access_denied', `Nothing was connected: the nonce ${why}.`);

const base64url = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0));
