import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Bump, changeOf, comingIn, isAtLeast, leastBump, nextVersion, released, withVersion } from './versions.js';

const report = ['interface A {', '  readonly one: string;', '}', 'interface B {', '  readonly one: string;', '}'];
const text = (lines: readonly string[]): string => lines.join('\n');

describe('a release', () => {
  const cases: readonly (readonly [what: string, after: readonly string[], early: Bump, later: Bump])[] = [
    ['nothing public', report, 'patch', 'patch'],
    ['something more', [...report, 'function more(): void;'], 'patch', 'minor'],
    ['something less', report.slice(3), 'minor', 'major'],
    ['one of two lines that are alike', report.filter((_, at) => at !== 4), 'minor', 'major'],
    ['a line that is written otherwise', report.map((line) => line.replace('string', 'number')), 'minor', 'major'],
  ];
  for (const [what, after, early, later] of cases)
    it(`in which ${what} has changed is a ${early} before 1.0.0, and a ${later} from then on, at least`, () => {
      const change = changeOf(text(report), text(after));
      assert.equal(leastBump(change, '0.4.2'), early);
      assert.equal(leastBump(change, '1.0.0'), later);
    });

  it('may always be more than that', () => {
    assert.deepEqual((['patch', 'minor', 'major'] as const).map((bump) => isAtLeast(bump, 'minor')), [false, true, true]);
  });

  it('counts as everybody counts', () => {
    assert.deepEqual((['patch', 'minor', 'major'] as const).map((bump) => nextVersion('1.9.9', bump)), ['1.9.10', '1.10.0', '2.0.0']);
  });

  const changelog = '# Changelog\n\n## Unreleased\n\n### Added\n\n- One.\n\n## 0.1.0 (2026-01-01)\n\n- Before.\n';

  it('takes what is written under “Unreleased”, and leaves room for what comes', () => {
    assert.equal(comingIn(changelog), '### Added\n\n- One.');
    assert.equal(released(changelog, '0.2.0', '2026-02-02'), '# Changelog\n\n## Unreleased\n\n## 0.2.0 (2026-02-02)\n\n### Added\n\n- One.\n\n## 0.1.0 (2026-01-01)\n\n- Before.\n');
    assert.equal(comingIn(released(changelog, '0.2.0', '2026-02-02')), '');
    assert.equal(comingIn('# Changelog\n\n## Unreleased\n\n- The first.\n'), '- The first.');
  });

  it('writes its number where npm looks for it, and nowhere else', () => {
    const lock = '{\n  "name": "wearable-connect",\n  "version": "0.1.0",\n  "packages": {\n    "": {\n      "name": "wearable-connect",\n      "version": "0.1.0"\n    },\n    "node_modules/other": {\n      "version": "0.1.0"\n    }\n  }\n}\n';
    assert.equal(withVersion(lock, '0.1.0', '0.2.0').split('0.2.0').length - 1, 2);
    assert.match(withVersion(lock, '0.1.0', '0.2.0'), /other": \{\n {6}"version": "0\.1\.0"/);
  });
});
