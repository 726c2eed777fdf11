/** What every view is given beside the state, and the few shapes they share. */
import type { Phase } from '../../core/nouns.js';
import type { In, State } from '../../core/machine.js';
import { html, nothing } from '../lit.js';
import type { TemplateResult } from '../lit.js';
import type { Connector } from '../wiring.js';
import type { Say, Word } from '../words.js';

export interface Scene {
  readonly say: Say;
  readonly lang: string;
  /** The platform as a visitor knows it. */
  readonly platform: string;
  /** Whether one can sign in without naming a wearable. */
  readonly signsIn: boolean;
  readonly act: Connector;
  /** The visitor pressed Disconnect, for one source or for all, and has not answered yet. */
  readonly asking: { readonly source: string | null } | null;
  ask(about: { readonly source: string | null } | null): void;
  connect(source: string | null): void;
  manage(): void;
  disconnect(source: string | null): void;
}

export type Drawn = TemplateResult | typeof nothing;

/** A phase as it is drawn: what it is called, and what stands below. */
export interface View {
  readonly title: Word;
  readonly body: Drawn;
}

export type Views = { readonly [P in Phase]: (state: In<P>, scene: Scene) => View };

/** The maker's name for a source, where anybody told us. */
export const nameOf = (state: State, source: string | null): string | null =>
  state.sources?.find(({ id }) => id === source)?.name ?? state.account?.connections.find((one) => one.source === source)?.name ?? null;

export const newWindow = ({ say }: Scene): TemplateResult => html`<span class="unseen">, ${say('newWindow')}</span>`;

interface Press {
  readonly word: Word;
  readonly act: () => void;
  readonly look?: 'main' | 'plain' | 'quiet' | 'danger' | 'small';
  readonly opens?: boolean;
  /** Which of several alike: its id, and its name for whoever cannot see where the button stands. */
  readonly about?: { readonly source: string; readonly name: string };
}

export const button = (scene: Scene, { word, act, look = 'plain', opens = false, about }: Press): TemplateResult =>
  html`<button type="button" part="button" class=${look} data-act=${word} data-about=${about?.source ?? ''} @click=${act}>${scene.say(word)}${
    about ? html`<span class="unseen"> ${about.name}</span>` : nothing
  }${opens ? newWindow(scene) : nothing}</button>`;
