/** A part of its own, loaded when somebody asks for it: the only door to lean-qr. */
import { generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';
import type { Html, TemplateResult } from './lit.js';

/** An address as a picture for a camera: every dark square in one path, and four squares of quiet around it (ISO/IEC 18004, 9.1). */
export const create = (html: Html) => (text: string): TemplateResult => {
  const code = generate(text);
  const side = code.size + 8;
  return html`<svg class="code" aria-hidden="true" viewBox=${`-4 -4 ${side} ${side}`}><path d=${toSvgPath(code)} /></svg>`;
};
