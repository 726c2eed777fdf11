/** Whether custom-elements.json says of the element what its source says: in both directions, since each may have something that the other lacks. */
import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { attributeOf } from '../../src/element/reactive.js';
import { declared, entries } from './declared.js';
import { type Element, methods, ownProperties } from './element.js';

interface Property {
  readonly attribute?: false;
  readonly type?: string;
  readonly initial?: unknown;
}

interface Class {
  readonly properties: Readonly<Record<string, Property>>;
  readonly observedAttributes: readonly string[];
}

const differences = (what: string, inTheManifest: readonly string[], inTheSource: readonly string[]): string[] => [
  ...inTheSource.filter((name) => !inTheManifest.includes(name)).map((name) => `custom-elements.json lacks the ${what} ${name}`),
  ...inTheManifest.filter((name) => !inTheSource.includes(name)).map((name) => `custom-elements.json has a ${what} ${name}, the source has not`),
];

const sources = (folder: string): string => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).map((file) => readFileSync(`${folder}/${file}`, 'utf8').replace(/^\s*\/?\*.*$/gm, '')).join('\n');

const all = (text: string, pattern: RegExp): string[] => [...new Set([...text.matchAll(pattern)].map(([, name = '']) => name))];

/** Each attribute, the property that it is, and what both are where nothing is said. */
function attributeProblems({ attributes }: Element, { properties, observedAttributes }: Class): string[] {
  const pair = (attribute: string, property: string): string => `${attribute} for ${property}`;
  const ofTheClass = Object.entries(properties).filter(([, { attribute }]) => attribute !== false);
  const own = attributes.filter(({ fieldName }) => fieldName !== undefined);
  const platforms = sources('src/platforms');
  return [
    ...differences('attribute', attributes.map(({ name }) => name), [...observedAttributes]),
    ...differences('attribute', own.map(({ name, fieldName = '' }) => pair(name, fieldName)), ofTheClass.map(([name]) => pair(attributeOf(name), name))),
    ...own.flatMap(({ name, fieldName = '', default: told }) => {
      const initial = properties[fieldName]?.initial;
      if (typeof initial === 'string') return told === initial ? [] : [`${name} is “${initial}” where nothing is said, not “${told ?? ''}”`];
      // Where the element has nothing to say, the platform decides; it writes its default once.
      return told === undefined || platforms.includes(`'${told}'`) ? [] : [`no platform knows “${told}”, the default of ${name}`];
    }),
  ];
}

/** What the class offers to a page, by its declaration. */
function membersOf(): { events: Map<string, string>; fields: string[]; methods: string[]; phases: string[] } {
  const { checker, exportsOf } = declared();
  const [main] = entries();
  const symbols = new Map(exportsOf(main?.file ?? '').map((symbol) => [symbol.name, symbol]));
  const typeOf = (name: string): ts.Type => {
    const symbol = symbols.get(name);
    if (!symbol) throw new Error(`The package exports no ${name}.`);
    return checker.getDeclaredTypeOfSymbol(symbol);
  };
  const [declaration] = symbols.get('WearableConnect')?.declarations ?? [];
  if (!declaration || !ts.isClassDeclaration(declaration)) throw new Error('The package declares no class WearableConnect.');
  const ofTheBrowser = /Callback$|^(render|updated|willUpdate|constructor)$/;
  const closed = ts.ModifierFlags.Static | ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  const isOpen = (member: ts.ClassElement): boolean => (ts.getCombinedModifierFlags(member) & closed) === 0;
  const open = declaration.members.filter((member) => isOpen(member) && member.name && ts.isIdentifier(member.name) && !ofTheBrowser.test(member.name.text));
  const nameOf = ({ name }: ts.ClassElement): string => (name && ts.isIdentifier(name) ? name.text : '');
  const phase = typeOf('Phase');
  return {
    events: new Map(typeOf('WearableEventMap').getProperties().map((event) => [event.name, checker.getTypeOfSymbol(event).symbol.name])),
    fields: open.filter((member) => !ts.isMethodDeclaration(member)).map(nameOf),
    methods: open.filter(ts.isMethodDeclaration).map(nameOf),
    phases: (phase.isUnion() ? phase.types : []).flatMap((type) => (type.isStringLiteral() ? [type.value] : [])),
  };
}

export async function manifestProblems(element: Element): Promise<string[]> {
  const { WearableConnect } = (await import(pathToFileURL('dist/index.js').href)) as { WearableConnect: Class };
  const drawn = sources('src/element');
  const declaredMembers = membersOf();
  const ofAttributes = element.attributes.flatMap(({ fieldName }) => fieldName ?? []);
  const names = (list: readonly { readonly name: string }[]): string[] => list.map(({ name }) => name);
  return [
    ...attributeProblems(element, WearableConnect),
    ...differences('property', [...ofAttributes, ...names(ownProperties(element))], declaredMembers.fields),
    ...differences('method', names(methods(element)), declaredMembers.methods),
    ...differences('event', element.events.map(({ name, type }) => `${name}, a ${type?.text ?? '?'}`), [...declaredMembers.events].map(([name, type]) => `${name}, a ${type}`)),
    ...differences('state', names(element.cssStates), declaredMembers.phases),
    ...differences('part', names(element.cssParts), all(drawn, /\bpart="(\w+)"/g).concat(all(drawn, /\bpart = '(\w+)'/g)).filter((name, index, list) => list.indexOf(name) === index)),
    ...differences('slot', names(element.slots), all(drawn, /<slot name="(\w+)"/g).concat(drawn.includes('<slot name=${`icon-${') ? ['icon-<source>'] : [])),
    ...differences('custom property', names(element.cssProperties), all(drawn, /(--wearable-[\w-]+)/g).filter((name) => name !== '--wearable-trigger')), // That one is an anchor.
  ];
}
