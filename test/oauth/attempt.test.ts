import { expect } from '@open-wc/testing';
import { attemptFrom, attemptLifeMs, dropAttempt, keepAttempt, keptAttempts, mailFor, sweepAttempts } from '../../src/oauth/attempt.js';
import type { Attempt } from '../../src/oauth/attempt.js';
import { attemptKey, mailboxKey } from '../../src/oauth/protocol.js';
import { surround } from './surroundings.js';
import type { Surroundings } from './surroundings.js';

const now = Date.UTC(2026, 10, 14);
const attempt: Attempt = {
  ...{ v: 1, id: 'a1', channel: 'ch1', source: 'wahoo', state: 'wc1.s', nonce: 'n', verifier: 'v', issuer: 'https://a.example', clientId: 'c' },
  ...{ redirectUri: 'https://h.example/cb', mode: 'popup', returnTo: '/x', url: 'https://a.example/o', createdAt: now },
};
const answer = (query: string, createdAt = now): string => JSON.stringify({ v: 1, query, createdAt });

describe('oauth/attempt', () => {
  let around: Surroundings;
  beforeEach(() => (around = surround()));
  afterEach(() => around.restore());
  const both = () => [around.session, around.local];
  const kept = (at = now) => keptAttempts(attempt.issuer, attempt.clientId, at);

  it('is kept for this tab and for the origin, and dropped from both with its mail', () => {
    keepAttempt(attempt);
    for (const shelf of both()) {
      expect(attemptFrom(shelf.getItem(attemptKey('ch1')))).to.deep.equal(attempt);
      shelf.setItem(mailboxKey('ch1'), answer('code=x'));
    }
    dropAttempt('ch1');
    for (const shelf of both()) expect(Object.keys(shelf)).to.deep.equal([]);
  });

  it('is found again by this tab alone, for this app alone, the newest first [T10]', () => {
    keepAttempt(attempt);
    keepAttempt({ ...attempt, id: 'a2', channel: 'ch2', createdAt: now + 1 });
    keepAttempt({ ...attempt, id: 'b', channel: 'ch3', clientId: 'other' });
    keepAttempt({ ...attempt, id: 'c', channel: 'ch4', issuer: 'https://b.example' });
    expect(kept().map(({ id }) => id)).to.deep.equal(['a2', 'a1']);
    for (const key of Object.keys(around.session)) around.session.removeItem(key);
    expect(kept(), 'another tab’s attempts are not ours to continue').to.deep.equal([]);
  });

  it('lives for fifteen minutes, whichever way the clock jumps [F22]', () => {
    expect(attemptLifeMs).to.equal(900_000);
    keepAttempt(attempt);
    for (const [at, found] of [[now + 899_999, 1], [now + 900_000, 0], [now - 899_999, 1], [now - 900_000, 0]] as const) expect(kept(at).length, String(at - now)).to.equal(found);
  });

  it('is swept with its mail when its time is over, and with whatever cannot be read; nobody else’s things are [F18]', () => {
    const foreign = { 'wc1:t:c@a.example': '{"v":1}', 'wc1:other': 'x', theirs: 'y' };
    for (const shelf of both()) {
      Object.assign(shelf, foreign);
      Object.assign(shelf, { [attemptKey('odd')]: '{', [attemptKey('empty')]: 'null', [mailboxKey('odd')]: '[]', [mailboxKey('old')]: answer('code=x', now - 900_000) });
      Object.assign(shelf, { [mailboxKey('new')]: answer('code=x', now) });
    }
    keepAttempt(attempt);
    keepAttempt({ ...attempt, channel: 'old', createdAt: now - 900_001 });
    sweepAttempts(now);
    for (const shelf of both()) expect(Object.keys(shelf).sort()).to.deep.equal([...Object.keys(foreign), attemptKey('ch1'), mailboxKey('new')].sort());
  });

  describe('a record that is not whole is none:', () => {
    const broken: Record<string, string | null> = {
      'nothing': null,
      'no JSON': '{',
      'null': 'null',
      'a list': '[]',
      'another version': JSON.stringify({ ...attempt, v: 2 }),
      'no time': JSON.stringify({ ...attempt, createdAt: 'now' }),
      ...Object.fromEntries(
        ['id', 'channel', 'state', 'nonce', 'verifier', 'issuer', 'clientId', 'redirectUri', 'returnTo', 'url'].flatMap((name) => [
          [`without ${name}`, JSON.stringify({ ...attempt, [name]: undefined })],
          [`with an odd ${name}`, JSON.stringify({ ...attempt, [name]: 5 })],
        ]),
      ),
    };
    for (const [what, text] of Object.entries(broken)) it(what, () => expect(attemptFrom(text)).to.equal(null));
  });

  it('reads mail from either shelf, and only what is mail', () => {
    expect(mailFor('ch1')).to.equal(null);
    around.local.setItem(mailboxKey('ch1'), answer('code=there'));
    expect(mailFor('ch1')).to.equal('code=there');
    around.session.setItem(mailboxKey('ch1'), answer('code=here'));
    expect(mailFor('ch1')).to.equal('code=here');
    around.session.setItem(mailboxKey('ch1'), '{"query":5}');
    around.local.setItem(mailboxKey('ch1'), '}');
    expect(mailFor('ch1')).to.equal(null);
  });

  it('does without storage that throws [F8, T16]', () => {
    around.blockStorage();
    expect(() => localStorage.length, 'it does throw').to.throw(DOMException);
    keepAttempt(attempt);
    sweepAttempts(now);
    dropAttempt('ch1');
    expect([kept(), mailFor('ch1')]).to.deep.equal([[], null]);
  });

  it('does without storage that is full [F8]', () => {
    around.local.setItem = () => {
      throw new DOMException('Full.', 'QuotaExceededError');
    };
    keepAttempt(attempt);
    expect(kept().length, 'the other shelf has room').to.equal(1);
  });
});
