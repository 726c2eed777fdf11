import type { Tokens, TokensReason } from './nouns.js';
import { WearableEvent } from './numbered.js';
import type { Numbered } from './numbered.js';

// A WeakMap rather than #private: a console that prints the object shows private fields, but not this.
const held = new WeakMap<TokensDetail, Tokens>();

/**
 * Tokens that can be read but are not given away by accident: nothing that copies own properties (JSON.stringify, spread,
 * structuredClone, history.replaceState) sees one. `reveal()` makes leaking them a visible act.
 */
export class TokensDetail implements Numbered {
  declare readonly seq: number;
  declare readonly attempt?: string;
  declare readonly reason: TokensReason;

  constructor(tokens: Tokens, rest: Numbered & { readonly reason: TokensReason }) {
    held.set(this, Object.freeze({ ...tokens }));
    Object.assign(this, rest);
  }

  get accessToken(): string {
    return this.#tokens().accessToken;
  }
  get tokenType(): string {
    return this.#tokens().tokenType;
  }
  get expiresAt(): number | null {
    return this.#tokens().expiresAt;
  }
  get scope(): string {
    return this.#tokens().scope;
  }
  get refreshToken(): string | undefined {
    return this.#tokens().refreshToken;
  }
  get idToken(): string | undefined {
    return this.#tokens().idToken;
  }

  reveal(): Tokens {
    return { ...this.#tokens() };
  }

  #tokens(): Tokens {
    return held.get(this) as Tokens;
  }
}

/** Neither bubbles nor is composed: meant for a listener on the element itself. */
export class WearableTokensEvent extends WearableEvent<TokensDetail> {
  constructor(detail: TokensDetail) {
    super('wearable-tokens', detail, {});
  }
}
