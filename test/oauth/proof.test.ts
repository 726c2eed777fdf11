import { expect } from '@open-wc/testing';
import { ConnectError } from '../../src/core/errors.js';
import { checkedCode, redeem, renew } from '../../src/oauth/proof.js';
import { readable } from '../core/property.js';
import { granted, idToken, json, origin, outcome, redemption, serve } from './token-server.js';

const { signal } = new AbortController();

describe('oauth/proof', () => {
  describe('redeems a code [F15]', () => {
    it('as a public client, with the verifier, the address and nothing more', async () => {
      const { server, asked } = serve(() => json(granted));
      await redeem(server, redemption, signal);
      expect(asked[0]?.url).to.equal(`${origin}/api/v1/oauth/token`);
      expect(asked[0]?.form).to.deep.equal({
        ...{ grant_type: 'authorization_code', client_id: 'c1', code: 'canary-code' },
        ...{ redirect_uri: redemption.redirectUri, code_verifier: redemption.verifier },
      });
      expect(asked[0]?.init.method).to.equal('POST');
      expect(asked[0]?.init.headers).not.to.have.property('authorization');
      expect(asked.length, 'a code is good for one use: no second try').to.equal(1);
    });

    const accepted: Record<string, [body: Record<string, unknown>, tokens: Record<string, unknown>]> = {
      'with the least there may be': [{ access_token: 't', token_type: 'Bearer' }, { accessToken: 't', expiresAt: null, scope: 'openid profile' }],
      'with nulls, as SweatStack’s own sample': [{ ...granted, refresh_token: null, scope: null, id_token: null }, { accessToken: 'canary-token', scope: 'openid profile' }],
      'with expires_in null': [{ ...granted, expires_in: null }, { expiresAt: null }],
      'of an empty scope': [{ ...granted, scope: '' }, { scope: 'openid profile' }],
      'of a scope that was reduced': [{ ...granted, scope: 'profile' }, { scope: 'profile' }],
      'with a refresh token': [{ ...granted, refresh_token: 'r' }, { refreshToken: 'r' }],
      'of a type in other letters': [{ ...granted, token_type: 'BEARER' }, { tokenType: 'Bearer' }],
      'that lasts thirty thousand years': [{ ...granted, expires_in: 1e12 }, { accessToken: 'canary-token' }],
      'whose time is text': [{ ...granted, expires_in: '3600' }, {}],
      'with members nobody knows': [{ ...granted, __proto__x: 1, odd: { deep: null } }, {}],
      'with a prototype of its own': [{ ...granted, ['__proto__']: { access_token: 'other', polluted: true } }, { accessToken: 'canary-token' }],
    };
    for (const [what, [body, expected]] of Object.entries(accepted))
      it(what, async () => {
        const tokens = (await outcome(() => json(body))) as Record<string, unknown>;
        expect(tokens).to.include({ tokenType: 'Bearer', ...expected });
        for (const optional of ['refreshToken', 'idToken']) if (!(optional in expected)) expect(tokens).not.to.have.property(optional);
      });

    it('on a server too, where somebody’s own Response stands in its place', async () => {
      const { Response: real } = globalThis;
      class Own extends real {}
      // As @hono/node-server does it: what was a method is read, and cannot be written.
      Object.defineProperty(Own.prototype, 'json', { get: () => real.prototype.json });
      globalThis.Response = Own;
      try {
        expect(await outcome(() => json(granted))).to.include({ accessToken: 'canary-token' });
      } finally {
        globalThis.Response = real;
      }
    });

    it('and knows when its token ends', async () => {
      const before = Date.now();
      const { expiresAt } = (await outcome(() => json(granted))) as { expiresAt: number };
      expect(expiresAt).to.be.within(before + 900_000, Date.now() + 900_000);
      const { expiresAt: at } = (await outcome(() => json({ ...granted, expires_in: 0 }))) as { expiresAt: number };
      expect(at, 'already over').to.be.at.most(Date.now());
    });
  });

  describe('with an id_token [F16, T10]', () => {
    const right: Record<string, string> = {
      'plain': idToken(),
      'of an issuer on the same origin': idToken({ iss: `${origin}/oauth` }),
      'for several, as this one is authorized': idToken({ aud: ['c1', 'x'], azp: 'c1' }),
      'made by a clock a little ahead': idToken({ iat: Math.floor(Date.now() / 1000) + 20 }),
      'read by a clock ten minutes slow': idToken({ iat: Math.floor(Date.now() / 1000) + 600, exp: Math.floor(Date.now() / 1000) + 1500 }),
      'read by a clock ten minutes fast': idToken({ iat: Math.floor(Date.now() / 1000) - 600, exp: Math.floor(Date.now() / 1000) + 300 }),
      'made some time ago, good from now on': idToken({ iat: Math.floor(Date.now() / 1000) - 300, nbf: Math.floor(Date.now() / 1000), exp: Math.floor(Date.now() / 1000) + 600 }),
      'read by a clock of another time zone': idToken({ iat: Math.floor(Date.now() / 1000) - 36_000, exp: Math.floor(Date.now() / 1000) - 35_100 }),
    };
    it('takes it without a nonce where none was sent, and with none that nobody sent', async () => {
      const [without, withOne] = [idToken({ nonce: undefined }), idToken()];
      expect(await outcome(() => json({ ...granted, id_token: without }), { nonce: null })).to.include({ idToken: without });
      expect(await outcome(() => json({ ...granted, id_token: withOne }), { nonce: null })).to.have.property('code', 'invalid_response');
      for (const wrong of [{ iss: 'https://evil.example' }, { aud: 'c2' }])
        expect(await outcome(() => json({ ...granted, id_token: idToken({ nonce: undefined, ...wrong }) }), { nonce: null })).to.have.property('code', 'invalid_response');
    });

    for (const [what, id_token] of Object.entries(right)) it(`takes it: ${what}`, async () => expect(await outcome(() => json({ ...granted, id_token }))).to.include({ idToken: id_token }));

    const now = Math.floor(Date.now() / 1000);
    const wrong: Record<string, string> = {
      'another nonce': idToken({ nonce: 'n2' }),
      'no nonce': idToken({ nonce: undefined }),
      'another audience': idToken({ aud: 'c2' }),
      'several audiences, none authorized': idToken({ aud: ['c1', 'c2'] }),
      'another issuer': idToken({ iss: 'https://evil.example' }),
      'an issuer that begins like ours': idToken({ iss: `${origin}.evil.example` }),
      'no issuer': idToken({ iss: undefined }),
      'expired': idToken({ exp: now - 60 }),
      'expired by its own clock too': idToken({ iat: now - 3600, exp: now - 3660 }),
      'of ten days ago, over since yesterday': idToken({ iat: now - 864_000, exp: now - 72_000 }),
      'of no time': idToken({ iat: 0, exp: now - 60 }),
      'two days old': idToken({ iat: now - 172_800, exp: now - 171_900 }),
      'from the future': idToken({ iat: now + 600, nbf: now + 600 }),
      'over before it began': idToken({ iat: now + 600, exp: now - 600 }),
      'no subject': idToken({ sub: undefined }),
      'an audience that is a list of none': idToken({ aud: [] }),
      'a subject that is no text': idToken({ sub: 5 }),
      'alg none': idToken({}, { alg: 'none' }),
      'HS256': idToken({}, { alg: 'HS256' }),
      'no JWT': 'odd',
      'no JSON in it': 'a.b.c',
    };
    for (const [what, id_token] of Object.entries(wrong))
      it(`refuses it: ${what}`, async () => {
        const error = await outcome(() => json({ ...granted, id_token }));
        expect(error).to.be.instanceOf(ConnectError).with.property('code', 'invalid_response');
      });
  });

  describe('looks at the answer before anything leaves [F11, F12, T1, T10]', () => {
    const refused: Record<string, [query: string, code: string]> = {
      'another state': ['code=x&state=wc1.other', 'invalid_response'],
      'no state': ['code=x', 'invalid_response'],
      'two states': ['code=x&state=wc1.s&state=wc1.s', 'invalid_response'],
      'another issuer (RFC 9207)': ['code=x&state=wc1.s&iss=https%3A%2F%2Fevil.example', 'invalid_response'],
      'two issuers': [`code=x&state=wc1.s&iss=${origin}&iss=${origin}`, 'invalid_response'],
      'no code': ['state=wc1.s', 'invalid_response'],
      'an empty code': ['code=&state=wc1.s', 'invalid_response'],
      'two codes': ['code=x&code=y&state=wc1.s', 'invalid_response'],
      'an id token in the address': ['code=x&state=wc1.s&id_token=t', 'invalid_response'],
      'a refusal': ['error=access_denied&state=wc1.s', 'access_denied'],
      'a refusal with a code beside it': ['code=x&error=access_denied&state=wc1.s', 'access_denied'],
      'a server that is down': ['error=temporarily_unavailable&state=wc1.s', 'platform_error'],
      'a sign-in that would have to be shown': ['error=login_required&state=wc1.s', 'platform_error'],
      'another server’s answer, said to be ours by half': [`code=x&state=wc1.s&iss=${encodeURIComponent(`${origin}.evil.example`)}`, 'invalid_response'],
      'an error nobody knows': ['error=odd&state=wc1.s', 'platform_error'],
      'a scope it does not have': ['error=invalid_scope&state=wc1.s', 'misconfigured'],
    };
    for (const [what, [query, code]] of Object.entries(refused))
      it(what, async () => {
        const { server, asked } = serve(() => json(granted));
        const error: unknown = await redeem(server, { ...redemption, query }, signal).catch((thrown: unknown) => thrown);
        expect(error).to.be.instanceOf(ConnectError).with.property('code', code);
        expect(asked.length).to.equal(0);
      });

    for (const iss of [origin, `${origin}/`, `${origin}/oauth`])
      it(`the issuer ${iss} is ours [F12]`, async () => expect(await outcome(() => json(granted), { query: `code=x&state=wc1.s&iss=${encodeURIComponent(iss)}` })).to.include({ accessToken: 'canary-token' }));

    it('repeats nothing of what a refusal has to say', async () => {
      for (const said of ['<img src=x onerror=alert(1)>canary', '\u202ecanary', 'canary'.repeat(900)]) {
        const error = (await outcome(() => json(granted), { query: `?${new URLSearchParams({ error: 'access_denied', state: 'wc1.s', error_description: said, error_uri: said }).toString()}` })) as ConnectError;
        expect(error).to.have.property('code', 'access_denied');
        expect(readable(error)).not.to.contain('canary');
      }
    });

    it('gives the checked code to whoever redeems it elsewhere', () => {
      const { server } = serve(() => json(granted));
      expect(checkedCode(server, redemption)).to.equal('canary-code');
      expect(() => checkedCode(server, { query: 'code=x&state=wc1.other', state: 'wc1.s' })).to.throw(ConnectError);
      expect(() => checkedCode(server, { query: 'error=temporarily_unavailable&state=wc1.s', state: 'wc1.s' })).to.throw('The platform refused: "temporarily_unavailable".');
    });
  });

  describe('renews [F16]', () => {
    const held = { accessToken: 'old', tokenType: 'Bearer', expiresAt: 0, scope: 'profile offline_access', refreshToken: 'r1' };
    it('with the refresh token, which stays unless another comes', async () => {
      const { server, asked } = serve(() => json({ ...granted, refresh_token: null }));
      expect(await renew(server, held, signal)).to.include({ accessToken: 'canary-token', refreshToken: 'r1', scope: 'profile offline_access' });
      expect(asked[0]?.form).to.deep.equal({ grant_type: 'refresh_token', client_id: 'c1', refresh_token: 'r1' });
      expect(await renew(serve(() => json({ ...granted, refresh_token: 'r2' })).server, held, signal)).to.include({ refreshToken: 'r2' });
    });

    it('and takes no token for somebody else: who it is does not change by renewal', async () => {
      const idTokens = [idToken({ sub: 'u1', nonce: undefined }), idToken({ sub: 'u2', nonce: undefined })] as const;
      const renewed = (id_token: string): Promise<unknown> => renew(serve(() => json({ ...granted, id_token })).server, { ...held, idToken: idTokens[0] }, signal).catch((thrown: unknown) => thrown);
      expect(await renewed(idTokens[0])).to.include({ accessToken: 'canary-token' });
      expect(await renewed(idTokens[1]), 'OpenID Connect Core 12.2').to.be.instanceOf(ConnectError).with.property('code', 'invalid_response');
    });

    it('nor by access tokens alone, where they say whose they are', async () => {
      const renewed = (sub: string): Promise<unknown> => renew(serve(() => json({ ...granted, access_token: idToken({ sub }) })).server, { ...held, accessToken: idToken({ sub: 'u1' }) }, signal).catch((thrown: unknown) => thrown);
      expect(await renewed('u1')).to.include({ tokenType: 'Bearer' });
      expect(await renewed('u2')).to.be.instanceOf(ConnectError).with.property('code', 'invalid_response');
    });

    it('and remembers who it is through a renewal that does not say so', async () => {
      const first = await renew(serve(() => json(granted)).server, { ...held, idToken: idToken({ sub: 'u1' }) }, signal);
      const second: unknown = await renew(serve(() => json({ ...granted, id_token: idToken({ sub: 'u2', nonce: undefined }) })).server, first, signal).catch((thrown: unknown) => thrown);
      expect(second).to.be.instanceOf(ConnectError).with.property('code', 'invalid_response');
    });

    it('and says when the refresh token is used up', async () => {
      const error: unknown = await renew(serve(() => json({ error: 'invalid_grant' }, { status: 400 })).server, held, signal).catch((thrown: unknown) => thrown);
      expect(error).to.include({ code: 'session_expired' });
    });
  });

  it('speaks http: with a developer’s own machine alone [T23]', async () => {
    for (const [tokenEndpoint, works] of [['http://localhost:1/token', true], ['http://a.localhost/token', true], ['http://a.example/token', false]] as const) {
      const { server } = serve(() => json(granted));
      const error: unknown = await redeem({ ...server, origin: new URL(tokenEndpoint).origin, tokenEndpoint }, redemption, signal).then(() => null, (thrown: unknown) => thrown);
      expect(error === null, tokenEndpoint).to.equal(works);
    }
  });
});
