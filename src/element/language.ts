/** The language that holds where this element stands: its own, the nearest above it through every shadow root, else the browser's. */
export function languageOf(element: Element): string {
  for (let at: Element | undefined = element; at; at = (at.getRootNode() as Partial<ShadowRoot>).host) {
    const told = at.closest('[lang]')?.getAttribute('lang');
    if (told) return told;
  }
  return navigator.language;
}
