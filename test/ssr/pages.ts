/** Pages as a server sends them: the tag between two paragraphs, rendered by each of the ways there are, and a script that comes when it is let go. */
import { render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import { html } from 'lit';
import { declarativeShadowRoot, elementRenderer } from '../../src/ssr.js';

/** A handler that answers when it is told to: until then the element is as it is in its first moment. */
const tag = (inside = '', more = ''): string => `<wearable-connect platform="open-wearables" base-url="/wearables" ${more}>${inside}<h2 slot="header">Your watch</h2></wearable-connect>`;

const byLit = async (): Promise<string> => {
  const renderer = elementRenderer({ lang: 'en' });
  return collectResult(render(html`<wearable-connect .platform=${'open-wearables'} base-url="/wearables"><h2 slot="header">Your watch</h2></wearable-connect>`, { elementRenderers: [renderer] }));
};

const room = '<link rel="stylesheet" href="/wearable-connect.css">';
const strict = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'; style-src 'self'";

export interface Sent {
  readonly head: string;
  readonly body: string;
  readonly policy?: string;
  readonly lang?: string;
  /** Whether it is drawn before any script is there. */
  readonly isDrawn: boolean;
  /** Whether its style comes in a file: it may be drawn a frame later. */
  readonly isLate?: boolean;
}

export const sent: Readonly<Record<string, () => Promise<Sent> | Sent>> = {
  'by @lit-labs/ssr': async () => ({ head: '', body: await byLit(), isDrawn: true }),
  'as declarative shadow DOM': () => ({ head: '', body: tag(declarativeShadowRoot({ lang: 'en', platform: 'open-wearables' })), isDrawn: true }),
  'the same, in a page that keeps room for others': () => ({ head: room, body: tag(declarativeShadowRoot({ lang: 'en', platform: 'open-wearables' })), isDrawn: true }),
  'the same in another language': () => ({ head: '', lang: 'nb', body: tag(declarativeShadowRoot({ lang: 'nb', platform: 'open-wearables' })), isDrawn: true }),
  'under a policy that wants a nonce of every style': () => ({
    head: '',
    policy: `${strict} 'nonce-4n0nc3'`,
    body: tag(declarativeShadowRoot({ lang: 'en', platform: 'open-wearables', nonce: '4n0nc3' })),
    isDrawn: true,
  }),
  'under a policy that allows files alone, with the style as one': () => ({
    head: `${room}<link rel="preload" as="style" href="/wearable-connect.shadow.css">`,
    policy: strict,
    body: tag(declarativeShadowRoot({ lang: 'en', platform: 'open-wearables', stylesheet: '/wearable-connect.shadow.css' })),
    isDrawn: true,
    isLate: true,
  }),
  'bare, in a page that keeps room': () => ({ head: room, policy: strict, body: tag(), isDrawn: false }),
  'as a button, drawn': () => ({ head: room, body: tag(declarativeShadowRoot({ lang: 'en', platform: 'open-wearables', layout: 'popover' }), 'layout="popover"'), isDrawn: true }),
  'as a button of the page’s own': () => ({ head: room, body: tag('<button slot="trigger">Mine</button>', 'layout="popover"'), isDrawn: false }),
  'as a button, bare': () => ({ head: room, body: tag('', 'layout="dialog"'), isDrawn: false }),
};

export const page = ({ head, body, lang = 'en' }: Sent): string =>
  `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>Host</title><link rel="stylesheet" href="/host.css">${head}<script src="/watch.js"></script><script src="/wearable-connect.js" async></script></head><body><p>Above.</p>${body}<p id="below">What is below keeps its place.</p></body></html>`;

/** Runs first: what moved, and what was seen of the element in each frame. */
export const watch = `
  window.moved = [];
  const keep = (entries) => { for (const entry of entries) window.moved.push(entry.value); };
  const observer = new PerformanceObserver((list) => keep(list.getEntries()));
  observer.observe({ type: 'layout-shift', buffered: true });
  window.settle = () => keep(observer.takeRecords());
  window.seen = [];
  (function look() {
    const widget = document.querySelector('wearable-connect');
    const below = document.querySelector('#below');
    if (below) {
      const shown = widget.querySelector('[slot=trigger]') ?? widget.shadowRoot?.querySelector('.frame, slot[name=trigger] button');
      const box = (element) => { const { x, y, width, height } = element.getBoundingClientRect(); return [x, y, width, height].map(Math.round).join(); };
      window.seen.push({ frame: shown && shown.checkVisibility({ visibilityProperty: true }) ? box(shown) : null, below: box(below), phase: widget.phase ?? null });
    }
    requestAnimationFrame(look);
  })();
`;
