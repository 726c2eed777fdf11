import { clubFaults } from './club-faults.js';
import { labelOf, type Fault } from './fault.js';
import { whatIsNotPlayed } from './not-played.js';
import { pageFaults } from './page-faults.js';
import type { AttemptPlan } from './plan.js';
import { pageOf } from './plan.js';
import { platformFaults } from './platform-faults.js';
import type { Scene } from './scene.js';
import { visitFaults } from './visit-faults.js';

export type Report = ReturnType<typeof createReport>;

const parts = (faults: readonly Fault[]): number => new Set(faults.map(({ part }) => part).filter((part) => part > 0)).size;
const kinds = parts([...pageFaults, ...platformFaults, ...clubFaults, ...visitFaults]);

export function createReport(engine: string, seed: string) {
  const played = new Map<Fault, number>();
  const counts = { passed: 0, failed: 0 };
  const began = performance.now();
  const heaps: number[] = [];
  let violationsCount = 0;

  const summary = (): string => `attempts ${counts.passed + counts.failed}, faults ${parts([...played.keys()])} of ${kinds} kinds, violations ${violationsCount}`;
  const named = (): string => {
    const byPart = new Map<number, number>();
    for (const [{ part }, count] of played) if (part > 0) byPart.set(part, (byPart.get(part) ?? 0) + count);
    return [...byPart].sort(([one], [other]) => one - other).map(([part, count]) => `F${part} ×${count}`).join(' ');
  };

  console.log(`Soaking in ${engine}, seed ${seed}. Not played: ${whatIsNotPlayed}.`);
  return {
    plays: (fault: Fault) => void played.set(fault, (played.get(fault) ?? 0) + 1),
    attempted: (isWell: boolean) => void (counts[isWell ? 'passed' : 'failed'] += 1),
    progress: () => console.log(`${Math.round((performance.now() - began) / 1000)} s: ${summary()}; ${named()}`),

    /** Gives by how much it is above the first one. */
    weighs(bytes: number): number {
      heaps.push(bytes);
      return bytes - (heaps[0] ?? bytes);
    },

    fails({ number, page, platform, visits, begin, answer, farewell }: AttemptPlan, violations: readonly string[], scene: Scene | undefined): void {
      violationsCount += violations.length;
      const heard = (scene?.entries ?? []).slice(-30).map(({ page, on, name, seq, attempt, phase, reason, code, source, message }) => `    ${JSON.stringify({ page, on, name, seq, attempt, phase, reason, code, source, message })}`);
      console.log([
        `\nAttempt ${number}: ${violations.length} violations`,
        ...violations.map((violation) => `  - ${violation}`),
        `  page ${page.number}: ${labelOf(page.fault)} ${JSON.stringify(page.attributes)}`,
        `  begins by ${begin}, answers ${answer}, ends by ${farewell}; ${[...platform, ...visits.map(({ fault }) => fault)].map(labelOf).join(', ')}`,
        '  what was done:', ...(scene?.log ?? []).map((line) => `    ${line}`),
        '  what was heard:', ...heard,
        `  again: npm run soak -- --seed ${seed} --engine ${engine.toLowerCase()} --attempt ${number}`,
        `  with all on its page: npm run soak -- --seed ${seed} --engine ${engine.toLowerCase()} --page ${pageOf(number)}\n`,
      ].join('\n'));
    },

    concludes() {
      const megabytes = heaps.map((bytes) => (bytes / 1e6).toFixed(1));
      console.log([...played].filter(([{ part }]) => part > 0).sort(([one], [other]) => one.part - other.part).map(([fault, count]) => `  ${String(count).padStart(4)} × ${labelOf(fault)}`).join('\n'));
      if (heaps.length > 0) console.log(`Heap after each page, in MB: first ${megabytes[0]}, last ${megabytes.at(-1)}, largest ${(Math.max(...heaps) / 1e6).toFixed(1)}`);
      console.log(summary());
      return { ...counts };
    },
  };
}
