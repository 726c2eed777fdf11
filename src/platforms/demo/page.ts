/** What stands in the demo's own windows. Written by this page with the DOM alone: nothing in it wants more than the strictest policy allows. */

export interface Page {
  readonly title: string;
  readonly text: string;
  /** The first one is what a visitor came for. */
  readonly buttons: Readonly<Record<string, () => void>>;
}

type View = Window & typeof globalThis;

/** A sheet made by a script is no inline style to a policy (CSP 3, 8.3; CSSOM). */
const css = `
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; background: color-mix(in srgb, CanvasText 5%, Canvas); color: CanvasText }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center }
  main { box-sizing: border-box; width: min(100% - 2rem, 26rem); padding: 2rem; border-radius: 1.25rem; background: Canvas; box-shadow: 0 .5rem 2rem #0002 }
  h1 { margin: 0 0 .5em; font-size: 1.375rem; line-height: 1.3; text-wrap: balance; overflow-wrap: anywhere }
  p { margin: 0 0 1.5em }
  p:last-child { margin: 1.5em 0 0; padding-top: 1.25em; border-top: 1px solid color-mix(in srgb, CanvasText 15%, Canvas); font-size: .875rem; color: color-mix(in srgb, CanvasText 72%, Canvas) }
  button { min-height: 2.75rem; margin: 0 .5rem .5rem 0; padding: 0 1.5rem; border: 1px solid color-mix(in srgb, CanvasText 30%, Canvas); border-radius: .75rem; background: none; color: inherit; font: inherit; cursor: pointer }
  button:first-of-type { border-color: #2f4fd0; background: #2f4fd0; color: #fff; font-weight: 600 }
  button:hover { filter: brightness(1.15) }
  button:focus-visible { outline: 3px solid #7d95f5; outline-offset: 2px }
`;

export function showPage(view: View, { title, text, buttons }: Page): void {
  const page = view.document;
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(css);
  page.adoptedStyleSheets = [sheet];
  page.documentElement.lang = 'en';
  page.title = title;
  const make = <K extends keyof HTMLElementTagNameMap>(name: K, textContent: string): HTMLElementTagNameMap[K] => Object.assign(page.createElement(name), { textContent });
  const pressable = Object.entries(buttons).map(([name, act]) => {
    const button = make('button', name);
    button.addEventListener('click', act);
    return button;
  });
  const main = page.createElement('main');
  main.append(make('h1', title), make('p', text), ...pressable, make('p', 'This is a demo: nobody signs in anywhere, and nothing leaves this page.'));
  page.body.replaceChildren(main);
  pressable[0]?.focus();
}
