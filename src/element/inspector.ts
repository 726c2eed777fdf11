/**
 * What happened on the wire, told the way a developer wants to learn it: each parameter of the sign-in address with a word
 * on what it is for, each request with its answer. Everything arrives here without its secrets. In English: visitors never see it.
 */
import type { Step } from '../core/platform.js';
import { css, html, nothing } from './lit.js';
import type { TemplateResult } from './lit.js';

const meanings: Readonly<Record<string, string>> = {
  client_id: 'Which app asks. Public: it may stand in a page.',
  redirect_uri: 'Where the window lands afterwards. It must be registered for the app.',
  scope: 'What is asked for, and what the visitor will be shown.',
  response_type: 'An authorization code, to be exchanged for tokens. Never the tokens themselves.',
  state: 'Ties the answer to this attempt: an answer with another one is dropped.',
  nonce: 'Ties the id token to this attempt.',
  code_challenge: 'The hash of a secret that only this page knows (PKCE). Whoever steals the code cannot redeem it.',
  code_challenge_method: 'How that hash is made: SHA-256.',
  prompt: 'Whether consent that was already given is asked for again.',
  integration: 'The wearable that was chosen: goes straight to its sign-in.',
};

const express = 'The sign-in page gets everything below as one parameter: state, a JSON object in base64.';

/** Express login carries the whole request inside `state`; the standard page has it in the open. */
function parametersOf(url: URL): { readonly note: string | null; readonly parameters: readonly (readonly [string, string])[] } {
  const parameters = [...url.searchParams];
  const inside = unpacked(url.searchParams.get('state'));
  return inside ? { note: express, parameters: [...parameters.filter(([name]) => name !== 'state'), ...inside] } : { note: null, parameters };
}

function unpacked(state: string | null): readonly (readonly [string, string])[] | null {
  try {
    const bytes = Uint8Array.from(atob((state ?? '').replace(/-/g, '+').replace(/_/g, '/')), (character) => character.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof value !== 'object' || value === null) return null;
    return Object.entries(value).map(([name, member]) => [name, Array.isArray(member) ? member.join(' ') : String(member)]);
  } catch {
    return null;
  }
}

function opened(text: string): TemplateResult {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url) return html`<code>${text}</code>`;
  const { note, parameters } = parametersOf(url);
  return html`
    <p><code>${url.origin}${url.pathname}</code></p>
    ${note ? html`<p class="muted">${note}</p>` : nothing}
    <table>
      <thead class="unseen"><tr><th scope="col">Parameter</th><th scope="col">Value</th></tr></thead>
      <tbody>${parameters.map(([name, value]) => html`<tr><th scope="row"><code>${name}</code></th><td><code>${value}</code>${meanings[name] ? html`<small class="muted">${meanings[name]}</small>` : nothing}</td></tr>`)}</tbody>
    </table>
  `;
}

const body = (label: string, value: unknown): TemplateResult | typeof nothing =>
  value === null || value === undefined ? nothing : html`<p class="muted">${label}</p><pre tabindex="0">${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</pre>`;

const titled = (title: TemplateResult, inside: TemplateResult): TemplateResult => html`<details><summary>${title}</summary>${inside}</details>`;

function drawn(step: Exclude<Step, { kind: 'line' }>): TemplateResult {
  if (step.kind === 'opened') return titled(html`<b>Opened</b> the sign-in window`, opened(step.url));
  const { method, url, status, milliseconds, request, response } = step.entry;
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  return titled(
    html`<b>${method}</b> <code>${path}</code> <span class=${status >= 200 && status < 400 ? 'good' : 'bad'}>${status || 'no answer'}</span> <span class="muted">${milliseconds} ms</span>`,
    html`<p><code>${url}</code></p>${body('Sent', request)}${body('Answered', response)}`,
  );
}

export function inspectorPanel(steps: readonly Step[]): TemplateResult {
  const lines = steps.filter((step) => step.kind === 'line');
  const others = steps.filter((step) => step.kind !== 'line');
  return html`
    <details part="inspector" class="inspector" open>
      <summary><b>On the wire</b> <span class="muted">${steps.length} ${steps.length === 1 ? 'step' : 'steps'}, secrets replaced by •••</span></summary>
      ${steps.length ? nothing : html`<p class="muted">Nothing yet.</p>`}
      <ol>${others.map((step) => html`<li>${drawn(step)}</li>`)}</ol>
      ${lines.length
        ? titled(html`<b>Live stream</b> <span class="muted">${lines.length} ${lines.length === 1 ? 'line' : 'lines'}</span>`, html`<pre tabindex="0">${lines.slice(-5).map(({ text }) => text).join('\n')}</pre>`)
        : nothing}
    </details>
  `;
}

export const inspectorStyles = css`
  .inspector {
    margin-block-start: calc(var(--_space) * 2);
    padding-block-start: var(--_space);
    border-block-start: 1px solid var(--_line);
    font-size: 0.8125rem;
  }
  .inspector ol {
    list-style-type: '';
  }
  .inspector b {
    font-weight: 600;
  }
  .inspector summary {
    min-block-size: 1.75rem;
    padding-block: 0.25rem;
    cursor: pointer;
  }
  .inspector details {
    border-block-start: 1px solid var(--_line);
  }
  .inspector p {
    margin-block: calc(var(--_space) * 0.5);
  }
  .inspector :is(code, pre) {
    font-family: ui-monospace, monospace;
    font-size: 0.75rem;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    direction: ltr;
    unicode-bidi: isolate;
  }
  .inspector pre {
    max-block-size: 14rem;
    padding: var(--_space);
    border-radius: 6px;
    background: color-mix(in srgb, var(--_text) 5%, transparent);
    overflow: auto;
  }
  .inspector table {
    inline-size: 100%;
    margin-block-end: var(--_space);
    border-collapse: collapse;
  }
  .inspector :is(th, td) {
    padding: 0.375rem 0;
    border-block-start: 1px solid var(--_line);
    text-align: start;
    vertical-align: top;
  }
  .inspector th {
    padding-inline-end: calc(var(--_space) * 1.5);
  }
  .inspector th code {
    white-space: nowrap;
  }
  @container (max-width: 26rem) {
    .inspector :is(th, td) {
      display: block;
    }
    .inspector td {
      padding-block-start: 0;
      border: 0;
    }
  }
`;
