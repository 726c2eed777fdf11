import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import { ConnectError } from '../../src/core/errors.js';
import { attemptFrom, attemptLifeMs, keptAttempts, mailFor, sweepAttempts } from '../../src/oauth/attempt.js';
import { attemptKey, mailboxKey } from '../../src/oauth/protocol.js';
import { createSignIn } from '../../src/oauth/sign-in.js';
import { createVault } from '../../src/oauth/vault.js';
import { installFakeTime } from '../core/fake-time.js';
import type { FakeTime } from '../core/fake-time.js';
import { holds, mostly, oddJson, oddRecord } from '../core/property.js';
import { surround } from './surroundings.js';
import type { Surroundings } from './surroundings.js';

/** Looks at what is pending, and leaves it to others. */
const looking = AbortSignal.abort();

const texts = ['id', 'channel', 'state', 'nonce', 'verifier', 'issuer', 'clientId', 'redirectUri', 'returnTo', 'url'] as const;

describe('oauth, whatever lies in storage [F8]', () => {
  let around: Surroundings;
  let time: FakeTime;
  beforeEach(() => {
    around = surround();
    time = installFakeTime();
  });
  afterEach(() => {
    time.restore();
    around.restore();
  });

  const times = (): fc.Arbitrary<unknown> => fc.oneof(oddJson, fc.integer({ min: -2 * attemptLifeMs, max: 2 * attemptLifeMs }).map((ms) => Date.now() + ms));
  const records = () =>
    fc.oneof(
      { weight: 1, arbitrary: fc.string() },
      {
        weight: 6,
        arbitrary: oddRecord({
          ...Object.fromEntries(texts.map((name) => [name, fc.oneof({ weight: 40, arbitrary: fc.constant(name as unknown) }, { weight: 1, arbitrary: oddJson })])),
          ...{ v: mostly(1), createdAt: times(), mode: mostly('popup'), closed: mostly(false), query: mostly('code=x&state=wc1.s') },
        }).map((record) => JSON.stringify(record)),
      },
    );

  it('an attempt is whole or none', async () => {
    let whole = 0;
    await holds(records(), (text) => {
      const attempt = attemptFrom(text);
      if (attempt === null) return;
      whole++;
      expect([attempt.v, typeof attempt.createdAt, ...texts.map((name) => typeof attempt[name])]).to.deep.equal([1, 'number', ...texts.map(() => 'string')]);
    }, 400);
    expect(whole, 'it was not always none').to.be.above(5);
  });

  it('is swept of what is old or cannot be read, and of nothing that is not ours', () => {
    const keys = fc.oneof(fc.string({ maxLength: 5 }).map(attemptKey), fc.string({ maxLength: 5 }).map(mailboxKey), fc.constantFrom('wc1:t:c@a.example', 'wc1:', 'wc1:pp', 'theirs', ''));
    return holds(fc.dictionary(keys, records(), { noNullPrototype: true }), (items) => {
      for (const shelf of [around.local, around.session]) Object.assign(shelf, items);
      sweepAttempts(Date.now());
      for (const shelf of [around.local, around.session]) {
        for (const [key, text] of Object.entries(items)) {
          const ours = key.startsWith(attemptKey('')) || key.startsWith(mailboxKey(''));
          if (!ours) expect(shelf.getItem(key), key).to.equal(text);
          else if (shelf.getItem(key) !== null) expect(Math.abs((JSON.parse(text) as { createdAt: number }).createdAt - Date.now()), key).to.be.below(attemptLifeMs);
        }
        for (const key of Object.keys(shelf)) shelf.removeItem(key);
      }
    });
  });

  it('is read without a throw: what an earlier page left is known, or it is not', () =>
    holds(fc.tuple(records(), records(), fc.constantFrom('issuer', 'https://a.example')), ([record, mail, issuer]) => {
      around.session.setItem(attemptKey('channel'), record);
      for (const shelf of [around.local, around.session]) shelf.setItem(mailboxKey('channel'), mail);
      const waiting = mailFor('channel');
      expect(waiting === null || typeof waiting === 'string').to.equal(true);
      const kept = keptAttempts(issuer, 'clientId', Date.now());
      const pending = createSignIn({ issuer, clientId: 'clientId', redirectUri: 'redirectUri', popupOnly: false, urlFor: () => '', onOpened: () => {} }).pending(looking);
      if (pending) expect(kept[0]).to.include({ issuer, clientId: 'clientId', id: pending.attempt });
      for (const shelf of [around.local, around.session]) for (const key of Object.keys(shelf)) shelf.removeItem(key);
    }));

  it('signs nobody in who was not: a vault gives a token, or nothing', async () => {
    const tokens = oddRecord({ accessToken: mostly('t'), expiresAt: mostly(null, fc.oneof(oddJson, fc.constantFrom<unknown>(Date.now() + 900_000, 0))), refreshToken: mostly('r'), scope: mostly('profile'), idToken: oddJson });
    const kept = fc.oneof({ weight: 6, arbitrary: oddRecord({ v: mostly(1), tokens, asked: mostly(['wahoo']) }).map((record) => JSON.stringify(record)) }, { weight: 1, arbitrary: fc.string() });
    let restored = 0;
    await holds(kept, async (text) => {
      around.local.setItem('wc1:t:property', text);
      const vault = createVault({ key: 'property', persist: 'local', renew: () => Promise.reject(new ConnectError('session_expired', 'No.')), onTokens: () => {}, onForgotten: () => {} });
      const found = await vault.restore();
      const said = ((): { tokens?: { accessToken?: unknown } | null } => { try { return Object(JSON.parse(text)) as object; } catch { return {}; } })();
      if (found) restored++;
      expect(found === null || (typeof found.accessToken === 'string' && found.accessToken === said.tokens?.accessToken)).to.equal(true);
      expect(vault.asked.every((id) => typeof id === 'string')).to.equal(true);
      vault.forget();
      expect(around.left).to.equal(0);
    });
    expect(restored, 'it was not always nothing').to.be.above(5);
  });
});
