/**
 * Names that never leave the file for a script tag: no part of an element, a `Platform`, an event, a stored record or an answer
 * from a server; nothing that a file beside the script reads; and no sentence's name. Modules keep them; here nobody can see them,
 * so they are shortened. test/package/inner-names.test.ts reads what is promised elsewhere.
 */
export const innerNames: readonly string[] = [
  ...['abandon', 'acted', 'afterDrawing', 'ahead', 'api', 'attribute', 'backend', 'base', 'beforeDrawing'],
  ...['claims', 'connector', 'createHeight', 'ctor', 'dispatch', 'expectedNonce', 'express', 'fresh', 'giveUp', 'giveUpAll'],
  ...['handle', 'hasIdToken', 'hasUpdated', 'held', 'hope', 'initial', 'isByVisitor', 'isHoped', 'isLanding', 'isReady', 'isWatched'],
  ...['madeAt', 'needsAction', 'nextSeq', 'notice', 'onForgotten', 'onLanding', 'onOpened', 'onState', 'onStep', 'onTokens', 'onward'],
  ...['outlet', 'performUpdate', 'place', 'popupOnly', 'portal', 'post', 'putOff', 'server', 'settings', 'settle', 'sight'],
  ...['streamed', 'takeStream', 'takeUp', 'tell', 'tellTokens', 'throttle', 'tokenEndpoint', 'token_endpoint', 'urlFor', 'vault', 'views'],
  ...['willUpdate', '_$AA', '_$AB', '_$AC', '_$AD', '_$AH', '_$AI', '_$AR', '_$AV', '_$litPart$'],
];
