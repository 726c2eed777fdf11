import type { ErrorCode } from './errors.js';
import type { Activity, CancelReason, Connection, Outcome, Phase, Progress, User } from './nouns.js';
import { WearableEvent } from './numbered.js';
import type { Numbered } from './numbered.js';
import type { WireEntry } from './platform.js';
import type { WearableTokensEvent } from './tokens-event.js';

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

export class WearableChangeEvent extends WearableEvent<ChangeDetail> {
  constructor(detail: ChangeDetail) {
    super('wearable-change', detail);
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
