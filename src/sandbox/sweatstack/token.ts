import type { Exchange } from '../web.js';
import { sendDetail, throughFaults } from './endpoint.js';
import { paths } from './scopes.js';
import type { World } from './world.js';

/** HTTP Basic and the secret in the body are both in use; the library takes one, so the first becomes the second. */
function moveBasicToBody(exchange: Exchange, form: URLSearchParams): void {
  const [scheme = '', value = ''] = (exchange.req.headers.authorization ?? '').split(' ');
  if (scheme.toLowerCase() !== 'basic') return;
  const [id = '', ...secret] = Buffer.from(value, 'base64').toString('utf8').split(':').map(decodeURIComponent);
  form.set('client_id', id);
  form.set('client_secret', secret.join(':'));
}

async function readForm(world: World, exchange: Exchange): Promise<URLSearchParams> {
  const form = await exchange.form();
  world.log.body(exchange.req, form);
  moveBasicToBody(exchange, form);
  return form;
}

export async function answerToken(world: World, exchange: Exchange): Promise<void> {
  const form = await readForm(world, exchange);
  const code = world.issuer.codeFacts(form.get('code') ?? '');
  const own = code?.faults ?? world.issuer.refreshFaults(form.get('refresh_token') ?? '');
  // SweatStack never reads redirect_uri here; the library insists on the one the code was made for.
  if (form.get('grant_type') === 'authorization_code') form.set('redirect_uri', code?.redirectUri ?? 'https://unused.invalid/');
  await throughFaults(world, exchange, 'token', own, (faults) => world.issuer.answer(exchange, paths.token, faults, form));
}

/** Only with the fault that offers it. RFC 7009: what is unknown is as good as revoked. */
export async function answerRevoke(world: World, exchange: Exchange): Promise<void> {
  const form = await readForm(world, exchange);
  const token = form.get('token') ?? '';
  const bearer = await world.issuer.verify(token);
  await throughFaults(world, exchange, 'revoke', bearer?.faults, (faults) => {
    if (!faults.revocation) return sendDetail(exchange, 404, 'Not Found');
    // The library does not revoke JWTs, which nobody looks up; the API here does.
    if (bearer === undefined) return world.issuer.answer(exchange, paths.revoke, faults, form);
    world.issuer.revokeAccess(token);
    exchange.res.writeHead(200, { 'content-length': 0, 'cache-control': 'no-store' });
    exchange.res.end();
    return undefined;
  });
}
