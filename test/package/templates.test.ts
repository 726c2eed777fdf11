/**
 * The file for a script tag draws with less than the whole of Lit (test/run/patches.ts). Whoever writes a template that asks for
 * more would see it work everywhere but there: so every template is read.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import ts from 'typescript';

/** What stands before, between and after the expressions of each template tagged `html`. */
function templatesOf(source: string): string[][] {
  const found: string[][] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'html')
      found.push(ts.isNoSubstitutionTemplateLiteral(node.template) ? [node.template.text] : [node.template.head.text, ...node.template.templateSpans.map(({ literal }) => literal.text)]);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest, true));
  return found;
}

/** What of Lit each expression of a template asks for that is not there, in words. */
function asksFor(strings: readonly string[]): string[] {
  const asked: string[] = [];
  let before = '';
  for (const [index, text] of strings.slice(0, -1).entries()) {
    before += text;
    const after = strings[index + 1] ?? '';
    if (before.lastIndexOf('<!--') > before.lastIndexOf('-->')) asked.push('an expression in a comment');
    else if (/<(script|style|textarea|title)\b[^>]*>[^<]*$/i.test(before)) asked.push('an expression in raw text');
    else if (before.lastIndexOf('<') > before.lastIndexOf('>')) {
      const [, kind, quote] = /\s([.?@]?)[\w-]+=("?)$/.exec(before) ?? [];
      if (kind === undefined) asked.push(/=(?:"[^"]*|[^\s"]*)$/.test(before) ? 'an attribute in pieces' : 'an expression in place of an attribute');
      else if (kind === '.' || kind === '?') asked.push('a property or a switch');
      else if (quote ? !after.startsWith('"') : !/^[\s>/]/.test(after)) asked.push('an attribute in pieces');
    }
    before += '·';
  }
  return asked;
}

describe('templates', () => {
  const samples: readonly (readonly [source: string, asked: readonly string[]])[] = [
    ['html`<p class=${a} id="${b}" @click=${c}>${d}</p>${e}`', []],
    ['html`<p .value=${a}></p>`', ['a property or a switch']],
    ['html`<p ?hidden=${a}></p>`', ['a property or a switch']],
    ['html`<p class="x ${a}"></p>`', ['an attribute in pieces']],
    ['html`<p class="${a} x"></p>`', ['an attribute in pieces']],
    ['html`<p class=${a}${b}></p>`', ['an attribute in pieces', 'an attribute in pieces']],
    ['html`<p ${a}></p>`', ['an expression in place of an attribute']],
    ['html`<!-- ${a} -->`', ['an expression in a comment']],
    ['html`<textarea>${a}</textarea>`', ['an expression in raw text']],
  ];
  for (const [source, asked] of samples) it(`${source} asks for ${asked.join() || 'nothing more'}`, () => assert.deepEqual(asksFor(templatesOf(source)[0] ?? []), asked));

  it('ask for nothing that was taken out of Lit', () => {
    const files = readdirSync('src/element', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const all = files.map((file) => ({ file, templates: templatesOf(readFileSync(`src/element/${file}`, 'utf8')) }));
    assert.ok(all.flatMap(({ templates }) => templates).length > 40, 'templates were found');
    assert.deepEqual(all.flatMap(({ file, templates }) => templates.flatMap(asksFor).map((asked) => `${file}: ${asked}`)), []);
    const directives = files.filter((file) => /from 'lit\/directives|\bsvg`/.test(readFileSync(`src/element/${file}`, 'utf8')));
    assert.deepEqual(directives, []);
  });
});
