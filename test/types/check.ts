/**
 * What the package's types say where people write the tag: every project beside this file is right, but for the lines that say
 * that they are wrong, and those are. They import the package by its name, as an integrator does, so it is built before.
 * With them are compiled the blocks of code on our own pages. Angular's are checked where Angular is: with its app in test/consumers.
 */
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import ts from 'typescript';
import { blocksOfPages, blocksOfReact } from '../papers/compiled.js';
import { command } from '../run/steps.js';
import { expectedIn, folder, unasked } from './wrongs.js';

const formatting: ts.FormatDiagnosticsHost = { getCanonicalFileName: (file) => file, getCurrentDirectory: () => process.cwd(), getNewLine: () => '\n' };

interface Named {
  readonly name: string;
  readonly fieldName?: string;
  readonly type?: { readonly text: string };
}

/** The manifest, as types that must agree with ours: whoever adds an attribute or an event adds it everywhere, or hears of it here. */
function manifestAsTypes(): string {
  const { modules } = JSON.parse(readFileSync('dist/custom-elements.json', 'utf8')) as { modules: { declarations?: { tagName?: string; attributes: Named[]; events: Named[] }[] }[] };
  const element = modules.flatMap(({ declarations = [] }) => declarations).find(({ tagName }) => tagName === 'wearable-connect');
  if (!element) throw new Error('dist/custom-elements.json has no wearable-connect.');
  const oneOf = (names: readonly Named[]): string => names.map(({ name }) => JSON.stringify(name)).join(' | ');
  const own = element.attributes.filter(({ fieldName }) => fieldName); // The others are every element's, or a server's.
  const words = own.filter(({ type }) => type?.text.includes("'"));
  return `
    import type { WearableEventMap } from 'wearable-connect';
    import type { WearableAttributes } from 'wearable-connect/types/tag';
    type Same<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : Other) : One;
    export const attributes: Same<keyof WearableAttributes, ${oneOf(own)}> = true;
    export const events: Same<keyof WearableEventMap, ${oneOf(element.events)}> = true;
    ${words.map(({ name, type }, at) => `export const words${at}: Same<NonNullable<WearableAttributes['${name}']>, ${type?.text ?? ''}> = true;`).join('\n')}
  `;
}

/** Several programs that read the same declarations: each file is parsed once. */
const parsed = new Map<string, ts.SourceFile | undefined>();

function checkedByTypeScript(project: string, made: Readonly<Record<string, string>> = {}): string {
  const config = ts.getParsedCommandLineOfConfigFile(join(folder, project, 'tsconfig.json'), {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} });
  if (!config) return `${project} has no tsconfig.json.\n`;
  const host = ts.createCompilerHost(config.options);
  const { getSourceFile } = host;
  const texts = new Map(Object.entries(made).map(([name, text]) => [resolve(folder, project, name), text]));
  host.getSourceFile = (name, ...rest) => {
    const text = texts.get(name);
    if (text !== undefined) return ts.createSourceFile(name, text, config.options.target ?? ts.ScriptTarget.ES2022);
    if (!parsed.has(name)) parsed.set(name, getSourceFile(name, ...rest));
    return parsed.get(name);
  };
  const program = ts.createProgram([...config.fileNames, ...texts.keys()], config.options, host);
  return ts.formatDiagnostics([...config.errors, ...ts.getPreEmitDiagnostics(program)], formatting);
}

async function checkedByVue(): Promise<string> {
  const { code, output } = await command('vue-tsc', ['--noEmit', '-p', join(folder, 'vue')]);
  return code === 0 ? '' : output || `vue-tsc ended with ${code}.\n`;
}

async function checkedBySvelte(): Promise<string> {
  const { output } = await command('svelte-check', ['--workspace', join(folder, 'svelte'), '--tsconfig', './tsconfig.json', '--output', 'machine-verbose', '--threshold', 'error']);
  const found = output.split('\n').flatMap((line) => {
    const text = /^\d+ (\{.*\})$/.exec(line)?.[1];
    if (!text) return [];
    const { filename, start, message } = JSON.parse(text) as { filename: string; start: { line: number }; message: string };
    return [{ at: `${basename(filename)}:${start.line + 1}`, message }];
  });
  if (!/^\d+ COMPLETED /m.test(output)) return output;
  return expectedIn('Wrong.svelte', readFileSync(join(folder, 'svelte', 'Wrong.svelte'), 'utf8'), found);
}

// The two that are processes of their own run while this one works.
const others = [checkedByVue(), checkedBySvelte()];
const problems = [
  checkedByTypeScript('dom', { 'manifest.ts': manifestAsTypes(), ...blocksOfPages() }),
  ...['react-18', 'react-19'].map((project) => checkedByTypeScript(project, blocksOfReact())),
  ...['preact', 'preact-10', 'solid'].map((project) => checkedByTypeScript(project)),
  ...(await Promise.all(others)),
  ...['dom', 'react-18', 'react-19', 'preact', 'solid', 'vue', 'svelte'].map(unasked),
].join('');
console.log(problems);
process.exitCode = problems ? 1 : 0;
