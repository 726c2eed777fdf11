/**
 * How long a tag that says nothing of its app waits for somebody to say it, before it tells that it is missing. Nothing in a page
 * says sooner that nobody will: a framework hydrates what a server has rendered in slices of several tasks, and by chunks that
 * are imported, which hold back neither `DOMContentLoaded` nor `load`; a component that asks its server for the app's id has
 * drawn the tag before. Told too soon, a page that is right would flash an error at its visitors; told so much later, one that
 * is wrong keeps a developer waiting for a second.
 */
const patienceMs = 1000;

/** When the page's own scripts, deferred ones and awaited imports too, have had their chance to listen; and once more, late. */
export function whenParsed(act: (isLate?: boolean) => void): void {
  const soon = (): void => {
    setTimeout(act);
    setTimeout(act, patienceMs, true);
  };
  const { readyState } = document;
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  // Deferred scripts run while the document is `interactive` already.
  const parsing = readyState === 'loading' || (readyState === 'interactive' && navigation?.domContentLoadedEventStart === 0);
  if (parsing) document.addEventListener('DOMContentLoaded', soon, { once: true });
  else soon();
}
