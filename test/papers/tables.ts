/** Tables of the pages, made of what the package says of itself: none of them can grow old. */
import ts from 'typescript';
import { declared, entries } from './declared.js';
import { type Element, type Member, type Named, methods, ownProperties } from './element.js';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
const code = (text: string): string => `\`${cell(text)}\``;

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const initialOf = ({ default: initial, type }: Named): string => (initial === undefined ? (type?.text === 'boolean' ? 'off' : '') : code(initial));

export const attributeTable = ({ attributes }: Element): string =>
  table(
    ['attribute (property)', 'default', 'what it does'],
    // Those that are no property of ours come last.
    [...attributes.filter(({ fieldName }) => fieldName), ...attributes.filter(({ fieldName }) => !fieldName)].map((attribute) => [
      !attribute.fieldName || attribute.name === attribute.fieldName ? code(attribute.name) : `${code(attribute.name)} (${code(attribute.fieldName)})`,
      initialOf(attribute),
      cell(attribute.description ?? ''),
    ]),
  );

export const propertyTable = (element: Element): string =>
  table(['property', 'type', 'what it is'], ownProperties(element).map(({ name, type, readonly, description = '' }) => [code(name), code(type?.text ?? ''), [cell(description), ...(readonly ? ['Read only.'] : [])].join(' ')]));

const signature = ({ name, parameters = [] }: Member): string => `${name}(${parameters.map((parameter) => `${parameter.name}${parameter.optional ? '?' : ''}`).join(', ')})`;

export const methodTable = (element: Element): string =>
  table(['method', 'returns', 'what it does'], methods(element).map((method) => [code(signature(method)), code(method.return?.type.text ?? 'void'), cell(method.description ?? '')]));

/** What an event's detail has, besides what every detail has. A choice of a few words is told; for the rest the types are there. */
function detailOf(event: ts.Type): string {
  const { checker } = declared();
  const told = (symbol: ts.Symbol): string[] => {
    const type = checker.getTypeOfSymbol(symbol);
    if (/^(seq|attempt|#.*|__#.*)$/.test(symbol.name) || type.getCallSignatures().length > 0) return [];
    const kinds = type.isUnion() ? type.types : [type];
    const words = kinds.filter((kind) => kind.isStringLiteral()).map((kind) => `'${kind.value}'`);
    const has = (flag: ts.TypeFlags): boolean => kinds.some((kind) => kind.flags & flag);
    const value = words.length === kinds.length && words.length <= 4 ? `: ${words.join(' | ')}` : has(ts.TypeFlags.Null) ? ' | null' : '';
    return [`${symbol.name}${has(ts.TypeFlags.Undefined) ? '?' : ''}${value}`];
  };
  const detail = event.getProperty('detail');
  return detail ? `{${checker.getTypeOfSymbol(detail).getProperties().flatMap(told).join(', ')}}` : '';
}

/** The details by the names of the events. */
function details(): ReadonlyMap<string, string> {
  const { checker, exportsOf } = declared();
  const [main] = entries();
  const map = exportsOf(main?.file ?? '').find(({ name }) => name === 'WearableEventMap');
  if (!map) throw new Error('The package exports no WearableEventMap.');
  return new Map(checker.getDeclaredTypeOfSymbol(map).getProperties().map((event) => [event.name, detailOf(checker.getTypeOfSymbol(event))]));
}

export function eventTable({ events }: Element): string {
  const known = details();
  return table(['event', 'when', '`detail`'], events.map(({ name, description = '' }) => [code(name), cell(description), code(known.get(name) ?? '')]));
}

const listed = (list: readonly Named[]): string => list.map(({ name }) => code(name)).join(' ');

export const lookTable = (element: Element): string =>
  table(
    ['', 'names'],
    [
      ['custom properties', listed(element.cssProperties)],
      ['`::part(…)`', listed(element.cssParts)],
      ['`:state(…)`', listed(element.cssStates)],
      ['slots', listed(element.slots)],
    ],
  );

const described = (head: string, list: readonly Named[], named: (name: string) => string = (name) => name): string =>
  table([head, 'what it is'], list.map(({ name, description = '' }) => [code(named(name)), cell(description)]));

export const tokenTable = ({ cssProperties }: Element): string =>
  table(['custom property', 'default', 'for'], cssProperties.map(({ name, description = '', default: initial = '' }) => [code(name), code(initial), cell(description)]));
export const partTable = ({ cssParts }: Element): string => described('part', cssParts, (name) => `::part(${name})`);
export const slotTable = ({ slots }: Element): string => described('slot', slots);
export const stateTable = ({ cssStates }: Element): string => described('state', cssStates, (name) => `:state(${name})`);

/** For whoever has little room: a line each. */
export const shortTag = (element: Element): string => {
  const known = details();
  const line = (name: string, { description = '', default: initial }: Named): string => `- \`${name}\`${initial === undefined ? '' : ` = \`${initial}\``}: ${description}`;
  return [
    '### Attributes',
    ...element.attributes.map((attribute) => line(attribute.name, attribute)),
    '### Properties',
    ...ownProperties(element).map((property) => line(property.name, property)),
    '### Methods',
    ...methods(element).map((method) => line(signature(method), method)),
    '### Events',
    ...element.events.map((event) => line(`${event.name} ${known.get(event.name) ?? ''}`, event)),
    '### Look',
    `- custom properties: ${listed(element.cssProperties)}`,
    `- parts: ${listed(element.cssParts)}`,
    `- states: ${listed(element.cssStates)}`,
    `- slots: ${listed(element.slots)}`,
  ].join('\n').replaceAll('\n###', '\n\n###').replaceAll(/(### .*)\n/g, '$1\n\n');
};
