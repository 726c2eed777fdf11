/** Whose click it was: of its own, so that tests, whose clicks are made up, can stand in for a visitor. */
export const trust = { isByVisitor: ({ isTrusted }: Event): boolean => isTrusted };
