/** What a server writes, in text: the rest is what a browser makes of it (hydration.test.ts). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import { html, type TemplateResult } from 'lit';
import { markup } from '../../src/element/markup.js';
import { html as ours, nothing } from '../../src/element/lit.js';
import { declarativeShadowRoot, elementRenderer, type Look } from '../../src/ssr.js';

describe('a drawing as text', () => {
  const table: Readonly<Record<string, readonly [drawn: unknown, text: string]>> = {
    'words and numbers': [ours`<p>${'a'} ${1} ${true}</p>`, '<p>a 1 true</p>'],
    'nothing, in its three forms': [ours`<p>${nothing}${null}${undefined}</p>`, '<p></p>'],
    'one in another, and lists': [ours`<ul>${['a', 'b'].map((one) => ours`<li>${one}</li>`)}</ul>`, '<ul><li>a</li><li>b</li></ul>'],
    'what would be markup': [ours`<p title=${'"><b>'}>${'<b>&'}</p>`, '<p title="&quot;&gt;&lt;b&gt;">&lt;b&gt;&amp;</p>'],
    'an attribute with quotation marks': [ours`<p class="${'one'}" id=${'two'}></p>`, '<p class="one" id="two"></p>'],
    'an attribute that is not there': [ours`<p class=${nothing} id=${undefined}></p>`, '<p id=""></p>'],
    'a switch, a property and a listener': [ours`<p ?hidden=${true} ?inert=${false} .x=${1} @click=${() => {}}>a</p>`, '<p hidden>a</p>'],
    'an attribute’s look in the text': [ours`<p>a =${'b'} class=${'c'}</p>`, '<p>a =b class=c</p>'],
  };
  for (const [what, [drawn, text]] of Object.entries(table)) it(what, () => assert.equal(markup(drawn), text));
});

describe('the first look', () => {
  const without = (look: Look): string => declarativeShadowRoot(look).replace(/<style[^>]*>[^]*<\/style>/, (style) => `${style.slice(0, style.indexOf('>') + 1)}…</style>`);
  const table: Readonly<Record<string, readonly [look: Look, has: RegExp, hasNot: RegExp]>> = {
    'is the card while it loads': [{}, /^<template shadowrootmode="open"><style>…<\/style><section part="frame"[^>]* aria-busy="true">/, /undefined|null|\[object/],
    'knows the platform': [{}, /Powered by SweatStack/, /Open Wearables/],
    'says nothing of a platform that asks for nothing': [{ platform: 'open-wearables' }, /<slot name="footer"><\/slot>/, /Powered/],
    'has the words of the page': [{ strings: { title: 'Bring <yours>' } }, /<span class="ghost">Bring &lt;yours&gt;<\/span>/, /Connect your wearable/],
    'has no words of another language, and nothing to come': [{ lang: 'nb' }, /<span class="ghost"><\/span>/, /Connect|class="rows"/],
    'has those of any English': [{ lang: 'en-GB' }, /lang="en-GB"[^>]*aria-label="Connect your wearable"/, /lang="en"/],
    'is a button where the card is not shown': [{ layout: 'popover' }, /<slot name="trigger"\s*><button [^>]*>Connect a wearable<\/button>/, /<section/],
    'has a style with a nonce': [{ nonce: 'a"b' }, /<style nonce="a&quot;b">/, /<link/],
    'has a style in a file, and is not shown before it has come': [{ stylesheet: '/a.css?b&c' }, /<link rel="stylesheet" href="\/a\.css\?b&amp;c"><section hidden part="frame"/, /<style/],
  };
  for (const [what, [look, has, hasNot]] of Object.entries(table))
    it(what, () => {
      assert.match(without(look), has);
      assert.doesNotMatch(without(look), hasNot);
    });
});

describe('in @lit-labs/ssr', () => {
  const rendered = async (page: TemplateResult, look: Look = {}): Promise<string> => collectResult(render(page, { elementRenderers: [elementRenderer(look)] }));

  it('attributes stay, and properties that have one are written as such', async () => {
    const text = await rendered(html`<wearable-connect client-id="a&quot;b" .signIn=${'standard'} .historyDays=${30} .noPreview=${true} .inspector=${false} .fetchSession=${() => {}} .unknown=${{}}></wearable-connect>`);
    assert.match(text, /<wearable-connect\s+client-id="a&quot;b" sign-in="standard" history-days="30" no-preview><template/);
  });

  it('the tag says how it looks, before what the server has been told of all of them', async () => {
    const text = await rendered(html`<wearable-connect layout="dialog" .strings=${{ trigger: 'Mine' }}></wearable-connect><wearable-connect></wearable-connect>`, { strings: { title: 'All of them' } });
    assert.match(text, />Mine<\/button>/);
    assert.match(text, /<span class="ghost">All of them<\/span>/);
  });

  it('children stay where they are, and other elements are not its business', async () => {
    const text = await rendered(html`<wearable-connect><h2 slot="header">Hello</h2></wearable-connect><p>below</p>`);
    assert.match(text, /<\/template><h2 slot="header">Hello<\/h2><\/wearable-connect><p>below<\/p>/);
    assert.equal(elementRenderer().matchesClass(null, 'other-element'), false);
  });

  it('a tag of another name', async () => {
    const text = await collectResult(render(html`<my-connect></my-connect>`, { elementRenderers: [elementRenderer({}, 'my-connect')] }));
    assert.match(text, /^(?:<!--.*?-->)?<my-connect\s*><template/);
  });
});
