/** The element, as custom-elements.json tells of it. */
import { readFileSync } from 'node:fs';

export interface Named {
  readonly name: string;
  readonly description?: string;
  readonly default?: string;
  readonly type?: { readonly text: string };
}

export interface Attribute extends Named {
  /** The property of the same meaning; `lang` is every element's. */
  readonly fieldName?: string;
}

export interface Member extends Named {
  readonly kind: 'field' | 'method';
  readonly static?: boolean;
  readonly readonly?: boolean;
  readonly attribute?: string;
  readonly parameters?: readonly (Named & { readonly optional?: boolean })[];
  readonly return?: { readonly type: { readonly text: string } };
}

export interface Element {
  readonly tagName: string;
  readonly attributes: readonly Attribute[];
  readonly members: readonly Member[];
  readonly events: readonly Named[];
  readonly slots: readonly Named[];
  readonly cssParts: readonly Named[];
  readonly cssProperties: readonly Named[];
  readonly cssStates: readonly Named[];
}

export const readElement = (file = 'dist/custom-elements.json'): Element => {
  const { modules } = JSON.parse(readFileSync(file, 'utf8')) as { modules: readonly { declarations?: readonly Element[] }[] };
  const element = modules.flatMap(({ declarations = [] }) => declarations).find(({ tagName }) => tagName === 'wearable-connect');
  if (!element) throw new Error(`${file} has no wearable-connect.`);
  return element;
};

/** What a page sets or reads, and that no attribute has. */
export const ownProperties = ({ members }: Element): readonly Member[] =>
  members.filter(({ kind, attribute, static: ofTheClass }) => kind === 'field' && !attribute && !ofTheClass);

export const methods = ({ members }: Element): readonly Member[] => members.filter(({ kind, static: ofTheClass }) => kind === 'method' && !ofTheClass);
