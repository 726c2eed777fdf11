/**
 * Names that never leave the file for a script tag: no part of an element, a `Platform`, an event, a stored record or an answer
 * from a server; nothing that a file beside the script reads; and no sentence's name. Modules keep them; here nobody can see them,
 * so they are shortened. test/package/inner-names.test.ts reads what is promised elsewhere.
 */
export const innerNames: readonly string[] = [
  ...['abandon', 'about', 'act', 'acted', 'afterDrawing', 'ahead', 'api', 'ask', 'asking', 'attribute', 'backend', 'base', 'beforeDrawing', 'begun', 'browse'],
  ...['claims', 'clean', 'clock', 'connectionsFrom', 'connector', 'createHeight', 'ctor', 'dispatch', 'errors', 'expectedNonce', 'express', 'forPhone', 'fresh', 'giveUp', 'giveUpAll'],
  ...['handle', 'hasIdToken', 'hasUpdated', 'held', 'hope', 'initial', 'isByVisitor', 'isHoped', 'isLanding', 'isReady', 'isWatched', 'isWindowless', 'lastedMs', 'look'],
  ...['madeAt', 'needsAction', 'newsAt', 'nextSeq', 'nothingConnected', 'notice', 'onForgotten', 'onLanding', 'onOpened', 'onState', 'onStep', 'onTokens', 'onward'],
  ...['opens', 'outlet', 'performUpdate', 'place', 'popupOnly', 'portal', 'post', 'release', 'released', 'renew', 'putOff', 'repair', 'server', 'settings', 'settle', 'sight'],
  ...['streamed', 'takeStream', 'takeUp', 'tell', 'tellTokens', 'throttle', 'tokenEndpoint', 'token_endpoint', 'trouble', 'untilAsleep', 'urlFor', 'vault', 'views'],
  ...['whenAwake', 'willUpdate', '_$AA', '_$AB', '_$AC', '_$AD', '_$AH', '_$AI', '_$AR', '_$AV', '_$litPart$', '_$litType$'],
];
