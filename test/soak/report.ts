import { clubFaults } from './club-faults.js';
import { labelOf, type Fault } from './fault.js';
import { whatIsNotPlayed } from './not-played.js';
import { pageFaults } from './page-faults.js';
import type { AttemptPlan, PagePlan } from './plan.js';
import { platformFaults } from './platform-faults.js';
import { endingsOf } from './rules.js';
import type { Entry } from './ledger.js';
import type { Scene } from './scene.js';
import { visitFaults } from './visit-faults.js';
import type { Weight } from './weight.js';

export type Report = ReturnType<typeof createReport>;

const one = <Name>(counts: Map<Name, number>, name: Name): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
/** What went well first, the rest by its name. */
const order = (first: string, second: string): number => Number(second === 'connected') - Number(first === 'connected') || first.localeCompare(second);
const parts = (faults: readonly Fault[]): number => new Set(faults.map(({ part }) => part).filter((part) => part > 0)).size;
const kinds = parts([...pageFaults, ...platformFaults, ...clubFaults, ...visitFaults]);

/** So many attempts and not one connection: that is no chance. */
const longestWithout = 10;

export function createReport(engine: string, seed: string) {
  const [planned, acted] = [new Map<Fault, number>(), new Map<Fault, number>()];
  const endings = new Map<string, number>();
  const counts = { passed: 0, failed: 0 };
  const began = performance.now();
  const heaps: number[] = [];
  let violationsCount = 0;
  let weighed = 0;
  let mostKept: Weight = { heapBytes: 0, nodes: 0, listeners: 0 };

  const summary = (): string => {
    const [wanted, done] = [parts([...planned.keys()]), parts([...acted.keys()])];
    return `attempts ${counts.passed + counts.failed}, faults ${done} of ${kinds} kinds${wanted === done ? '' : ` (planned ${wanted})`}, violations ${violationsCount}`;
  };
  const named = (): string => {
    const byPart = new Map<number, number>();
    for (const [{ part }, count] of acted) if (part > 0) byPart.set(part, (byPart.get(part) ?? 0) + count);
    return [...byPart].sort(([one], [other]) => one - other).map(([part, count]) => `F${part} ×${count}`).join(' ');
  };

  const fails = (violations: readonly string[], what: string, page: PagePlan, more: readonly string[]): void => {
    violationsCount += violations.length;
    console.log([
      `\n${what}: ${violations.length} violation${violations.length === 1 ? '' : 's'}`,
      ...violations.map((violation) => `  - ${violation}`),
      `  page ${page.number}: ${labelOf(page.fault)} ${JSON.stringify(page.attributes)}`,
      ...more,
      `  with all on its page: npm run soak -- --seed ${seed} --engine ${engine.toLowerCase()} --page ${page.number}\n`,
    ].join('\n'));
  };

  console.log(`Soaking in ${engine}, seed ${seed}. Not played: ${whatIsNotPlayed}.`);
  return {
    plans: (fault: Fault) => one(planned, fault),
    acts: (fault: Fault) => one(acted, fault),
    ended: (entries: readonly Entry[]) => endingsOf(entries).forEach((ending) => one(endings, ending)),
    attempted: (isWell: boolean) => void (counts[isWell ? 'passed' : 'failed'] += 1),
    progress: () => console.log(`${Math.round((performance.now() - began) / 1000)} s: ${summary()}; ${named()}`),

    /** Remembers the most of each that any document has kept. */
    weighs(kept: Weight): Weight {
      weighed += 1;
      mostKept = { heapBytes: Math.max(mostKept.heapBytes, kept.heapBytes), nodes: Math.max(mostKept.nodes, kept.nodes), listeners: Math.max(mostKept.listeners, kept.listeners) };
      return kept;
    },

    /** Gives by how much it is above the first one. */
    heap(bytes: number): number {
      heaps.push(bytes);
      return bytes - (heaps[0] ?? bytes);
    },

    failsToOpen: (page: PagePlan, violations: readonly string[]) => fails(violations, `Page ${page.number} did not open`, page, []),

    fails({ number, page, platform, visits, begin, answer, farewell }: AttemptPlan, violations: readonly string[], scene: Scene): void {
      const heard = scene.entries.slice(-30).map(({ page, on, name, seq, attempt, phase, reason, code, source, message }) => `    ${JSON.stringify({ page, on, name, seq, attempt, phase, reason, code, source, message })}`);
      fails(violations, `Attempt ${number}`, page, [
        `  begins by ${begin}, answers ${answer}, ends by ${farewell}; ${[...platform, ...visits.map(({ fault }) => fault)].map(labelOf).join(', ') || 'nothing disturbs it'}`,
        '  what was done:', ...scene.log.map((line) => `    ${line}`),
        '  what was heard:', ...heard,
        `  again: npm run soak -- --seed ${seed} --engine ${engine.toLowerCase()} --attempt ${number}`,
      ]);
    },

    concludes() {
      const megabytes = heaps.map((bytes) => (bytes / 1e6).toFixed(1));
      const lineOf = ([fault, wanted]: readonly [Fault, number]): string => {
        const done = acted.get(fault) ?? 0;
        return `  ${String(done).padStart(4)} × ${labelOf(fault)}${done === wanted ? '' : ` (planned ${wanted})`}`;
      };
      console.log([...planned].filter(([{ part }]) => part > 0).sort(([one], [other]) => one.part - other.part).map(lineOf).join('\n'));
      console.log(`Endings: ${[...endings].sort(([one], [other]) => order(one, other)).map(([ending, count]) => `${ending} ×${count}`).join(', ') || 'none'}`);
      const attempts = counts.passed + counts.failed;
      const isDead = attempts > longestWithout && !endings.has('connected');
      if (isDead) {
        violationsCount += 1;
        console.log(`\n  - of ${attempts} attempts not one connected\n`);
      }
      if (heaps.length > 0) console.log(`Heap after each page, in MB: first ${megabytes[0]}, last ${megabytes.at(-1)}, largest ${(Math.max(...heaps) / 1e6).toFixed(1)}`);
      if (weighed > 0) console.log(`Kept by a document since its first attempt, at most (weighed ${weighed} times): ${(mostKept.heapBytes / 1e6).toFixed(2)} MB, ${mostKept.nodes} nodes, ${mostKept.listeners} listeners`);
      console.log(summary());
      return { ...counts, failed: counts.failed + Number(isDead) };
    },
  };
}
