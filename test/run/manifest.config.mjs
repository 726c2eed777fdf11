/** What custom-elements.json is made from. `--outdir` is left to whoever asks. */

/**
 * The comment of the element says which words an attribute takes (`{'auto' | 'popup'}`); the property of the same name, which
 * takes any string so that a page may be wrong, would win over it. Editors and the stories' controls want the words.
 */
const wordsOfAttributes = {
  name: 'words-of-attributes',
  packageLinkPhase({ customElementsManifest }) {
    for (const { declarations = [] } of customElementsManifest.modules) {
      for (const { attributes = [] } of declarations.filter(({ tagName }) => tagName)) {
        for (const attribute of attributes) if (attribute.name in found) attribute.type = { text: found[attribute.name] };
      }
    }
  },
  analyzePhase({ ts, node }) {
    if (!ts.isClassDeclaration(node)) return;
    for (const [, type, name] of node.getFullText().matchAll(/^ \* @attr \{([^}]+)\} \[?([\w-]+)/gm)) if (type.includes("'")) found[name] = type;
  },
};
const found = {};

/** The tool takes a property's name for its attribute's, unless the source says another; here it has dashes for capitals (src/element/reactive.ts). */
const dashedAttributes = {
  name: 'dashed-attributes',
  packageLinkPhase({ customElementsManifest }) {
    for (const { declarations = [] } of customElementsManifest.modules) {
      for (const declaration of declarations.filter(({ tagName }) => tagName)) {
        const named = new Map();
        for (const attribute of declaration.attributes ?? []) {
          const name = dashed(attribute.name);
          const [said, own] = attribute.fieldName ? [named.get(name), attribute] : [attribute, named.get(name)];
          named.set(name, { ...own, ...said, ...(own && { type: own.type, fieldName: own.fieldName }), name });
        }
        declaration.attributes = [...named.values()];
        for (const member of declaration.members ?? []) if (member.attribute) member.attribute = dashed(member.attribute);
      }
    }
  },
};
const dashed = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** What a page cannot reach, or has no use for, is nobody's business, and an editor must not offer it. */
const publicAlone = {
  name: 'public-alone',
  packageLinkPhase({ customElementsManifest }) {
    for (const { declarations = [] } of customElementsManifest.modules) {
      for (const declaration of declarations) if (declaration.members) declaration.members = declaration.members.filter(({ name, privacy, inheritedFrom }) => !inheritedFrom && !name.startsWith('#') && (privacy ?? 'public') === 'public');
    }
  },
};

/**
 * Where the package has what is told: by the file that somebody who installed it finds, since of `src` they have nothing. The
 * rooms behind those doors are read for the sake of what they lend to the class, and then left out.
 */
const doors = {
  'dist/index.js': [{ name: 'WearableConnect', from: 'src/element/wearable-connect.ts' }],
  'dist/define.js': [{ name: 'define', from: 'src/registering.ts' }],
};

const asInstalled = {
  name: 'as-installed',
  packageLinkPhase({ customElementsManifest }) {
    const { modules } = customElementsManifest;
    const declarationOf = ({ name, from }) => {
      const found = modules.find(({ path }) => path === from)?.declarations.find((declaration) => declaration.name === name);
      if (!found) throw new Error(`${from} declares no ${name}: say in test/run/manifest.config.mjs where it is.`);
      // What it inherits is ours as well, and written down here; beyond that it is any element.
      return found.customElement ? { ...found, superclass: { name: 'HTMLElement' } } : found;
    };
    const told = Object.entries(doors).map(([path, names]) => ({
      kind: 'javascript-module',
      path,
      declarations: names.map(declarationOf),
      exports: names.map(({ name }) => ({ kind: 'js', name, declaration: { name, module: path } })),
    }));
    const [index, define] = told;
    // `define()` registers by a name that it is given, which the analyzer cannot follow.
    for (const { tagName, name } of index.declarations) define.exports.push({ kind: 'custom-element-definition', name: tagName, declaration: { name, module: index.path } });
    customElementsManifest.modules = told;
  },
};

export default {
  globs: ['src/element/reactive.ts', 'src/element/wearable-connect.ts', 'src/registering.ts'],
  litelement: true,
  quiet: true,
  packagejson: false, // Else the tool rewrites package.json at every run.
  plugins: [dashedAttributes, wordsOfAttributes, publicAlone, asInstalled],
};
