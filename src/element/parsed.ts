/** When the page's own scripts, deferred ones and awaited imports too, have had their chance to listen. */
export function whenParsed(act: () => void): void {
  const soon = (): void => void setTimeout(act);
  const { readyState } = document;
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  // Deferred scripts run while the document is `interactive` already.
  const parsing = readyState === 'loading' || (readyState === 'interactive' && navigation?.domContentLoadedEventStart === 0);
  if (parsing) document.addEventListener('DOMContentLoaded', soon, { once: true });
  else soon();
}
