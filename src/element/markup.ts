/**
 * A drawing as text, for a server, which has no document to draw into. It reads the very templates that a browser draws, so that
 * both say the same. As much of Lit as the first look needs: an attribute has one value, and listeners are for browsers.
 */
import { nothing } from './lit.js';
import type { TemplateResult } from './lit.js';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? '');

const isTemplate = (drawn: unknown): drawn is TemplateResult => typeof drawn === 'object' && drawn !== null && 'strings' in drawn;

/** `name=`, at the end of what stands before a value, with a quotation mark or without. */
const attribute = /\s([@.?]?)([\w-]+)=(["']?)$/;

export function markup(drawn: unknown): string {
  if (drawn === nothing || drawn === null || drawn === undefined) return '';
  if (Array.isArray(drawn)) return drawn.map(markup).join('');
  return isTemplate(drawn) ? filled(drawn) : text(drawn);
}

/** Only words and numbers are ever put in. */
const text = (value: unknown): string => escaped(`${value as string | number | boolean}`);

function filled({ strings, values }: TemplateResult): string {
  let whole = strings[0] ?? '';
  for (const [at, value] of values.entries()) {
    const next = strings[at + 1] ?? '';
    // What was put in has no bracket left in it, so the last one is the template's own.
    const found = whole.lastIndexOf('<') > whole.lastIndexOf('>') ? attribute.exec(whole) : null;
    if (!found) {
      whole += markup(value) + next;
      continue;
    }
    const [before, kind = '', name = '', quote = ''] = found;
    whole = whole.slice(0, -before.length) + written(kind, name, value) + next.slice(quote.length);
  }
  return whole;
}

const written = (kind: string, name: string, value: unknown): string => {
  if (kind === '@' || kind === '.' || value === nothing || (kind === '?' && !value)) return '';
  return kind === '?' ? ` ${name}` : ` ${name}="${text(value ?? '')}"`;
};
