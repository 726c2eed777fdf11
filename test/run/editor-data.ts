/**
 * What editors know of the tag, from custom-elements.json: `vscode.html-custom-data.json` for VS Code, which a project names in its
 * settings, and `web-types.json` for JetBrains' editors, which package.json names. editor-data.ts [folder]; default: dist.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Named {
  readonly name: string;
  readonly description?: string;
  readonly default?: string;
  readonly type?: { readonly text: string };
}

interface Member extends Named {
  readonly kind: 'field' | 'method';
  readonly static?: boolean;
  readonly readonly?: boolean;
}

export interface Declaration {
  readonly tagName?: string;
  readonly description?: string;
  readonly attributes?: readonly Named[];
  readonly events?: readonly Named[];
  readonly slots?: readonly Named[];
  readonly members?: readonly Member[];
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Named[];
}

interface Package {
  readonly name: string;
  readonly version: string;
}

/** `'auto' | 'popup'`: the words a value can be; none where it can be anything. */
const wordsOf = ({ type }: Named): readonly string[] => [...(type?.text.matchAll(/'([^']+)'/g) ?? [])].map(([, word = '']) => word);

const isSwitch = ({ type }: Named): boolean => type?.text === 'boolean';

/** What it is, and what it is where nothing is said. */
const describedWith = ({ description = '', default: initial }: Named): string => [description, ...(initial === undefined ? [] : [`Default: \`${initial}\`.`])].join(' ');

const told = ({ name, description = '' }: Named): { name: string; description: string } => ({ name, description });

/** https://github.com/microsoft/vscode-custom-data, version 1.1. */
export const forVsCode = (elements: readonly Declaration[]): object => ({
  version: 1.1,
  tags: elements.map(({ tagName: name = '', description = '', attributes = [] }) => ({
    name,
    description: { kind: 'markdown', value: description },
    attributes: attributes.map((attribute) => ({
      name: attribute.name,
      description: { kind: 'markdown', value: describedWith(attribute) },
      // Else it would write `=""` behind it; `v` is its word for an attribute without a value.
      ...(isSwitch(attribute) && { valueSet: 'v' }),
      ...(wordsOf(attribute).length > 0 && { values: wordsOf(attribute).map((word) => ({ name: word })) }),
    })),
  })),
});

/** https://github.com/JetBrains/web-types. */
export const forJetBrains = (elements: readonly Declaration[], { name, version }: Package): object => ({
  $schema: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
  name,
  version,
  'js-types-syntax': 'typescript',
  'description-markup': 'markdown',
  contributions: {
    html: {
      elements: elements.map((element) => ({
        name: element.tagName,
        description: element.description,
        attributes: (element.attributes ?? []).map((attribute) => ({ ...told(attribute), value: { type: attribute.type?.text ?? 'string' }, ...(attribute.default !== undefined && { default: attribute.default }) })),
        slots: (element.slots ?? []).map((slot) => ({ ...told(slot), ...(slot.name.includes('<') && { pattern: slot.name.replace(/<.*>/, '.+') }) })),
        js: {
          properties: (element.members ?? []).filter(({ kind, static: ofClass }) => kind === 'field' && !ofClass).map((field) => ({ ...told(field), type: field.type?.text, ...(field.readonly && { 'read-only': true }) })),
          events: (element.events ?? []).map((event) => ({ ...told(event), type: event.type?.text })),
        },
        css: {
          properties: (element.cssProperties ?? []).map((property) => ({ ...told(property), default: property.default })),
          parts: (element.cssParts ?? []).map(told),
        },
      })),
    },
  },
});

if (process.argv[1]?.endsWith('editor-data.ts')) {
  const folder = process.argv[2] ?? 'dist';
  const { modules } = JSON.parse(readFileSync(join(folder, 'custom-elements.json'), 'utf8')) as { modules: { declarations?: Declaration[] }[] };
  const elements = modules.flatMap(({ declarations = [] }) => declarations).filter(({ tagName }) => tagName);
  const own = JSON.parse(readFileSync('package.json', 'utf8')) as Package;
  const write = (file: string, data: object): void => writeFileSync(join(folder, file), `${JSON.stringify(data, null, 2)}\n`);
  write('vscode.html-custom-data.json', forVsCode(elements));
  write('web-types.json', forJetBrains(elements, own));
}
