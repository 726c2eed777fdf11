/** The few shapes that the views share. */
import type { ConnectError } from '../../core/errors.js';
import type { Connection } from '../../core/nouns.js';
import type { State } from '../../core/state.js';
import { alarm, tick, wornFrom } from '../glyphs.js';
import type { Drawn, Scene, View, Views } from '../late-parts.js';
import { html, nothing } from '../lit.js';
import type { TemplateResult } from '../lit.js';
import { trust } from '../trust.js';
import type { Word } from '../say.js';

export type { Drawn, Scene, View, Views };

export const connectionOf = ({ account }: State, source: string | null): Connection | undefined => account?.connections.find((one) => one.source === source);

/** What a source is called and looks like, where anybody told us. */
export const sourceOf = (state: State, source: string | null): Pictured | undefined => state.sources?.find(({ id }) => id === source);

export const nameOf = (state: State, source: string | null): string | undefined => (sourceOf(state, source) ?? connectionOf(state, source))?.name;

/** What the platform does not offer was asked for by the page: that is told in the console, and no visitor can mend it. */
export const amiss = ({ trouble: error }: State): ConnectError | null => (error?.code === 'unsupported' ? null : error);

const unseen = (text: string): TemplateResult => html`<span class="unseen">${text}</span>`;

export const newWindow = ({ say }: Scene): TemplateResult => unseen(`, ${say('newWindow')}`);

interface Press {
  readonly look?: 'main' | 'quiet' | 'danger';
  readonly opens?: boolean;
  /** Which of several alike: its id, and its name for whoever cannot see where the button stands. */
  readonly about?: { readonly source: string; readonly name: string };
}

/** Whatever opens a window or lets something go wants a visitor's own click, not one that a script made up (clickjacking, RFC 9700 4.16). */
export const byVisitor = (act: () => unknown) => (event: Event) => void (trust.isByVisitor(event) && act());

export const button = (scene: Scene, word: Word, act: () => unknown, { look, opens, about }: Press = {}): TemplateResult =>
  html`<button type="button" part="button" class=${look} data-act=${word} data-about=${about?.source} @click=${byVisitor(act)}>${scene.say(word)}${
    about ? unseen(` ${about.name}`) : nothing
  }${opens ? newWindow(scene) : nothing}</button>`;

export const actions = (...buttons: readonly Drawn[]): TemplateResult => html`<div class="actions">${buttons}</div>`;

/** A sentence that stands out; `bad` news has a mark beside it. */
export const notice = (part: 'status' | 'error', text: string, bad = false, more: Drawn = nothing): TemplateResult =>
  html`<div class="notice">${bad ? alarm : nothing}<p part=${part}>${text}</p>${more}</div>`;

interface Pictured {
  readonly id: string;
  readonly name: string;
  readonly icon?: string | null;
}

/** Where the list changes the same image shows another source, which may well be had: for the styles it is as its last one went. */
const marked = ({ type, target }: Event): void => {
  (target as HTMLElement).className = type;
};

/** The page's own picture of a source, else the platform's, else one of ours: that lies below, and is seen where another fails. */
export const picture = ({ id, icon }: Omit<Pictured, 'name'>): TemplateResult => html`
  <slot name=${`icon-${id}`}><span class="glyph">${wornFrom(id)}${
    icon ? html`<img src=${icon} alt="" referrerpolicy="no-referrer" loading="lazy" @load=${marked} @error=${marked}>` : nothing
  }</span></slot>
`;

/** What every row begins with: the wearable's picture and name, and a line below. */
export const wearable = (source: Pictured, below: Drawn): TemplateResult => html`${picture(source)}<span class="text"><b>${source.name}</b> ${below}</span>`;

export const standing = ({ status }: Connection, { say }: Scene): TemplateResult =>
  status === 'active' ? html`<span class="good">${tick} ${say('status_active')}</span>` : html`<span class="bad">${alarm} ${say(`status_${status}`)}</span>`;

/** One thing to take in, in the middle of the card. */
export const moment = (shown: Drawn, ...below: readonly Drawn[]): TemplateResult => html`<div class="moment"><span class="large">${shown}</span>${below}</div>`;

/** A source that something is going on with elsewhere: as long as we wait for it, its picture breathes. */
export const pulsing = (state: State, source: string | null): TemplateResult => html`<span class="pulse">${pictured(state, source)}</span>`;

export const pictured = (state: State, source: string | null): TemplateResult => picture(sourceOf(state, source) ?? { id: source ?? '' });
