/**
 * The languages to look for, best first: the element's own `lang`, or the nearest above it through every shadow root, and null
 * where there is none (an empty one says that nobody knows); then what the visitor's browser is set to. A page in "en" read by a
 * browser in "en-US" gets the region as well: there distances are miles.
 */
export function languagesFor(element: Element): readonly [told: string | null, ...browser: string[]] {
  const { languages } = navigator;
  for (let at: Element | undefined = element; at; at = (at.getRootNode() as Partial<ShadowRoot>).host) {
    const told = at.closest('[lang]')?.getAttribute('lang');
    if (told) return [languages.find((one) => one.startsWith(`${told}-`)) ?? told, ...languages];
  }
  return [null, ...languages];
}

/** Hears of every `lang` and `dir` that changes in the document, as where a page switches its language; returns its own undoing. */
export function onLanguage(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document, { attributeFilter: ['lang', 'dir'], subtree: true });
  return () => observer.disconnect();
}
