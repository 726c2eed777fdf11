/** What the built files are made of: nothing of the tests or the sandbox reaches a browser, templates are short, and every file can be traced. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

interface SourceMap {
  readonly sources: readonly string[];
  readonly sourcesContent?: readonly (string | null)[];
}

const ours = /(?:^|\/)src\/(?:core|oauth|sync|platforms|element|locales|types)\/|(?:^|\/)src\/(?:index|define|callback|platforms|react|registering)\.ts$/;
const ofServers = /(?:^|\/)src\/(?:(?:server|core|sync|oauth)\/|ssr\.ts$)/;
/** Bundled into the file for a script tag. Elsewhere packages stay outside. */
const bundled = /\/node_modules\/(?:lit|lit-html|lit-element|@lit\/reactive-element|oauth4webapi|@floating-ui\/(?:dom|core|utils)|lean-qr)\//;
/** For servers and workers, where nobody looks for a map. */
const isElsewhere = (file: string): boolean => /^(sandbox|worker)\//.test(file);
/** Made by the build: who begins, and where the parts lie. */
const made = /^(?:\0|.*\0)?(?:.*\/)?(?:run-only|beside-the-script|rolldown\/runtime(?:\.js)?)$|^\0/;

const isOfServers = (file: string): boolean => file.startsWith('server/') || file === 'ssr.js';

export const browserFiles = (folder = 'dist'): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/')).filter((file) => file.endsWith('.js') && !isElsewhere(file)).sort();

/** Whether markup or style between the expressions of a template still stands on lines of its own, as its source does. */
function isLong(code: string): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && /^(html|svg|css)$/.test(node.tag.getText())) {
      const texts = ts.isNoSubstitutionTemplateLiteral(node.template) ? [node.template.text] : [node.template.head.text, ...node.template.templateSpans.map(({ literal }) => literal.text)];
      found ||= texts.some((text) => /\n\s{2,}\S/.test(text));
    }
    ts.forEachChild(node, visit);
  };
  if (/\b(?:html|svg|css)`/.test(code)) visit(ts.createSourceFile('x.js', code, ts.ScriptTarget.Latest, true));
  return found;
}

export function shippedProblems(folder = 'dist'): string[] {
  return browserFiles(folder).flatMap((file) => {
    const code = readFileSync(join(folder, file), 'utf8');
    const map = join(folder, `${file}.map`);
    if (file.endsWith('/rolldown-runtime.js')) return []; // Of the bundler itself.
    if (isLong(code)) return [`${file} has a template as long as its source: it was not shortened`];
    if (!existsSync(map)) return /^(?:\s*(?:import|export)\b[^;]*;?\s*)*$/.test(code.replace(/^["']use client["'];|\/\/.*$/gm, '')) ? [] : [`${file} has no source map`];
    const { sources, sourcesContent } = JSON.parse(readFileSync(map, 'utf8')) as SourceMap;
    const foreign = sources.filter((source) => !made.test(source) && !(isOfServers(file) || file.startsWith('chunks/') ? ours.test(source) || ofServers.test(source) : ours.test(source)) && !bundled.test(source));
    return [
      ...foreign.map((source) => `${file} contains ${source}, which no browser needs`),
      ...(sourcesContent?.length === sources.length && sources.length > 0 ? [] : [`${file}.map shows no sources`]),
    ];
  });
}
