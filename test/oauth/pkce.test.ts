import { expect } from '@open-wc/testing';
import * as oauth from 'oauth4webapi';
import { challengeOf, createProof } from '../../src/oauth/pkce.js';
import { channelOf } from '../../src/oauth/protocol.js';

describe('oauth/pkce, made before a click', () => {
  it('is S256 of its verifier, as in RFC 7636 appendix B', async () => {
    expect(await challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).to.equal('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
  });

  it('is what the package that redeems it would make, a hundred times over', async () => {
    for (let count = 0; count < 100; count += 1) {
      const proof = await createProof();
      for (const random of [proof.verifier, proof.nonce, proof.state.replace('wc1.', '')]) expect(random).to.match(/^[\w-]{43}$/);
      expect(proof.challenge).to.equal(await oauth.calculatePKCECodeChallenge(proof.verifier));
      expect(proof.state).to.match(/^wc1\./);
      expect(proof.channel).to.equal(await channelOf(proof.state));
    }
  });

  it('is another each time, in every part', async () => {
    const proofs = await Promise.all(Array.from({ length: 20 }, createProof));
    for (const part of ['state', 'nonce', 'verifier', 'challenge', 'channel'] as const) expect(new Set(proofs.map((proof) => proof[part])).size, part).to.equal(20);
  });
});
