import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Declaration, forJetBrains, forVsCode } from '../run/editor-data.js';

const text = (type: string): { text: string } => ({ text: type });

const element: Declaration = {
  tagName: 'wearable-connect',
  description: 'Connects.',
  attributes: [
    { name: 'client-id', description: 'The app’s id.', type: text('string | null') },
    { name: 'mode', description: 'A window or the page.', type: text("'auto' | 'popup'") },
    { name: 'no-preview', type: text('boolean') },
  ],
  events: [{ name: 'wearable-tokens', description: 'Tokens arrived.', type: text('WearableTokensEvent') }],
  slots: [{ name: 'header', description: 'The heading.' }, { name: 'icon-<source>', description: 'A picture.' }],
  members: [
    { kind: 'field', name: 'version', static: true },
    { kind: 'field', name: 'clientId', type: text('string | null') },
    { kind: 'field', name: 'phase', type: text('Phase'), readonly: true },
    { kind: 'method', name: 'retry' },
  ],
  cssParts: [{ name: 'frame', description: 'The card.' }],
  cssProperties: [{ name: '--wearable-radius', description: 'Corners.', default: '12px' }],
};

const markdown = (value: string): object => ({ kind: 'markdown', value });

describe('what editors know of the tag', () => {
  it('is in VS Code’s form: words to choose from, and switches without a value', () => {
    assert.deepEqual(forVsCode([element]), {
      version: 1.1,
      tags: [
        {
          name: 'wearable-connect',
          description: markdown('Connects.'),
          attributes: [
            { name: 'client-id', description: markdown('The app’s id.') },
            { name: 'mode', description: markdown('A window or the page.'), values: [{ name: 'auto' }, { name: 'popup' }] },
            { name: 'no-preview', description: markdown(''), valueSet: 'v' },
          ],
        },
      ],
    });
  });

  it('is in the form of JetBrains: events, slots, parts and properties too, and nothing of the class itself', () => {
    const { contributions } = forJetBrains([element], { name: 'wearable-connect', version: '1.2.3' }) as { contributions: { html: { elements: unknown } } };
    assert.deepEqual(contributions.html.elements, [
      {
        name: 'wearable-connect',
        description: 'Connects.',
        attributes: [
          { name: 'client-id', description: 'The app’s id.', value: { type: 'string | null' } },
          { name: 'mode', description: 'A window or the page.', value: { type: "'auto' | 'popup'" } },
          { name: 'no-preview', description: '', value: { type: 'boolean' } },
        ],
        slots: [{ name: 'header', description: 'The heading.' }, { name: 'icon-<source>', description: 'A picture.', pattern: 'icon-.+' }],
        js: {
          properties: [{ name: 'clientId', description: '', type: 'string | null' }, { name: 'phase', description: '', type: 'Phase', 'read-only': true }],
          events: [{ name: 'wearable-tokens', description: 'Tokens arrived.', type: 'WearableTokensEvent' }],
        },
        css: { properties: [{ name: '--wearable-radius', description: 'Corners.', default: '12px' }], parts: [{ name: 'frame', description: 'The card.' }] },
      },
    ]);
  });

  it('says whose it is', () => {
    const { name, version } = forJetBrains([element], { name: 'wearable-connect', version: '1.2.3' }) as { name: string; version: string };
    assert.deepEqual([name, version], ['wearable-connect', '1.2.3']);
  });
});
