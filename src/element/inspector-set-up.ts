/** “Check my set-up”: what the doctor finds around this element, anew whenever a developer opens it. */
import { doctor } from '../platforms/doctor.js';
import type { Examined, Finding, Severity } from '../platforms/doctor.js';
import { html } from './lit.js';
import type { TemplateResult } from './lit.js';

interface Examinable extends Examined {
  requestUpdate(): void;
}

const looks: Readonly<Record<Severity, string>> = { error: 'bad', warning: '', note: 'muted' };

export function createSetUp(element: Examinable): () => TemplateResult {
  let findings: readonly Finding[] | null = null;

  function look(): void {
    findings = null;
    void doctor(element).then((all) => {
      findings = all;
      element.requestUpdate();
    });
  }

  /** Names of headers and attributes stand between backticks. */
  const withNames = (text: string): unknown[] => text.split('`').map((piece, at) => (at % 2 ? html`<code>${piece}</code>` : piece));

  const row = ({ code, severity, message, fix }: Finding): TemplateResult =>
    html`<li><b class=${looks[severity]}>${severity}: ${code}</b><p>${message}</p><p class="muted">${withNames(fix)}</p></li>`;

  return () => html`
    <details class="set-up" @toggle=${({ currentTarget }: Event) => (currentTarget as HTMLDetailsElement).open && look()}>
      <summary><b>Check my set-up</b></summary>
      <div class="findings" aria-live="polite">
        ${!findings ? html`<p class="muted">Looking …</p>` : findings.length ? html`<ul class="rows">${findings.map(row)}</ul>` : html`<p class="good">Nothing found.</p>`}
      </div>
    </details>
  `;
}
