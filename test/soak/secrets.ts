/** Every secret of a run is known to the one who reads both ends: it is looked for wherever somebody else could find it. */
import type { LoggedRequest } from '../../src/sandbox/index.js';
import type { Entry, Sight } from './ledger.js';

export interface Secret {
  readonly kind: 'token' | 'code' | 'verifier';
  readonly text: string;
}

export function secretsOf(entries: readonly Entry[], requests: readonly LoggedRequest[]): Secret[] {
  const found: Secret[] = [];
  const add = (kind: Secret['kind'], text: unknown): void => {
    // What a fault has put in a token's place may be too short to be told from other text.
    if (typeof text === 'string' && text.length >= 16 && !found.some((one) => one.text === text)) found.push({ kind, text });
  };
  for (const { secrets } of entries) for (const token of (secrets as string[] | undefined) ?? []) add('token', token);
  for (const { body = {}, headers } of requests) {
    add('code', body['code']);
    add('verifier', body['code_verifier']);
    add('token', body['refresh_token']);
    add('token', /^Bearer (.+)$/.exec(String(headers['authorization']))?.[1]);
  }
  return found;
}

export interface Shown {
  readonly sights: readonly Sight[];
  /** `persist` says that tokens are kept. */
  readonly isKept: boolean;
}

/** Where a secret may be for a moment: an attempt that waits is kept, and so are tokens where the page says so. */
const mayBe = ({ kind, text }: Secret, { where, what }: Sight, isKept: boolean): boolean => {
  if (/^(storage wc1:p:|left wc1:p:)/.test(where)) return kind === 'verifier';
  if (/^(storage wc1:m:|left wc1:m:)/.test(where)) return kind === 'code';
  if (/^(storage wc1:t:|left wc1:t:)/.test(where)) return kind === 'token' && isKept;
  // The answer lands in this very address, and leaves it as the first thing.
  return where === 'landing' && kind === 'code' && what.includes(text);
};

export function leaks(secrets: readonly Secret[], { sights, isKept }: Shown): string[] {
  return secrets.flatMap((secret) =>
    sights.filter((sight) => sight.what.includes(secret.text) && !mayBe(secret, sight, isKept)).map(({ where, what }) => `a ${secret.kind} is in: ${where} (${around(what, secret.text)})`),
  );
}

const around = (text: string, found: string): string => text.slice(Math.max(0, text.indexOf(found) - 60), text.indexOf(found) + 12);
