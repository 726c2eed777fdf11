/** What must be found wrong, and whether it was: for templates that have no comment of their own which expects an error. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const folder = join('test', 'types');

interface Found {
  /** `file:line` */
  readonly at: string;
  readonly message: string;
}

/** There it is `wrong`, on the line before: each of those lines has an error, and no other has one. */
export function expectedIn(file: string, text: string, found: readonly Found[]): string {
  const wanted = text.split('\n').flatMap((line, at) => (line.trimStart().startsWith('<!-- wrong:') ? [`${file}:${at + 2}`] : []));
  const surprises = found.filter(({ at }) => !wanted.includes(at)).map(({ at, message }) => `${at}: ${message}\n`);
  const missing = wanted.filter((line) => !found.some(({ at }) => at === line)).map((line) => `${line}: an error was expected\n`);
  return [...surprises, ...missing].join('');
}

/** What the types must find wrong in every framework; the comments above those lines begin so. */
const wrongs = ['no such word', 'no such attribute', 'no such event', 'no such detail'];

export function unasked(project: string): string {
  const files = readdirSync(join(folder, project)).filter((file) => /\.(tsx?|vue|svelte)$/.test(file));
  const comments = files.flatMap((file) => [...readFileSync(join(folder, project, file), 'utf8').matchAll(/(?:-expect-error(?: --)?|<!-- wrong:) (.*)/g)].map(([, said = '']) => said));
  return wrongs.filter((wrong) => !comments.some((said) => said.startsWith(wrong))).map((wrong) => `${join(folder, project)}: nothing in it is wrong by “${wrong}”\n`).join('');
}
