import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import { ConnectError } from '../../src/core/errors.js';
import type { Tokens } from '../../src/core/nouns.js';
import { redeem, renew } from '../../src/oauth/proof.js';
import { holds, mostly, oddJson, oddRecord, readable } from '../core/property.js';
import { isAnswerTo, queries } from './queries.js';
import { granted, idToken, json, origin, redemption, serve } from './token-server.js';

const { signal } = new AbortController();
const held: Tokens = { accessToken: 'canary-old', tokenType: 'Bearer', expiresAt: 0, scope: 'profile', refreshToken: 'canary-refresh' };

describe('oauth, whatever the token endpoint answers [F14, F15, F16]', () => {
  const now = Math.floor(Date.now() / 1000);
  const claims = fc.record(
    { iss: mostly(origin), aud: mostly('c1', fc.constantFrom<unknown>('c2', ['c1', 'c2'], [], null)), nonce: mostly('n1', fc.constantFrom<unknown>('n2', null, 5)), exp: mostly(now + 900, oddJson), iat: mostly(now, oddJson), sub: mostly('u1') },
    { requiredKeys: ['iss', 'aud', 'nonce', 'exp', 'iat', 'sub'], noNullPrototype: true },
  );
  const idTokens: fc.Arbitrary<unknown> = fc.oneof(
    { weight: 4, arbitrary: fc.constant(null) },
    { weight: 4, arbitrary: fc.tuple(claims, mostly('RS256', fc.constantFrom<unknown>('none', 'HS256', '', null))).map(([some, alg]) => idToken(some, { alg })) },
    { weight: 1, arbitrary: oddJson },
    { weight: 1, arbitrary: fc.constantFrom('canary', 'canary.canary.canary', '..', 'e30.e30.', 'é.é.é') },
  );
  const members = { access_token: mostly('canary-token'), token_type: mostly('Bearer', fc.oneof(oddJson, fc.constantFrom('mac', 'bearer', 'BEARER'))), expires_in: mostly(900), scope: mostly('profile'), refresh_token: mostly('canary-r2'), id_token: idTokens };
  // The one word of an error that is quoted is the server's own; what a server calls an error is no secret of ours.
  const errors = { error: mostly('invalid_grant', fc.oneof(fc.constantFrom('invalid_client', 'slow_down', 'odd'), oddJson)), error_description: fc.constant('canary-description'), detail: fc.constantFrom<unknown>('canary', [{ msg: 'canary' }]) };
  const bodies = fc.oneof(
    { weight: 6, arbitrary: oddRecord(members).map((body) => JSON.stringify(body)) },
    { weight: 2, arbitrary: oddRecord({ ...members, ...errors }).map((body) => JSON.stringify(body)) },
    { weight: 1, arbitrary: fc.constantFrom('', 'null', '[]', '"canary"', '<!doctype html><p>canary', '{"access_token":"canary', 'canary', '\ufeff{"access_token":"canary-token","token_type":"Bearer"}', `${'['.repeat(20_000)}`) },
  );
  const answers = fc.record(
    { body: bodies, status: mostly(200, fc.constantFrom(201, 204, 206, 301, 302, 304, 400, 401, 403, 404, 410, 422, 429, 500, 502, 503)) as fc.Arbitrary<number>, type: mostly('application/json', fc.constantFrom('text/html', 'application/json; charset=latin1', 'text/plain', 'canary/canary')) as fc.Arbitrary<string> },
    { noNullPrototype: true },
  );
  type Answer = typeof answers extends fc.Arbitrary<infer T> ? T : never;
  const respond = ({ body, status, type }: Answer) => () => new Response([204, 304].includes(status) ? null : body, { status, headers: { 'content-type': type } });

  /** What came of it, held to what may come of anything. */
  async function judge(exchange: Promise<Tokens>, { body, status }: Answer): Promise<'granted' | 'refused'> {
    const outcome: unknown = await exchange.catch((thrown: unknown) => thrown);
    if (outcome instanceof Error || outcome === null || typeof outcome !== 'object' || !('accessToken' in outcome)) {
      expect(outcome).to.be.instanceOf(ConnectError);
      expect(readable(outcome)).not.to.contain('canary');
      return 'refused';
    }
    const said = JSON.parse(body.replace(/^\ufeff/, '')) as Record<string, unknown>;
    const { accessToken, tokenType, expiresAt, scope } = outcome as Tokens;
    expect([status, accessToken, tokenType, String(said['token_type']).toLowerCase()]).to.deep.equal([200, said['access_token'], 'Bearer', 'bearer']);
    expect(accessToken).to.be.a('string').and.not.equal('');
    expect(expiresAt === null || expiresAt > 0, 'a time, however far').to.equal(true);
    expect(scope).to.be.a('string');
    for (const name of ['refreshToken', 'idToken']) expect(['undefined', 'string']).to.include(typeof Reflect.get(outcome, name));
    expect({}, 'nobody else was changed').not.to.have.property('polluted');
    return 'granted';
  }

  for (const [what, exchange] of [
    ['a code', (server: ReturnType<typeof serve>['server']) => redeem(server, redemption, signal)],
    ['a refresh token', (server: ReturnType<typeof serve>['server']) => renew(server, held, signal)],
  ] as const)
    it(`${what} becomes tokens or one of our errors, and nothing secret is in that`, async () => {
      const came = { granted: 0, refused: 0 };
      await holds(answers, async (answer) => {
        const { server, asked } = serve(respond(answer));
        came[await judge(exchange(server), answer)]++;
        expect(asked.length, 'asked once').to.equal(1);
      }, 400);
      expect(Math.min(came.granted, came.refused), 'both happened').to.be.above(20);
    });

  it('only a code that passed the gate is exchanged, and only if it came from here [T1, T10]', () =>
    holds(queries(redemption.state), async (query) => {
      if (!isAnswerTo(redemption.state, query)) return;
      const { server, asked } = serve(() => json(granted));
      const outcome: unknown = await redeem(server, { ...redemption, query }, signal).catch((thrown: unknown) => thrown);
      const parameters = new URLSearchParams(query);
      const isOurs = !!parameters.get('code') && !parameters.has('token') && ['', origin].includes(parameters.get('iss') ?? '');
      expect([asked.length, outcome instanceof ConnectError, outcome instanceof Error]).to.deep.equal(isOurs ? [1, false, false] : [0, true, true]);
      expect(readable(isOurs ? null : outcome)).not.to.contain('canary');
    }, 600));
});
