/** What was measured is shown as it is: in the terminal, on the page about speed, and in the README. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { bundled, weigh } from './bundle.js';
import { ourEntry } from './compared.js';
import { printRow } from './print.js';
import { readResults, type Results, sectionNames } from './results.js';
import { ahead, asFloor, counted, doingLess, level, row, sampled, unable } from './row.js';
import { isShortUpToDate, isUpToDate, otherwise, readmeFile, speedFile, tableOf, withShortTable, withTable } from './table.js';

const fast = row({ section: 'start', what: 'how long', unit: 'ms', note: 'on a Monday' }, sampled('ours', '1.0.0', [4, 2, 3]), [
  sampled('theirs', '2.0.0', [6, 9, 6]),
  sampled('quicker', '3.0.0', [1.5]),
  unable('elsewhere', '4.0.0', 'it has no window'),
]);
const heavy = row({ section: 'weight', what: 'how heavy', unit: 'bytes', lowerIsBetter: false }, counted('ours', '1.0.0', 12_345), [counted('theirs', '2.0.0', 24_690, 'draws nothing')]);
const surroundings = { date: '2026-11-21', node: '20.0.0', browser: 'Chromium 150', cores: 2, seconds: 3 };
const results: Results = { weight: { ...surroundings, rows: [heavy, { ...heavy, what: 'the same again', detail: true }] }, start: { ...surroundings, rows: [fast] } };

describe('a row of the bench', () => {
  it('has the median, the 95th percentile and how many times ours that is', () => {
    assert.deepEqual(fast.ours, { name: 'ours', version: '1.0.0', median: 3, p95: 4, ratio: 1 });
    assert.deepEqual(fast.peers[0], { name: 'theirs', version: '2.0.0', median: 6, p95: 9, ratio: 2 });
    assert.deepEqual(fast.peers[2], { name: 'elsewhere', version: '4.0.0', median: null, p95: null, ratio: null, note: 'it has no window' });
  });

  it('has no ratio to nothing', () => {
    assert.equal(row({ section: 'start', what: 'requests', unit: 'requests' }, counted('ours', '1', 0), [counted('theirs', '1', 3)]).peers[0]?.ratio, null);
  });

  it('names who is ahead, whichever way is better', () => {
    assert.deepEqual(ahead(fast).map(({ name }) => name), ['quicker']);
    assert.deepEqual(ahead(heavy).map(({ name }) => name), ['theirs']);
  });

  it('shows who does less, and lets them beat nobody', () => {
    const one = row({ section: 'weight', what: 'all of it', unit: 'bytes' }, counted('ours', '1', 100), [counted('whole', '1', 150), doingLess(counted('half', '1', 50)), doingLess(counted('third', '1', 30))]);
    assert.deepEqual(ahead(one), []);
    assert.match(tableOf({ weight: { ...surroundings, rows: [one] } }), /\| \*\*100\*\* \| whole 150, × 1\.5<br>does less: half 50, × 0\.5; third 30, × 0\.3 \|/);
    assert.match(printRow(one), /half 1 \(does less\) +50/);
  });

  it('takes what differs by less than a hundredth for level', () => {
    const one = row({ section: 'start', what: 'requests', unit: 'a second' }, counted('ours', '1', 999.4), [counted('theirs', '1', 999), counted('another', '1', 980)]);
    assert.deepEqual([ahead(one), level(one)].map((sides) => sides.map(({ name }) => name)), [['another'], ['theirs']]);
  });

  it('sets a floor apart: it is nobody’s rival', () => {
    const one = row({ section: 'handler', what: 'answers', unit: 'a second', lowerIsBetter: false }, counted('ours', '1', 100), [asFloor(counted('nothing at all', '20', 150)), counted('another', '1', 90)]);
    assert.deepEqual(ahead(one), []);
    const table = tableOf({ handler: { ...surroundings, rows: [one] } });
    assert.match(table, /\| \*\*100\*\* \| another 90, × 0\.9<br>floor: nothing at all 150, × 1\.5 \|/);
    assert.match(table, /\nBehind nobody who does the same, in any row; whoever does less is named so\. A floor is no rival: /);
    assert.doesNotMatch(table, /nothing at all 20/);
    assert.match(printRow(one), /nothing at all 20 \(floor\) +150/);
  });

  it('is printed with each side on a line, and why one could not do it', () => {
    const lines = printRow(fast).split('\n');
    assert.match(lines[0] ?? '', /^how long, in ms$/);
    assert.match(lines[2] ?? '', /ours 1\.0\.0 +3 +4 +× 1\.00$/);
    assert.match(lines[3] ?? '', /theirs 2\.0\.0 +6 +9 +× 2\.00$/);
    assert.match(lines[5] ?? '', /elsewhere 4\.0\.0 +– +– +– +it has no window$/);
    assert.match(printRow(heavy), /more is better/);
  });
});

describe('the tables of the pages', () => {
  it('has a line a row, ours first, and of the peers whoever could do it', () => {
    assert.match(tableOf(results), /\| how long \| ms \| \*\*3 \(4\)\*\* \| theirs 6 \(9\), × 2\.0<br>quicker 1\.5, × 0\.5 \|/);
    assert.match(tableOf(results), /\| how heavy \(more is better\) \| bytes \| \*\*12,345\*\* \| theirs 24,690, × 2\.0 \|/);
  });

  it('leaves out what says the same again, and says when and with what it was measured', () => {
    assert.doesNotMatch(tableOf(results), /\| the same again/);
    assert.match(tableOf(results), /Measured on 2026-11-21 with Chromium 150 and Node 20\.0\.0 on 2 cores; theirs 2\.0\.0, quicker 3\.0\.0, elsewhere 4\.0\.0\./);
  });

  it('says what a peer lacks that ours has', () => {
    assert.match(tableOf(results), /\ntheirs: draws nothing\.\n/);
  });

  it('says where a peer is ahead, of all that was measured, each question once', () => {
    assert.match(tableOf(results), /\nBehind: how heavy \(theirs 24,690; ours 12,345 bytes\); the same again \(theirs 24,690; ours 12,345 bytes\); how long \(quicker 1\.5; ours 3 ms\)\.\n/);
    const inGzip = { ...heavy, unit: 'bytes gzip', detail: true };
    assert.match(tableOf({ weight: { ...surroundings, rows: [heavy, inGzip] } }), /\nBehind: how heavy \(theirs 24,690; ours 12,345 bytes\)\.\n/);
  });

  it('says where a peer did as well, and where it is ahead in the slowest runs alone', () => {
    const same = row({ section: 'start', what: 'tasks', unit: 'tasks' }, counted('ours', '1', 1), [counted('theirs', '1', 1), doingLess(counted('half', '1', 1))]);
    const steadier = row({ section: 'click', what: 'a click', unit: 'ms' }, sampled('ours', '1', [2, 9]), [sampled('theirs', '1', [3, 4])]);
    const table = tableOf({ start: { ...surroundings, rows: [same] }, click: { ...surroundings, rows: [steadier] } });
    assert.match(table, /\nBehind nobody .* Level: tasks \(theirs 1; ours 1 tasks\)\. Behind in the slowest runs \(p95\) alone: a click \(theirs 4; ours 9 ms\)\.\n/);
  });

  it('says what packages cost, and what was won', () => {
    const cost = row({ section: 'weight', what: 'what lit costs in a.js', unit: 'bytes', detail: true }, counted('lit', '', 1399));
    const won = row({ section: 'weight', what: otherwise, unit: 'bytes', detail: true }, counted('as it is', '1', 29_000), [counted('without patches', '', 33_500), counted('without names', '', 29_001)]);
    const page = withTable('<!-- bench -->\n<!-- /bench --><!-- costs -->\n<!-- /costs -->', { weight: { ...surroundings, rows: [cost, won] } });
    assert.match(page, /\| lit \| in `a\.js` \| 1,399 \|\n\| the script without patches \| would weigh more by \| 4,500 \|\n\| the script without names \| would weigh more by \| 1 \|\n<!-- \/costs -->/);
    assert.doesNotMatch(page, /Level: /);
  });

  it('says that the machine had something else to do', () => {
    const on = (others: number): string => tableOf({ start: { ...surroundings, others, rows: [fast] }, click: { ...surroundings, others: 0.02, rows: [] } });
    assert.match(on(0.31), / on 2 cores, of which other work took up to 31 %; /);
    assert.match(on(0.04), / on 2 cores; /);
  });

  it('goes between its markers and touches nothing else', () => {
    const before = 'a\n<!-- bench -->\nold\n<!-- /bench -->\nb\n<!-- costs -->\n<!-- /costs -->\n';
    const after = withTable(before, results);
    assert.ok(after.startsWith(`a\n<!-- bench -->\n${tableOf(results)}<!-- /bench -->\nb\n<!-- costs -->\n| What |`));
    assert.equal(withTable(after, results), after);
    assert.throws(() => withTable('no place', results), /<!-- bench -->/);
    assert.throws(() => withShortTable('no place', results), /<!-- measured -->/);
  });

  it('is what was measured last', () => {
    assert.ok(isUpToDate(readFileSync(speedFile, 'utf8'), readResults()), `${speedFile} shows other figures than test/bench/results.json: npm run bench:readme`);
    assert.ok(isShortUpToDate(readFileSync(readmeFile, 'utf8'), readResults()), `${readmeFile} shows other figures than test/bench/results.json: npm run bench:readme`);
  });

  it('has the weights of what is built now', { timeout: 120_000 }, async () => {
    const weights = new Map(readResults()['weight']?.rows.filter(({ unit }) => unit === 'bytes brotli').map(({ what, ours }) => [what, ours.median]));
    const files = { 'the file of a script tag': 'dist/wearable-connect.js', 'the landing page’s script': 'dist/callback.js' };
    const entries = { 'first load of wearable-connect/react': 'react', 'first load of wearable-connect/platforms, all of them': 'platforms', 'first load of wearable-connect/server': 'server' };
    const weighed = await Promise.all([
      ...Object.entries(files).map(async ([what, file]) => [what, weigh([readFileSync(file, 'utf8')], 'brotli')] as const),
      ...Object.entries(entries).map(async ([what, name]) => [what, weigh((await bundled(ourEntry(name), { external: ['react'] })).first, 'brotli')] as const),
    ]);
    for (const [what, bytes] of weighed) assert.equal(bytes, weights.get(what), `${what}: measure it again with npm run bench -- weight, then npm run bench:readme`);
  });

  it('is short in the README: our weights, and what others do as a whole', () => {
    const lone = row({ section: 'many', what: 'ours alone', unit: 'ms' }, counted('ours', '1', 5));
    const inTheHandler = row({ section: 'handler', what: 'answers', unit: 'a second' }, counted('ours', '1', 5), [counted('the same without', '', 9)]);
    const all = { ...results, many: { ...surroundings, rows: [lone] }, handler: { ...surroundings, rows: [inTheHandler] } };
    const short = withShortTable('<!-- measured -->\n<!-- /measured -->\n', all);
    assert.match(short, /\| how heavy .*\n\| how long /);
    assert.doesNotMatch(short, /ours alone|answers/);
  });

  it('tells nothing of the machine but its kind: no path, no name', () => {
    assert.doesNotMatch(JSON.stringify(readResults()), /\/(home|root|tmp|work|Users|var)\//);
    assert.deepEqual(Object.keys(readResults()).filter((name) => !sectionNames.includes(name)), []);
  });
});
