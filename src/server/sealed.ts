/**
 * What goes through a browser and comes back, readable and made here alone: encrypted with what is derived from the host's
 * secret. Nothing is stored, so any instance with the same secret opens what another one sealed.
 */
export interface Seal {
  close(value: unknown): Promise<string>;
  /** Null where it was not sealed with this secret, or for another purpose, or was altered. */
  open(sealed: string): Promise<unknown>;
}

/** NIST SP 800-38D 8.2.2: 96 bits by chance, good for four billion of them under one key. */
const ivLength = 12;
/** What is sealed is as long as a multiple of this, so that its length does not tell whose it is. */
const blockLength = 64;

const encoder = new TextEncoder();

/** Each purpose has a key of its own (HKDF, RFC 5869): what is sealed for one opens for no other. */
export function createSeal(secret: string, purpose: string): Seal {
  let derived: Promise<CryptoKey> | null = null;
  const key = (): Promise<CryptoKey> => (derived ??= derive());

  async function derive(): Promise<CryptoKey> {
    const material = await crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, ['deriveKey']);
    const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: encoder.encode(purpose) };
    return crypto.subtle.deriveKey(how, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  }

  return {
    async close(value) {
      const iv = crypto.getRandomValues(new Uint8Array(ivLength));
      const text = encoder.encode(JSON.stringify(value));
      // Blanks after it: JSON does not mind them (RFC 8259 2).
      const padded = new Uint8Array(Math.ceil(text.length / blockLength) * blockLength).fill(0x20);
      padded.set(text);
      const closed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await key(), padded));
      return base64url(new Uint8Array([...iv, ...closed]));
    },
    async open(sealed) {
      try {
        const bytes = bytesOf(sealed);
        const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes.subarray(0, ivLength) }, await key(), bytes.subarray(ivLength));
        return JSON.parse(new TextDecoder().decode(text)) as unknown;
      } catch {
        return null;
      }
    },
  };
}

const mostMarks = 10_000;

/**
 * The same for the same text, and no way back to it without the secret. Each is made once and remembered: a signature costs more
 * than the rest of an answer, since WebCrypto makes it in another thread.
 */
export function createMark(secret: string, purpose: string): (text: string) => Promise<string> {
  const marks = new Map<string, string>();
  let imported: Promise<CryptoKey> | null = null;
  const key = (): Promise<CryptoKey> => (imported ??= crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']));
  const sign = async (text: string): Promise<string> => base64url(new Uint8Array(await crypto.subtle.sign('HMAC', await key(), encoder.encode(JSON.stringify([purpose, text]))))).slice(0, 22);
  return async (text) => {
    const known = marks.get(text);
    if (known !== undefined) return known;
    const mark = await sign(text);
    marks.set(text, mark);
    const [eldest] = marks.keys();
    if (marks.size > mostMarks && eldest !== undefined) marks.delete(eldest);
    return mark;
  };
}

const base64url = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0));
