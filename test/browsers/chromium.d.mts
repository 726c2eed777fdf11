export const plainChromium: readonly string[];
