/** How long a tag that a server has rendered bare waits for a framework to set what it needs, before it says that something is missing. */
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
