/** The front door: nothing here registers, opens or asks for anything by itself. */
export { ConnectError } from './core/errors.js';
export type { Ending } from './core/endings.js';
export type { ErrorCode } from './core/errors.js';
export {
  WearableCancelledEvent,
  WearableChangeEvent,
  WearableCompleteEvent,
  WearableConnectedEvent,
  WearableConnectionsEvent,
  WearableDisconnectedEvent,
  WearableErrorEvent,
  WearablePreviewEvent,
  WearableProgressEvent,
  WearableWireEvent,
} from './core/events.js';
export type {
  CancelledDetail,
  ChangeDetail,
  CompleteDetail,
  ConnectedDetail,
  ConnectionsDetail,
  DisconnectedDetail,
  ErrorDetail,
  PreviewDetail,
  ProgressDetail,
  WearableEventMap,
  WireDetail,
} from './core/events.js';
export type { Activity, CancelReason, Connection, Outcome, Phase, Progress, Source, Stage, Tokens, TokensReason, User } from './core/nouns.js';
export type { AuthorizeOptions, Confirmed, Disconnected, Grant, OpenBetween, OpenWindow, Outlet, Pending, Platform, Restored, Show, Sight, Step, SyncUpdate, WireEntry } from './core/platform.js';
export type { Account, Notice, State, Way } from './core/state.js';
export { WearableTokensEvent } from './core/tokens-event.js';
export type { TokensDetail } from './core/tokens-event.js';
export { createConnector } from './platforms/connector.js';
export type { Connector, ConnectorOptions } from './platforms/connector.js';
export { doctor } from './platforms/doctor.js';
export type { Examined, Finding, FindingCode, Severity } from './platforms/doctor.js';
export type { Configuration } from './platforms/configuration.js';
export type { Place } from './oauth/surroundings.js';
export { WearableConnect } from './element/wearable-connect.js';
export type { OwnStrings } from './element/words.js';
export type { Plural, Strings } from './locales/en.js';
