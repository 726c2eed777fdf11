/** What runs in the page itself to find what a visitor means. Each function is sent as text: it can use nothing outside. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where to click for this name, in the frame's own viewport; a sentence where it is there but cannot be clicked; or null. */
export function pointOfAction(name: string, last: boolean): Point | string | null {
  const roots: (Document | ShadowRoot)[] = [document];
  let found: HTMLElement | undefined;
  for (const root of roots) {
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      if (element.shadowRoot) roots.push(element.shadowRoot);
      const words = (element.getAttribute('aria-label') ?? element.textContent).replace(/\s+/g, ' ').trim();
      if (!element.matches('button, a[href], summary') || !words.startsWith(name)) continue;
      if (element.matches(':disabled') || !element.checkVisibility()) continue;
      if (last || !found) found = element;
    }
  }
  if (!found) return null;
  // What is pressed before a page has its first picture, Chromium throws away: nobody can have meant it.
  if (PerformanceObserver.supportedEntryTypes.includes('paint') && performance.getEntriesByName('first-contentful-paint').length === 0) return `“${name}” is not to be seen yet`;
  found.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
  const [box] = found.getClientRects();
  if (!box) return `“${name}” has no size`;
  const point = { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
  const above = (found.getRootNode() as Document | ShadowRoot).elementFromPoint(point.x, point.y);
  if (above && (found.contains(above) || above.contains(found))) return point;
  return `“${name}” is covered by ${above ? above.tagName.toLowerCase() : 'nothing of this page'}`;
}

/** Puts the focus into the field with this label, all of its text selected, so that typing replaces it. */
export function focusField(label: string): boolean {
  const roots: (Document | ShadowRoot)[] = [document];
  for (const root of roots) {
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      if (element.shadowRoot) roots.push(element.shadowRoot);
      if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) || !element.checkVisibility()) continue;
      const names = [element.getAttribute('aria-label') ?? '', ...[...(element.labels ?? [])].map(({ textContent }) => textContent)];
      if (!names.some((words) => words.replace(/\s+/g, ' ').trim().startsWith(label))) continue;
      element.focus();
      element.select();
      return true;
    }
  }
  return false;
}
