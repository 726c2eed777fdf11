/**
 * The file for a script tag draws with less than the whole of Lit (test/run/patches.ts). Whoever writes a template that asks for
 * more would see it work everywhere but there: so every template is read.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import ts from 'typescript';
import { build } from 'vite';
import { headless } from '../browsers/headless.js';
import { patchPackages } from '../run/patches.js';

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
  const asked: string[] = strings.some((text) => text.includes('<!--')) ? ['a comment'] : [];
  if (strings.slice(0, -1).some((text) => /<\/?$/.test(text))) asked.push('a tag by an expression');
  if (strings.some((text) => /<\/?(?![a-z/!]|$)|=\s*'/i.test(text))) asked.push('a stray < or single quotes');
  let before = '';
  for (const [index, text] of strings.slice(0, -1).entries()) {
    before += text;
    const after = strings[index + 1] ?? '';
    if (/<(script|style|textarea|title)\b[^>]*>[^<]*$/i.test(before)) asked.push('an expression in raw text');
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
    ['html`<!-- here --><p>${a}</p>`', ['a comment']],
    ['html`<${a}></${a}>`', ['a tag by an expression', 'an expression in place of an attribute', 'an expression in place of an attribute']],
    ['html`<p class=\'${a}\'></p>`', ['a stray < or single quotes', 'an attribute in pieces']],
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

/** One drawing after the other into the same place, as it stands then; run in a browser, with Lit as it is or as it is built in. */
function drawings({ html, nothing, render }: typeof import('lit/html.js')): readonly string[] {
  const place = document.createElement('div');
  const heard: string[] = [];
  const hear = (what: string) => (event: Event) => heard.push(`${what} ${event.type}`);
  const list = (...names: readonly unknown[]): unknown => html`<ul class="rows">${names.map((name) => html`<li title=${name}>${name}<br>·</li>`)}</ul>`;
  const row = (name: unknown, more: unknown, on: unknown): unknown =>
    html`<button type="button" class=${name} data-id="${more}" @click=${on}>${name} <b>${more}</b></button><svg viewBox="0 0 9 9"><path d=${name}/></svg><a href=${more} rel=x>${on ? 'on' : nothing}</a>${name}`;
  const asObject = { handleEvent: hear('object') };
  const all = [
    ...['text', '', null, undefined, nothing, 0, 7, false, true, 'a < b & "c" <b>d</b>', [], ['a', 'b'], ['a'], [nothing, 'c', null], 'text again'],
    ...[html`<p>one</p>`, html`<p>one</p><p>two</p>`, html``, html`${html`${html`deep ${1}`}`}`, [html`<i>1</i>`, html`<i>2</i>`]],
    ...[list(), list('a'), list('a', 'b', 'c'), list('c'), list('c', html`<i>${'d'}</i>`), list()],
    ...[row('a', 'b', hear('first')), row('a', 'b', hear('second')), row('c', nothing, asObject), row(nothing, null, nothing), row(undefined, undefined, null), row('a', '', undefined), row('back', 'again', hear('third'))],
    ...[{ strings: ['<img src=x>'], values: [] }.strings, 'last'],
  ];
  return all.map((drawn) => {
    render(html`<div class="body" tabindex="-1">${drawn}</div>`, place);
    for (const button of place.querySelectorAll('button')) button.click();
    // What marks places differs by chance, what stands there does not.
    return `${place.innerHTML.replace(/<!--.*?-->/g, '')} ${heard.splice(0).join()}`;
  });
}

describe('Lit as it is built in', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'wearable-connect-templates-'));
  let browser: Browser;
  before(async () => {
    browser = await headless(60_000);
  });
  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function drawnBy(name: string, plugins: ReturnType<typeof patchPackages>[]): Promise<readonly string[]> {
    await build({ configFile: false, logLevel: 'error', plugins, build: { outDir: folder, emptyOutDir: false, target: 'es2022', lib: { entry: 'src/element/lit.ts', formats: ['iife'], name: 'Lit', fileName: () => `${name}.js` } } });
    const page = await browser.newPage();
    await page.addScriptTag({ content: readFileSync(join(folder, `${name}.js`), 'utf8') });
    // What runs these tests gives each function its name back, by a function of its own.
    return (await page.evaluate(`((__name) => (${drawings.toString()})(Lit))((made) => made)`)) as readonly string[];
  }

  it('draws the same, one thing after the other', async () => {
    const whole = await drawnBy('whole', []);
    assert.ok(whole.length > 30 && new Set(whole).size > 20);
    assert.deepEqual(await drawnBy('patched', [patchPackages('wearable-connect')]), whole);
  });
});
