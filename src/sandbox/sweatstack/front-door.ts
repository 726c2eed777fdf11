import { checkFaults, FaultError, faultsOfQuery } from '../fault-box.js';
import { sweatstackFaults, type FaultChanges } from '../faults.js';
import { sendProblem } from '../page.js';
import { remember, secret } from '../remember.js';
import type { Exchange } from '../web.js';
import { afterSignIn } from './consent.js';
import { sendToWearable } from './errand.js';
import { decodeState, StateError } from './express-state.js';
import { integrations, isIntegration } from './integrations.js';
import { allowsRedirect } from './redirect-uri.js';
import { redirectBack } from './return.js';
import { readScopes, scopeWords } from './scopes.js';
import { showSignIn } from './sign-in.js';
import type { Attempt } from './model.js';
import { setOpenerPolicy, signedIn, type World } from './world.js';

type Values = Readonly<Record<string, string | undefined>>;

const prompts = ['none', 'login', 'consent', 'select_account'] as const;
const userFlows = ['session', 'signup', 'login'] as const;
const oneOf = <Name extends string>(names: readonly Name[], value: string | undefined, otherwise: Name): Name =>
  names.find((name) => name === value) ?? otherwise;

/** What is wrong with a request whose redirect URI can be trusted: told to the application, as RFC 6749 wants it. */
function problemWith(values: Values, scopes: readonly string[]): [error: string, description: string] | undefined {
  if ((values['response_type'] ?? 'code') !== 'code') return ['unsupported_response_type', 'response_type is code'];
  if (scopes.length === 0) return ['invalid_scope', 'at least one scope is needed'];
  const unknown = scopes.find((scope) => !Object.hasOwn(scopeWords, scope));
  if (unknown !== undefined) return ['invalid_scope', `unknown scope ${unknown}`];
  if ((values['code_challenge_method'] ?? 'S256') !== 'S256') return ['invalid_request', 'code_challenge_method is S256'];
  if (!/^[A-Za-z0-9_-]{43}$/.test(values['code_challenge'] ?? '')) {
    return ['invalid_request', 'code_challenge is the base64url SHA-256 of the verifier, 43 characters'];
  }
  if (values['integration'] !== undefined && !isIntegration(values['integration'])) {
    return ['invalid_request', `integration is one of ${integrations.join(', ')}`];
  }
  return undefined;
}

/** Both doors end here: the application and its address are checked first, since nothing may be sent to one that is wrong. */
async function enter(
  world: World, exchange: Exchange, door: Attempt['door'], values: Values, faults: FaultChanges | undefined,
): Promise<void> {
  const client = world.settings.clients.find(({ clientId }) => clientId === values['client_id']);
  if (client === undefined) {
    const known = world.settings.clients.map(({ clientId }) => clientId).join(', ');
    return sendProblem(
      exchange, 400, 'This application is not known', 'The link that brought you here names an application that does not exist.',
      `client_id is “${values['client_id'] ?? ''}”; this sandbox knows: ${known}.`,
    );
  }
  if (client.private === true || world.faults.merged(faults).privateApp) {
    return sendProblem(exchange, 403, 'This application is private', 'Only the person who made it can sign in until it has gone live.');
  }
  const redirectUri = values['redirect_uri'] ?? client.redirectUris?.[0];
  if (redirectUri === undefined || !allowsRedirect(client, redirectUri)) {
    const registered = client.redirectUris ?? [];
    const allowed = registered.length === 0
      ? `none is registered, so http://localhost and http://127.0.0.1 are allowed${client.anyLocalhost === true ? ', and here http://*.localhost' : ''}, on any port`
      : `allowed is what equals or lies below ${registered.join(' or ')}`;
    return sendProblem(
      exchange, 400, 'This link leads nowhere safe', 'The application asked to send you to an address it has not registered.',
      `redirect_uri is “${redirectUri ?? ''}”; ${allowed}.`,
    );
  }
  const scopes = readScopes(values['scope'] ?? '');
  const attempt: Attempt = {
    id: secret(), door, client, redirectUri, scopes, faults, state: values['state'], nonce: values['nonce'],
    codeChallenge: values['code_challenge'] ?? '', createdAt: world.settings.now(),
    prompt: oneOf(prompts, values['prompt'], 'consent'), userFlow: oneOf(userFlows, values['user_flow'], 'session'),
    emailOnlyExisting: values['email_auth_mode'] === 'existing_only',
  };
  const problem = problemWith(values, scopes);
  if (problem !== undefined) return redirectBack(world, exchange, attempt, { error: problem[0], error_description: problem[1] });
  remember(world.attempts, attempt.id, attempt);
  setOpenerPolicy(exchange, world.faults.merged(faults), door);
  const integration = isIntegration(values['integration']) ? values['integration'] : undefined;
  const account = attempt.prompt === 'login' ? undefined : signedIn(world, exchange);
  const connected = account?.connections.some((connection) => connection.integration === integration) === true;
  if (integration !== undefined && !connected) {
    return sendToWearable(world, exchange, integration, { to: 'attempt', id: attempt.id });
  }
  if (account !== undefined && attempt.prompt !== 'select_account') return afterSignIn(world, exchange, attempt, account);
  return showSignIn(world, exchange, attempt);
}

async function readingFaults(exchange: Exchange, go: (faults: FaultChanges | undefined) => Promise<void>): Promise<void> {
  try {
    await go(faultsOfQuery(sweatstackFaults, exchange.url.searchParams));
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    sendProblem(
      exchange, 400, 'This fault is not known', 'The link that brought you here asks the sandbox for a fault it does not have.', error.message,
    );
  }
}

export const answerAuthorize = (world: World, exchange: Exchange): Promise<void> =>
  readingFaults(exchange, (faults) => enter(world, exchange, 'authorize', Object.fromEntries(exchange.url.searchParams), faults));

export const answerExpress = (world: World, exchange: Exchange): Promise<void> =>
  readingFaults(exchange, async (faults) => {
    try {
      const { values, faults: inside } = decodeState(exchange.url.searchParams.get('state'));
      await enter(world, exchange, 'express', values, faults ?? (inside === undefined ? undefined : checkFaults(sweatstackFaults, inside)));
    } catch (error) {
      if (!(error instanceof StateError)) throw error;
      sendProblem(
        exchange, 400, 'This link is damaged', 'The part of the address that says which application you come from cannot be read.', error.message,
      );
    }
  });
