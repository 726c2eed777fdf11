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

/** What a page cannot reach, or has no use for, is nobody's business, and an editor must not offer it. */
const publicAlone = {
  name: 'public-alone',
  packageLinkPhase({ customElementsManifest }) {
    for (const { declarations = [] } of customElementsManifest.modules) {
      for (const declaration of declarations) if (declaration.members) declaration.members = declaration.members.filter(({ name, privacy, inheritedFrom }) => !inheritedFrom && !name.startsWith('#') && (privacy ?? 'public') === 'public');
    }
  },
};

export default {
  globs: ['src/element/**/*.ts', 'src/define.ts'],
  litelement: true,
  quiet: true,
  packagejson: false, // Else the tool rewrites package.json at every run.
  plugins: [wordsOfAttributes, publicAlone],
};
