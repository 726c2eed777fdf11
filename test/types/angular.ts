/**
 * What the package's types say in Angular's templates. Its compiler is too heavy to be installed for each check: that which an app of
 * test/consumers has brought looks at test/types/angular, with the packed package beside it.
 */
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { program } from '../run/steps.js';
import { expectedIn, unasked } from './wrongs.js';

/** What is wrong, or the empty string. `folder`: where `@angular/compiler-cli` and `wearable-connect` are installed. */
export async function checkedByAngular(folder: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const own = join(folder, 'types-in-templates');
  try {
    cpSync(join('test', 'types', 'angular'), join(own, 'angular'), { recursive: true });
    cpSync(join('test', 'types', 'base.json'), join(own, 'base.json'));
    const { code, output } = await program(join(folder, 'node_modules', '.bin', 'ngc'), ['--noEmit', '-p', join(own, 'angular')], { folder, environment });
    // oxlint-disable-next-line no-control-regex -- Angular paints its lines, whoever reads them
    const plain = output.replace(/\x1b\[\d*m/g, '');
    const found = [...plain.matchAll(/^(?:.*\/)?(\w+\.ts):(\d+):\d+ - error \S+ (.*)$/gm)].map(([, file = '', line = '', message = '']) => ({ at: `${file}:${line}`, message }));
    if (code === 0 || found.length === 0) return `Angular found nothing wrong (${code}).\n${output}`;
    return expectedIn('wrong.ts', readFileSync(join(own, 'angular', 'wrong.ts'), 'utf8'), found) + unasked('angular');
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}
