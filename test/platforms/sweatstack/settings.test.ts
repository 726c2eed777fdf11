import { expect } from '@open-wc/testing';
import { ConnectError } from '../../../src/core/errors.js';
import type { Proof } from '../../../src/oauth/pkce.js';
import { authorizeParameters, settingsFrom as settingsOf, signInUrl } from '../../../src/platforms/sweatstack/settings.js';
import type { SweatstackOptions } from '../../../src/platforms/sweatstack/settings.js';

const proof: Proof = { state: 'wc1.s', nonce: 'n1', verifier: 'canary', challenge: 'ch', channel: 'x', madeAt: 0 };
const clientId = 'app';
/** Attributes and plain scripts can say anything. */
type Said = { readonly [Name in keyof SweatstackOptions]?: unknown };
const settingsFrom = (said: Said) => settingsOf(said as SweatstackOptions);
const urlFor = (options: Said, integration: string | null = null): URL => {
  const settings = settingsFrom({ clientId, ...options });
  return new URL(signInUrl(settings, authorizeParameters(settings, proof, integration, settings.prompt)));
};

/** As their server, which is Python, would: standard alphabet, strict about padding. */
function decoded(url: URL): Record<string, unknown> {
  const state = url.searchParams.get('state') ?? '';
  expect(state).to.match(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/);
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(atob(state), (char) => char.charCodeAt(0)))) as Record<string, unknown>;
}

describe('platforms/sweatstack/settings', () => {
  it('need a client id and nothing else', () => {
    const settings = settingsFrom({ clientId: ' app ' });
    expect(settings).to.deep.include({
      ...{ clientId: 'app', redirectUri: location.origin + location.pathname, scope: 'openid profile data:read', express: true },
      ...{ popupOnly: false, persist: 'memory', backend: null, prompt: 'none' },
    });
    expect(settings.base.href).to.equal('https://app.sweatstack.no/');
    expect(settings.sources.map(({ id }) => id)).to.deep.equal(['garmin_connect', 'intervals_icu', 'wahoo']);
    const blank = { redirectUri: ' ', scope: '', baseUrl: '', signIn: '', sources: '', mode: '', persist: '', tokenDelivery: '', backendUrl: '' };
    expect(settingsFrom({ clientId, ...blank }), 'an empty attribute is none').to.deep.equal(settingsFrom({ clientId }));
    expect(settingsFrom({ clientId, ...Object.fromEntries(Object.keys(blank).map((name) => [name, null])) })).to.deep.equal(settingsFrom({ clientId }));
  });

  it('take what the page says', () => {
    const said = { redirectUri: '/cb.html?x=1', scope: ' profile,data:read  profile', baseUrl: 'http://app.localhost:4000/', signIn: 'standard', mode: 'popup', persist: 'local', prompt: 'login' };
    expect(settingsFrom({ clientId, ...said })).to.deep.include({
      ...{ redirectUri: `${location.origin}/cb.html?x=1`, scope: 'profile data:read', express: false, popupOnly: true, persist: 'local', prompt: 'login' },
    });
    expect(settingsFrom({ clientId, tokenDelivery: 'backend' }).backend?.href).to.equal(`${location.origin}/wearables`);
    expect(settingsFrom({ clientId, tokenDelivery: 'backend', backendUrl: 'https://b.example/x' }).backend?.href).to.equal('https://b.example/x');
    expect(settingsFrom({ clientId, tokenDelivery: 'none' }).backend).to.equal(null);
    expect(settingsFrom({ clientId, sources: 'wahoo, polar_flow wahoo' }).sources).to.deep.equal([{ id: 'wahoo', name: 'Wahoo' }, { id: 'polar_flow', name: 'Polar Flow' }]);
    expect(settingsFrom({ clientId, sources: ['garmin_connect'] }).sources.map(({ name }) => name)).to.deep.equal(['Garmin Connect']);
  });

  describe('refuse, with a sentence that says what to do: [T11]', () => {
    const bad: Record<string, [options: Said, says: RegExp]> = {
      'no client id': [{ clientId: null }, /client-id is missing.*expected/],
      'a blank client id': [{ clientId: '  ' }, /client-id is missing/],
      'a base that is no address': [{ baseUrl: 'https://' }, /base-url must be an https: address.*"https:\/\/"/],
      'a base without TLS': [{ baseUrl: 'http://app.sweatstack.no' }, /base-url must be an https: address.*"http:\/\/app\.sweatstack\.no"/],
      'a base that is a script': [{ baseUrl: 'javascript:alert(1)' }, /base-url must be an https: address/],
      'a base with a password': [{ baseUrl: 'https://u:canary@a.example' }, /base-url must be an https: address without credentials/],
      'a landing page elsewhere': [{ redirectUri: 'https://other.example/cb' }, /redirect-uri must be on this page’s own origin.*got https:\/\/other\.example/],
      'a landing page with a fragment': [{ redirectUri: '/cb#x' }, /redirect-uri must not have a fragment/],
      'an odd way to sign in': [{ signIn: 'quick' }, /sign-in must be one of express, standard: got "quick"/],
      'an odd mode': [{ mode: 'iframe' }, /mode must be one of auto, popup, redirect: got "iframe"/],
      'an odd place to keep': [{ persist: 'cookie' }, /persist must be one of memory, session, local: got "cookie"/],
      'an odd delivery': [{ tokenDelivery: 'pigeon' }, /token-delivery must be one of event, none, backend: got "pigeon"/],
      'an odd handler': [{ tokenDelivery: 'backend', backendUrl: 'http://b.example' }, /backend-url must be an https: address/],
    };
    for (const [what, [options, says]] of Object.entries(bad))
      it(what, () => {
        try {
          settingsFrom({ clientId, ...options });
        } catch (thrown) {
          expect(thrown).to.be.instanceOf(ConnectError);
          expect(thrown).to.include({ code: 'misconfigured' });
          expect((thrown as Error).message).to.match(says);
          expect((thrown as Error).message).not.to.contain('canary');
          return;
        }
        throw new Error('They were taken.');
      });
  });

  describe('make the address of the sign-in', () => {
    it('by express: the parameters as base64 of JSON, read back by a strict decoder', () => {
      const url = urlFor({}, 'wahoo');
      expect(url.origin + url.pathname).to.equal('https://app.sweatstack.no/express-login');
      expect([...url.searchParams.keys()]).to.deep.equal(['state']);
      expect(decoded(url)).to.deep.equal({
        ...{ client_id: 'app', redirect_uri: location.origin + location.pathname, scope: ['openid', 'profile', 'data:read'], response_type: 'code', state: 'wc1.s' },
        ...{ nonce: 'n1', code_challenge: 'ch', code_challenge_method: 'S256', prompt: 'none', integration: 'wahoo' },
      });
    });

    it('by express: in UTF-8, and with no letter that an address would change', () => {
      // Three lengths, for three paddings; and bytes that make + and /.
      for (const id of ['a', 'ab', 'abc', 'æøå', '日本', '🚴', '???>>>~~~ÿ']) {
        const url = urlFor({ clientId: id });
        expect(decoded(url)['client_id']).to.equal(id);
        expect(url.search.slice('?state='.length), 'percent-encoded').to.match(/^[A-Za-z0-9%]+$/);
      }
    });

    it('by the standard page: one parameter each', () => {
      const url = urlFor({ signIn: 'standard', baseUrl: 'https://b.example/at/' }, 'garmin_connect');
      expect(url.origin + url.pathname).to.equal('https://b.example/at/oauth/authorize');
      expect(Object.fromEntries(url.searchParams)).to.deep.equal({
        ...{ client_id: 'app', redirect_uri: location.origin + location.pathname, scope: 'openid profile data:read', response_type: 'code', state: 'wc1.s' },
        ...{ nonce: 'n1', code_challenge: 'ch', code_challenge_method: 'S256', prompt: 'none', integration: 'garmin_connect' },
      });
    });

    it('with a nonce only where there will be an id_token, and a refresh token only where it is asked for [T9]', () => {
      const parameters = (scope?: string) => Object.fromEntries(urlFor({ signIn: 'standard', ...(scope ? { scope } : {}) }).searchParams);
      expect(parameters()['scope']).not.to.contain('offline_access');
      expect(parameters()).to.have.property('nonce', 'n1');
      expect(parameters('profile openidx')).not.to.have.property('nonce');
      expect(parameters('profile offline_access')['scope']).to.equal('profile offline_access');
      expect(parameters()).not.to.have.property('integration');
    });

    it('never with the verifier', () => {
      for (const signIn of ['express', 'standard']) {
        const url = urlFor({ signIn });
        expect(url.href + (signIn === 'express' ? JSON.stringify(decoded(url)) : '')).not.to.contain('canary');
      }
    });
  });
});
