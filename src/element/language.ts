/** The language that holds where this element stands: its own, the nearest above it through every shadow root, else the browser's. */
export function languageOf(element: Element): string {
  for (let at: Element | undefined = element; at; at = (at.getRootNode() as Partial<ShadowRoot>).host) {
    const told = at.closest('[lang]')?.getAttribute('lang');
    if (told && isLanguage(told)) return told;
  }
  return navigator.language;
}

/** Intl throws at a page's lang="en_US", and a widget may not break the page it is on. */
function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}
