/**
 * The language to write numbers and dates in, where this element stands: its own, the nearest above it through every shadow
 * root, else the browser's. A page in "en" read by a browser in "en-US" is measured in miles.
 */
export function languageOf(element: Element): string {
  const { language } = navigator;
  for (let at: Element | undefined = element; at; at = (at.getRootNode() as Partial<ShadowRoot>).host) {
    const told = at.closest('[lang]')?.getAttribute('lang');
    if (told) return language.startsWith(`${told}-`) ? language : told;
  }
  return language;
}
