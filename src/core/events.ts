import type { ErrorCode } from './errors.js';
import { deepFrozen } from './frozen.js';
import type { Activity, CancelReason, Connection, Outcome, Phase, Progress, Tokens, TokensReason, User } from './nouns.js';
import type { WireEntry } from './platform.js';

/** On every detail: a count of this element's events, and the attempt while one runs. */
export interface Numbered {
  readonly seq: number;
  readonly attempt?: string;
}

export type ChangeDetail = Numbered & { readonly phase: Phase; readonly previous: Phase };
export type ConnectedDetail = Numbered & {
  readonly source: string | null;
  readonly user: User | null;
  readonly connections: readonly Connection[];
  readonly added: readonly Connection[];
};
export type ConnectionsDetail = Numbered & {
  readonly connections: readonly Connection[];
  readonly added: readonly Connection[];
  readonly removed: readonly Connection[];
};
export type PreviewDetail = Numbered & { readonly activity: Activity | null };
export type ProgressDetail = Numbered & Progress;
export type CompleteDetail = Numbered & { readonly outcome: Outcome; readonly connections: readonly Connection[] };
export type CancelledDetail = Numbered & { readonly source: string | null; readonly reason: CancelReason };
export type ErrorDetail = Numbered & {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryable: boolean;
  readonly source: string | null;
  readonly phase: Phase;
};
export type DisconnectedDetail = Numbered & { readonly source: string | null; readonly connections: readonly Connection[] };
export type WireDetail = Numbered & WireEntry;

abstract class WearableEvent<Detail> extends Event {
  readonly detail: Detail;

  constructor(type: string, detail: Detail, reach: EventInit = { bubbles: true, composed: true }) {
    super(type, reach);
    this.detail = deepFrozen(detail);
  }
}

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

export class WearableChangeEvent extends WearableEvent<ChangeDetail> {
  constructor(detail: ChangeDetail) {
    super('wearable-change', detail);
  }
}

/** Neither bubbles nor is composed: meant for a listener on the element itself. */
export class WearableTokensEvent extends WearableEvent<TokensDetail> {
  constructor(detail: TokensDetail) {
    super('wearable-tokens', detail, {});
  }
}
export class WearableConnectedEvent extends WearableEvent<ConnectedDetail> {
  constructor(detail: ConnectedDetail) {
    super('wearable-connected', detail);
  }
}
export class WearableConnectionsEvent extends WearableEvent<ConnectionsDetail> {
  constructor(detail: ConnectionsDetail) {
    super('wearable-connections', detail);
  }
}
export class WearablePreviewEvent extends WearableEvent<PreviewDetail> {
  constructor(detail: PreviewDetail) {
    super('wearable-preview', detail);
  }
}
export class WearableProgressEvent extends WearableEvent<ProgressDetail> {
  constructor(detail: ProgressDetail) {
    super('wearable-progress', detail);
  }
}
export class WearableCompleteEvent extends WearableEvent<CompleteDetail> {
  constructor(detail: CompleteDetail) {
    super('wearable-complete', detail);
  }
}
export class WearableCancelledEvent extends WearableEvent<CancelledDetail> {
  constructor(detail: CancelledDetail) {
    super('wearable-cancelled', detail);
  }
}
export class WearableErrorEvent extends WearableEvent<ErrorDetail> {
  constructor(detail: ErrorDetail) {
    super('wearable-error', detail);
  }
}
export class WearableDisconnectedEvent extends WearableEvent<DisconnectedDetail> {
  constructor(detail: DisconnectedDetail) {
    super('wearable-disconnected', detail);
  }
}
export class WearableWireEvent extends WearableEvent<WireDetail> {
  constructor(detail: WireDetail) {
    super('wearable-wire', detail);
  }
}

export interface WearableEventMap {
  'wearable-change': WearableChangeEvent;
  'wearable-tokens': WearableTokensEvent;
  'wearable-connected': WearableConnectedEvent;
  'wearable-connections': WearableConnectionsEvent;
  'wearable-preview': WearablePreviewEvent;
  'wearable-progress': WearableProgressEvent;
  'wearable-complete': WearableCompleteEvent;
  'wearable-cancelled': WearableCancelledEvent;
  'wearable-error': WearableErrorEvent;
  'wearable-disconnected': WearableDisconnectedEvent;
  'wearable-wire': WearableWireEvent;
}
