/**
 * What happened on the wire, told the way a developer wants to learn it: each parameter of the sign-in address with a word
 * on what it is for, each request with its answer. Everything arrives here without its secrets. In English: visitors never see it.
 *
 * A part of its own, loaded by those who look on.
 */
import type { Step } from '../core/platform.js';
import type { Examined } from '../platforms/doctor.js';
import { createSetUp } from './inspector-set-up.js';
import { inspectorStyles } from './inspector-styles.js';
import { html } from './lit.js';
import type { TemplateResult } from './lit.js';

/** As much of the element as this needs. */
export interface Inspected extends Examined {
  readonly renderRoot: ShadowRoot;
  requestUpdate(): void;
}

export type Draw = (steps: readonly Step[]) => TemplateResult;

const meanings: Readonly<Record<string, string>> = {
  client_id: 'the app that asks; public',
  redirect_uri: 'where the window lands; registered for the app',
  scope: 'what is asked for',
  response_type: 'a code, to be exchanged for tokens',
  state: 'ties the answer to this attempt',
  nonce: 'ties the id token to this attempt',
  code_challenge: 'hash of a secret that only this page knows (PKCE)',
  code_challenge_method: 'SHA-256',
  prompt: 'whether to ask for consent again',
  integration: 'the wearable that was chosen',
};

/** Express login carries the whole request inside `state`, as base64 of JSON; the standard page has it in the open. */
function parametersOf(query: URLSearchParams): (readonly [string, unknown])[] {
  try {
    return Object.entries(JSON.parse(atob(query.get('state') ?? '')) as object);
  } catch {
    return [...query];
  }
}

export function create(element: Inspected): Draw {
  // Before anything is drawn that it is for, and adopted like the element's own: nothing inline.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(inspectorStyles);
  element.renderRoot.adoptedStyleSheets.push(sheet);

  const setUp = createSetUp(element);

  const titled = (title: TemplateResult, inside: TemplateResult): TemplateResult => html`<details><summary>${title}</summary>${inside}</details>`;

  const block = (text: string): TemplateResult => html`<pre>${text}</pre>`;

  function drawn(step: Exclude<Step, { kind: 'line' }>): TemplateResult {
    if (step.kind === 'opened') {
      const [address, query] = step.url.split('?');
      const parameters = parametersOf(new URLSearchParams(query));
      return titled(
        html`<b>Opened</b> <code>${address}</code>`,
        html`<dl>${parameters.map(([name, value]) => html`<dt><code>${name}</code> <span class="muted">${meanings[name]}</span></dt><dd><code>${value}</code></dd>`)}</dl>`,
      );
    }
    const { method, url, status, milliseconds, request, response } = step.entry;
    return titled(
      html`<b>${method}</b> <code>${url}</code> <span class=${status >= 200 && status < 400 ? 'good' : 'bad'}>${status || 'no answer'}</span> <span class="muted">${milliseconds} ms</span>`,
      block(JSON.stringify({ request, response }, null, 2)),
    );
  }

  return (steps) => {
    const lines = steps.filter((step) => step.kind === 'line');
    return html`
      <details part="inspector" class="inspector" open>
        <summary><b>On the wire</b> <span class="muted">${steps.length}, secrets replaced by •••</span></summary>
        ${steps.map((step) => (step.kind === 'line' ? null : drawn(step)))}
        ${lines.length
          ? titled(html`<b>Live stream</b> <span class="muted">${lines.length}</span>`, block(lines.slice(-5).map(({ text }) => text).join('\n')))
          : null}
        ${setUp()}
      </details>
    `;
  };
}
