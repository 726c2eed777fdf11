import { expect } from '@open-wc/testing';
import type { Tokens } from '../../../src/core/nouns.js';
import { revokeAll } from '../../../src/platforms/sweatstack/revocation.js';
import { createRig } from './rig.js';
import type { Rig } from './rig.js';
import { json, silence } from './stub-server.js';
import { createWire } from '../../../src/platforms/wire.js';

const origin = 'https://app.sweatstack.no';
const discovery = 'GET /.well-known/openid-configuration';
const revocation = 'POST /oauth/revoke';
const tokens: Tokens = { accessToken: 'access', tokenType: 'Bearer', expiresAt: null, scope: '', refreshToken: 'refresh' };

describe('platforms/sweatstack/revocation', () => {
  let rig: Rig;
  beforeEach(() => (rig = createRig()));
  afterEach(() => rig.restore());

  function revoke(held = tokens, signal = new AbortController().signal): Promise<boolean> {
    const wire = createWire(() => null);
    return revokeAll('app', held, new URL(origin), wire, signal);
  }
  const named = (endpoint: unknown): void => void (rig.server.answers[discovery] = () => json({ issuer: origin, revocation_endpoint: endpoint }));
  const sent = (): (string | null)[] => rig.server.asked.filter(({ path }) => path === '/oauth/revoke').map(({ init }) => new URLSearchParams(init.body as URLSearchParams).get('token'));

  it('takes back every token, the one that lives long first [F25, T9, T25]', async () => {
    named(`${origin}/oauth/revoke`);
    rig.server.answers[revocation] = () => new Response(null);
    expect([await revoke(), sent()]).to.deep.equal([true, ['refresh', 'access']]);
    const { refreshToken: _, ...short } = tokens;
    expect([await revoke(short), sent().length]).to.deep.equal([true, 3]);
  });

  const impossible: Record<string, () => unknown> = {
    'no document': () => {},
    'a page for a document': () => void (rig.server.answers[discovery] = () => new Response('<p>')),
    'null for a document': () => void (rig.server.answers[discovery] = () => json(null)),
    'no endpoint': () => named(undefined),
    'an odd endpoint': () => named(['x']),
    'an endpoint elsewhere': () => named('https://evil.example/revoke'),
    'an endpoint that is a script': () => named('javascript:alert(1)'),
    'an endpoint with credentials': () => named(`https://u:p@app.sweatstack.no/oauth/revoke`),
  };
  for (const [what, prepare] of Object.entries(impossible))
    it(`is not possible with ${what}: no token leaves [T23, T25]`, async () => {
      prepare();
      expect(await revoke()).to.equal(false);
      expect(rig.server.paths()).to.deep.equal([discovery]);
    });

  for (const [what, answer] of [['404', () => json({}, 404)], ['400', () => json({ error: 'unsupported_token_type' }, 400)], ['503', () => json({}, 503)], ['CORS', () => Promise.reject(new TypeError('Failed to fetch'))]] as const)
    it(`is not claimed where it failed: ${what} [F25, T25]`, async () => {
      named(`${origin}/oauth/revoke`);
      rig.server.answers[revocation] = answer;
      expect(await revoke()).to.equal(false);
    });

  describe('on disconnect()', () => {
    it('is said truthfully, and everything is forgotten either way [T25]', async () => {
      for (const possible of [true, false]) {
        if (possible) named(`${origin}/oauth/revoke`);
        else Reflect.deleteProperty(rig.server.answers, discovery);
        rig.server.answers[revocation] = () => new Response(null);
        const { platform } = rig.platform({ persist: 'local' });
        await rig.signIn(platform);
        expect(await platform.disconnect?.(null, rig.life().signal)).to.deep.equal({ revoked: possible, connections: [] });
        expect(Object.keys(rig.around.local)).to.deep.equal([]);
        const error: unknown = await platform.accessToken?.(rig.life().signal).catch((thrown: unknown) => thrown);
        expect(error).to.include({ code: 'session_expired' });
      }
    });

    it('forgets before anything is taken back: no other tab finds a token that is still kept and no longer good', async () => {
      named(`${origin}/oauth/revoke`);
      const kept: string[][] = [];
      rig.server.answers[revocation] = () => (kept.push(Object.keys(rig.around.local)), new Response(null));
      const { platform } = rig.platform({ persist: 'local' });
      await rig.signIn(platform);
      await platform.disconnect?.(null, rig.life().signal);
      expect(kept).to.deep.equal([[]]);
    });

    it('is waited for five seconds, not longer [F25, T25]', async () => {
      const { timeout } = AbortSignal;
      const patience = new AbortController();
      const asked: number[] = [];
      AbortSignal.timeout = (ms) => (asked.push(ms), patience.signal);
      rig.server.answers[discovery] = silence;
      try {
        const { platform } = rig.platform();
        await rig.signIn(platform);
        const gone = platform.disconnect?.(null, rig.life().signal);
        patience.abort(new DOMException('Five seconds.', 'TimeoutError'));
        expect([await gone, asked]).to.deep.equal([{ revoked: false, connections: [] }, [5000]]);
      } finally {
        AbortSignal.timeout = timeout;
      }
    });

    it('of a single wearable is not for an app to do: unsupported, and nothing happens', async () => {
      const { platform } = rig.platform();
      await rig.signIn(platform);
      const error: unknown = await platform.disconnect?.('wahoo', rig.life().signal).catch((thrown: unknown) => thrown);
      expect(error).to.include({ code: 'unsupported' });
      expect(await platform.accessToken?.(rig.life().signal)).to.equal('canary-token');
    });
  });
});
