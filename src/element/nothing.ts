/** Lit's own, for parts, which have no Lit inside: from the registry that all copies share. As an attribute's value it leaves that out, where an empty one would not. */
export const nothing = Symbol.for('lit-nothing');
