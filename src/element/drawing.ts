/** What lasts from one drawing to the next without being part of the state: a question asked, a row pressed, the focus. */
import type { ConnectError } from '../core/errors.js';
import type { Phase } from '../core/nouns.js';
import { errorOf, initial } from '../core/state.js';
import { wayOf } from '../platforms/way.js';
import { card, folded, landedCard } from './card.js';
import { drawable } from './connect-later.js';
import { kit } from './first-kit.js';
import { createFocus } from './focus.js';
import type { Height } from './height.js';
import { onIntent } from './intent.js';
import type { Arrival, Hosting, Late, Layouts } from './late-parts.js';
import type { Life } from './life.js';
import type { TemplateResult } from './lit.js';
import type { Drawn, Scene } from './views/scene.js';
import { wiring } from './wiring.js';
import { createSpeech } from './words.js';
import type { OwnStrings, Speech } from './words.js';

/** Platforms as a visitor knows them. */
export const names = new Map([['sweatstack', 'SweatStack'], ['open-wearables', 'Open Wearables']]);

interface Drawable extends Hosting {
  readonly strings?: OwnStrings | null;
  readonly layout: string;
  readonly mode: 'auto' | 'popup' | 'redirect';
  readonly platform: unknown;
  readonly baseUrl: string | null;
  readonly clientId: string | null;
  readonly sources: string | readonly string[] | null;
}

export interface Drawing {
  before(root: ShadowRoot): void;
  draw(inspector: Drawn): TemplateResult;
  after(root: ShadowRoot): void;
  /** Shows the card, where it is not shown anyway. */
  open(): void;
  stop(): void;
}

export function createDrawing(element: Drawable, life: Life, late: Late): Drawing {
  const focus = createFocus();
  const again = (): void => element.requestUpdate();
  const speech = createSpeech(element, again);
  let asking: Scene['asking'] = null;
  let released: Scene['released'] = null;
  let picked: string | null = null;
  let forPhone: string | null = null;
  let isWindowless: boolean | null = null;
  let former = initial;
  let drawn: Phase | null = null;
  let drawing: Phase = 'loading';
  let told: ConnectError | null = null;
  let layouts: Layouts | null | undefined;
  let arrival: Arrival | null | undefined;
  let height: Height | undefined;
  /** What had the focus when somebody asked for the card. */
  let asker: Element | null = null;
  let was = 'inline';
  element.addEventListener('click', () => focus.acted());
  // Of the others nobody knows here where their window goes.
  onIntent(element, () => (drawn === 'choosing' && element.platform === 'sweatstack' ? element.baseUrl?.trim() || 'https://app.sweatstack.no' : null));

  const ask = (about: Scene['asking']): void => {
    // Back to where the question was asked from.
    focus.next(about ? '#question' : `[data-act=disconnect][data-about="${CSS.escape(asking?.source ?? '')}"]`);
    asking = about;
    again();
  };

  const open = (): void => {
    asker = document.activeElement ?? element;
    again();
  };

  function scene({ say, lang }: Speech): Scene {
    const act = life.connector();
    const { name } = act.platform;
    return {
      act,
      say,
      lang,
      late,
      ask,
      asking,
      released,
      release(about) {
        ask(null);
        released = about;
      },
      forPhone,
      usePhone() {
        forPhone = act.link ?? location.href;
        again();
      },
      opens: wayOf(element) === 'popup',
      isWindowless: !!isWindowless,
      platform: names.get(name) ?? name,
      connect(source) {
        picked = source;
        life.anew();
        void life.connector().connect(source);
      },
    };
  }

  /** A visitor reads one kind sentence; what trying again cannot mend is said where a developer looks, once. */
  function tellDeveloper(error: ConnectError | null): void {
    if (!error || error === told || error.retryable) return;
    told = error;
    complain(error.code, error.message);
  }

  const complain = (code: string, message: string): void => console.error(`<${element.localName}> ${code}: ${message}`);

  return {
    before(root) {
      const { state } = life;
      const { phase } = state;
      if (phase !== 'syncing' && phase !== 'connected') asking = released = null;
      // It has been said, and there is something newer to say.
      if (state.outcome !== former.outcome || (state.trouble && state.trouble !== former.trouble)) released = null;
      former = state;
      if (phase !== 'authorizing') forPhone = null;
      // A window that is refused although this was a visitor's click, which a blocker lets through and an opened window uses up.
      isWindowless = phase === 'authorizing' && state.sight === 'blocked' ? (isWindowless ?? (life.connector().place === 'frame' && !!navigator.userActivation?.isActive)) : null;
      focus.beforeDrawing(root);
    },
    draw(inspector) {
      const now = speech();
      if (wiring.isLanding()) return landedCard(now.say);
      // Without words there is nothing to read, and so nothing to press: the card is as while it loads.
      const state = now.isReady ? drawable(life, element) : initial;
      drawing = state.phase;
      const shown = scene(now);
      // What comes after signing in is sent for while somebody does.
      if (state.account || (state.phase === 'authorizing' && state.way !== 'redirect')) arrival = late('arrival');
      if (state.phase !== 'syncing') arrival?.stop();
      const inside = card(state, shown, inspector);
      const { layout } = element;
      const isFolded = /^(popover|dialog)$/.test(layout);
      const part = isFolded ? late('layouts') : null;
      if (!part || was !== layout) layouts?.stop();
      // What is no layout is drawn as a card: a visitor need not suffer for it.
      if (was !== layout && !isFolded && layout !== 'inline') complain('misconfigured', `layout must be inline, popover or dialog: got ${JSON.stringify(layout)}.`);
      was = layout;
      if (part === null) asker = null;
      layouts = part;
      return part === null ? inside : folded(inside, state, shown, part, layout === 'dialog', open);
    },
    after(root) {
      if (layouts) {
        layouts.drawn(asker);
        asker = null;
      }
      focus.afterDrawing(root, drawing !== drawn, picked && `[data-source="${CSS.escape(picked)}"]`);
      (height ??= kit.createHeight?.())?.drawn(root);
      drawn = drawing;
      tellDeveloper(errorOf(life.state));
    },
    open,
    stop() {
      asker = null;
      height?.stop();
      layouts?.stop();
      arrival?.stop();
    },
  };
}
