/** What the element's own comments say of it, as custom-elements.json has it; read afresh whenever Storybook starts. */
declare const __MANIFEST__: Manifest;
declare const __LOCALES__: readonly string[];

interface Named {
  readonly name: string;
  readonly description?: string;
}
interface Typed extends Named {
  readonly type?: { readonly text: string };
}
interface Token extends Named {
  readonly default?: string;
}
interface Attribute extends Typed, Token {}
interface Method extends Typed {
  readonly kind: string;
  readonly privacy?: string;
  readonly static?: boolean;
  readonly parameters?: readonly Typed[];
  readonly return?: { readonly type: { readonly text: string } };
}

interface Declaration {
  readonly tagName?: string;
  readonly attributes?: readonly Attribute[];
  readonly cssProperties?: readonly Token[];
  readonly cssParts?: readonly Named[];
  readonly cssStates?: readonly Named[];
  readonly slots?: readonly Named[];
  readonly events?: readonly Typed[];
  readonly members?: readonly Method[];
}

interface Manifest {
  readonly modules: readonly { readonly declarations?: readonly Declaration[] }[];
}

export const manifest = __MANIFEST__;

/** The tags of the languages that there are words in. */
export const locales = __LOCALES__;

const element = manifest.modules.flatMap(({ declarations = [] }) => declarations).find(({ tagName }) => tagName === 'wearable-connect') ?? {};

export const { attributes = [], cssProperties = [], cssParts = [], cssStates = [], slots = [], events = [] } = element;

export const methods = (element.members ?? []).filter(({ kind, name, privacy, static: shared }) => kind === 'method' && !shared && privacy === undefined && !name.startsWith('#'));
