import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { labelOf } from './fault.js';
import { notPlayed } from './not-played.js';
import { pageFaults, plainPage } from './page-faults.js';
import { attemptsOnPage, drawAttempt, drawPage, mustConnect, type AttemptPlan } from './plan.js';
import { platformFaults } from './platform-faults.js';
import { createRandom } from './random.js';
import { leaks, secretsOf } from './secrets.js';
import { visitFaults } from './visit-faults.js';

const played = (seed: string, count: number): string[] =>
  Array.from({ length: count }, (_, number) => drawAttempt(seed, number)).flatMap(({ page, platform, visits }) => [page.fault, ...platform, ...visits.map(({ fault }) => fault)].map(labelOf));

describe('soak: what is drawn from a seed', () => {
  it('is the same again for the same seed and number, whatever was drawn before', () => {
    const again = (number: number): string => JSON.stringify(drawAttempt('s', number));
    const late = again(77);
    for (let number = 0; number < 20; number++) again(number);
    assert.equal(again(77), late);
    assert.notEqual(JSON.stringify(drawAttempt('t', 77)), late);
    assert.equal(drawAttempt('s', 77).page.number, Math.floor(77 / attemptsOnPage));
    assert.deepEqual(drawAttempt('s', 77).page, drawPage('s', Math.floor(77 / attemptsOnPage)));
  });

  it('is every fault there is before any comes a second time in its turn', () => {
    const all = [...pageFaults, ...platformFaults, ...visitFaults];
    assert.equal(new Set(all.map(labelOf)).size, all.length, 'each has a name of its own');
    const missing = (seen: readonly string[]): string[] => all.map(labelOf).filter((label) => !seen.includes(label));
    assert.deepEqual(missing(played('s', 600)), []);
    const parts = (labels: readonly string[]): Set<string> => new Set(labels.map((label) => label.split(' ')[0] ?? ''));
    assert.equal(parts(played('s', 120)).size, parts(all.map(labelOf)).size + 1, 'after five minutes one of each kind, and the plain page');
  });

  it('is, at the beginning of each page, an attempt that nothing disturbs', () => {
    for (let number = 0; number < 300; number += attemptsOnPage) {
      const plan = drawAttempt('s', number);
      assert.deepEqual([plan.platform, plan.visits, plan.answer], [[], [], 'allow']);
      assert.notEqual(plan.begin, 'call');
      assert.equal(mustConnect(plan), !plan.page.fault.isUnable && !plan.page.fault.endsOtherwise);
      assert.equal(plan.patience === null, !plan.page.fault.endsOtherwise, 'and nobody gives up what has to connect');
    }
    const able = Array.from({ length: 36 }, (_, page) => drawAttempt('s', page * attemptsOnPage)).filter(mustConnect);
    assert.ok(able.length > 30, `${able.length} of 36 pages let it connect`);
  });

  it('has to connect where nothing can end it otherwise', () => {
    const plain = { ...drawAttempt('s', 0), page: { number: 0, fault: plainPage, attributes: {} } };
    const drawnWith = (change: Partial<AttemptPlan>): boolean => mustConnect({ ...plain, ...change });
    const [visit, fault] = [visitFaults[0], platformFaults[0]];
    assert.ok(visit && fault);
    assert.equal(drawnWith({}), true);
    assert.equal(drawnWith({ visits: [{ fault: visit, at: 'usable' }] }), true);
    assert.equal(drawnWith({ visits: [{ fault: visit, at: 'opened' }] }), false);
    assert.equal(drawnWith({ platform: [fault] }), false);
    assert.equal(drawnWith({ begin: 'call' }), false);
    assert.equal(drawnWith({ answer: 'deny' }), false);
    for (const end of ['isUnable', 'endsOtherwise']) assert.equal(drawnWith({ page: { ...plain.page, fault: { ...plainPage, [end]: true } } }), false);
  });

  it('is spread evenly', () => {
    const random = createRandom('even');
    const drawn = Array.from({ length: 4000 }, () => random.below(4));
    for (const value of [0, 1, 2, 3]) assert.ok(Math.abs(drawn.filter((one) => one === value).length - 1000) < 150);
  });
});

describe('soak: what is not played', () => {
  for (const { part, what, tests } of notPlayed)
    it(`F${part} ${what}: is where it is said to be`, () => {
      const titles = Object.values(tests).flat();
      assert.ok(titles.length > 0 && titles.every((title) => title.length > 5), 'a test covers it, and has a name');
      for (const [file, some] of Object.entries(tests)) {
        const text = readFileSync(file, 'utf8');
        assert.ok(some.length > 0, file);
        assert.match(text, new RegExp(`\\[[^\\]\\n]*\\bF${part}\\b[^\\]\\n]*\\]`), file);
        for (const title of some) assert.ok(['\'', '"', '`'].some((quote) => text.includes(quote + title)), `${file} has no “${title}”`);
      }
    });
});

describe('soak: where secrets are looked for', () => {
  const text = 'a-secret-that-is-long-enough';
  const request = { method: 'POST', host: 'h', path: '/', status: 200, headers: { authorization: `Bearer ${text}-token` }, body: { code: `${text}-code`, code_verifier: `${text}-verifier` } };
  const secrets = secretsOf([], [request]);

  it('knows each kind from what was sent', () => assert.deepEqual(secrets.map(({ kind }) => kind).sort(), ['code', 'token', 'verifier']));

  for (const [where, kind, isKept, isFound] of [
    ['console', 'token', true, true],
    ['event change', 'token', true, true],
    ['tree', 'token', false, true],
    ['storage wc1:p:', 'verifier', false, false],
    ['storage wc1:p:', 'code', false, true],
    ['storage wc1:m:', 'code', false, false],
    ['storage wc1:t:', 'token', true, false],
    ['storage wc1:t:', 'token', false, true],
    ['left wc1:p: in sessionStorage', 'verifier', false, false],
    ['referrer of a request to the host', 'code', false, true],
    ['address of a tab', 'code', false, true],
    ['landing', 'code', false, false],
  ] as const)
    it(`a ${kind} in “${where}”${isKept ? ', where tokens are kept,' : ''} is ${isFound ? 'found' : 'in its place'}`, () => {
      assert.equal(leaks(secrets, { sights: [{ where, what: `before ${text}-${kind} after` }], isKept }).length, isFound ? 1 : 0);
    });
});
