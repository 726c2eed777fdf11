/** What every view is given beside the state, and the few shapes they share. */
import type { Connection, Phase } from '../../core/nouns.js';
import type { In, State } from '../../core/machine.js';
import { alarm, tick, watch } from '../glyphs.js';
import { html, nothing } from '../lit.js';
import type { TemplateResult } from '../lit.js';
import type { QrCode } from '../qr.js';
import { wiring } from '../wiring.js';
import type { Connector } from '../wiring.js';
import type { Say, Word } from '../words.js';

export interface Scene {
  readonly say: Say;
  readonly lang: string;
  /** The platform as a visitor knows it. */
  readonly platform: string;
  readonly act: Connector;
  /** The visitor pressed Disconnect, for one source or for all, and has not answered yet. */
  readonly asking: { readonly source: string | null } | null;
  ask(about: Scene['asking']): void;
  connect(source: string | null): void;
  /** For a phone to go on with; null until it is asked for. */
  readonly code: QrCode | null;
  makeCode: () => Promise<void>;
  /** Whether the page's address was copied; false where the browser would not. */
  readonly copied: boolean | null;
  copy: () => Promise<void>;
}

export type Drawn = TemplateResult | typeof nothing;

/** A phase as it is drawn: what it is called, what a screen reader is told, and what stands below. */
export interface View {
  readonly title: Word;
  readonly said: string;
  readonly body: Drawn;
}

export type Views = { readonly [P in Phase]: (state: In<P>, scene: Scene) => View };

export const connectionOf = ({ account }: State, source: string | null): Connection | undefined => account?.connections.find((one) => one.source === source);

/** The maker's name for a source, where anybody told us. */
export const nameOf = (state: State, source: string | null): string | undefined =>
  (state.sources?.find(({ id }) => id === source) ?? connectionOf(state, source))?.name;

const unseen = (text: string): TemplateResult => html`<span class="unseen">${text}</span>`;

export const newWindow = ({ say }: Scene): TemplateResult => unseen(`, ${say('newWindow')}`);

interface Press {
  readonly look?: 'main' | 'quiet' | 'danger';
  readonly opens?: boolean;
  /** Which of several alike: its id, and its name for whoever cannot see where the button stands. */
  readonly about?: { readonly source: string; readonly name: string };
}

/** Whatever opens a window or lets something go wants a visitor's own click, not one that a script made up (clickjacking, RFC 9700 4.16). */
export const byVisitor = (act: () => unknown) => (event: Event) => void (wiring.isByVisitor(event) && act());

export const button = (scene: Scene, word: Word, act: () => unknown, { look, opens, about }: Press = {}): TemplateResult =>
  html`<button type="button" part="button" class=${look} data-act=${word} data-about=${about?.source} @click=${byVisitor(act)}>${scene.say(word)}${
    about ? unseen(` ${about.name}`) : nothing
  }${opens ? newWindow(scene) : nothing}</button>`;

export const actions = (...buttons: readonly Drawn[]): TemplateResult => html`<div class="actions">${buttons}</div>`;

/** A link with the looks of a button. */
export const link = ({ say }: Scene, word: Word, href: string, target?: string): TemplateResult => html`<a part="button" class="press" href=${href} target=${target ?? nothing} rel="noopener">${say(word)}</a>`;

/** A sign-in page refuses to be framed: where no window opens, this page itself needs a tab of its own. */
export const inItsOwnTab = (scene: Scene): TemplateResult => link(scene, 'openInTab', location.href, '_blank');

/** A sentence that stands out; `bad` news has a mark beside it. */
export const notice = (part: 'status' | 'error', text: string, bad = false, more: Drawn = nothing): TemplateResult =>
  html`<div class="notice">${bad ? alarm : nothing}<p part=${part}>${text}</p>${more}</div>`;

/** Something goes on, nobody knows how long. */
export const endless = html`<progress aria-hidden="true"></progress>`;

export const waiting = (text: string): TemplateResult => html`<div class="history"><p part="status">${text}</p>${endless}</div>`;

/** What every row begins with: the wearable's picture and name, and a line below. */
export const wearable = (source: string, name: string, below: Drawn): TemplateResult => html`
  <slot name=${`icon-${source}`}><span class="glyph">${watch}</span></slot>
  <span class="text"><b>${name}</b> ${below}</span>
`;

export const standing = ({ status }: Connection, { say }: Scene): TemplateResult =>
  status === 'active' ? html`<span class="good">${tick} ${say('status_active')}</span>` : html`<span class="bad">${alarm} ${say(`status_${status}`)}</span>`;
