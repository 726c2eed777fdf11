/** A part of its own, loaded when somebody asks for it: the only door to lean-qr. */
import { generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';
import type { Hosting } from './late-parts.js';
import { html } from './lit.js';
import type { TemplateResult } from './lit.js';

export { late as words } from '../locales/en.js';

/** A camera needs it large, dark on light in every theme, with four squares of quiet around it (ISO/IEC 18004, 9.1). */
const quiet = 4;

export function create(element: Hosting): (text: string) => TemplateResult {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('.code{inline-size:12em;max-inline-size:100%;block-size:auto;background:#fff;fill:#000;stroke:none}');
  element.renderRoot.adoptedStyleSheets.push(sheet);
  return (text) => {
    const code = generate(text);
    const side = code.size + 2 * quiet;
    return html`<svg class="code" aria-hidden="true" viewBox=${`${-quiet} ${-quiet} ${side} ${side}`}><path d=${toSvgPath(code)} /></svg>`;
  };
}
