/** What lasts from one drawing to the next without being part of the state: a question asked, a row pressed, the focus. */
import type { ConnectError } from '../core/errors.js';
import { errorOf } from '../core/machine.js';
import type { Phase } from '../core/nouns.js';
import type { Strings } from '../locales/en.js';
import { card, landedCard } from './card.js';
import { createFocus } from './focus.js';
import { languageOf } from './language.js';
import type { Life } from './life.js';
import type { TemplateResult } from './lit.js';
import { tellMissing } from './missing-part.js';
import { parts } from './parts.js';
import type { QrCode } from './qr.js';
import type { Drawn, Scene } from './views/scene.js';
import { wiring } from './wiring.js';
import { speaker } from './words.js';
import type { Say } from './words.js';

/** Platforms as a visitor knows them. */
const names = new Map([['sweatstack', 'SweatStack']]);

interface Drawable extends HTMLElement {
  readonly strings?: Partial<Strings> | null;
}

export interface Drawing {
  before(root: ShadowRoot): void;
  draw(inspector: Drawn): TemplateResult;
  after(root: ShadowRoot): void;
}

export function createDrawing(element: Drawable, life: Life, again: () => void): Drawing {
  const focus = createFocus();
  let asking: Scene['asking'] = null;
  let picked: string | null = null;
  let copied: boolean | null = null;
  let code: QrCode | null = null;
  let drawn: Phase | null = null;
  let told: ConnectError | null = null;
  element.addEventListener('click', () => focus.acted());

  const ask = (about: Scene['asking']): void => {
    // Back to where the question was asked from.
    focus.next(about ? '#question' : `[data-act=disconnect][data-about="${CSS.escape(asking?.source ?? '')}"]`);
    asking = about;
    again();
  };

  function scene(say: Say): Scene {
    const act = life.connector();
    const { name } = act.platform;
    return {
      act,
      say,
      ask,
      asking,
      code,
      makeCode: () =>
        parts
          .qr()
          .then(({ qrCode }) => {
            code = qrCode(act.link ?? location.href);
            again();
          })
          .catch(tellMissing('qr')),
      copied,
      copy: async () => {
        try {
          await navigator.clipboard.writeText(location.href);
          copied = true;
        } catch {
          // Not there, or not allowed.
          copied = false;
        }
        again();
      },
      platform: names.get(name) ?? name,
      lang: languageOf(element),
      connect(source) {
        picked = source;
        void act.connect(source);
      },
    };
  }

  /** A visitor reads one kind sentence; what trying again cannot mend is said where a developer looks, once. */
  function tellDeveloper(error: ConnectError | null): void {
    if (!error || error === told || error.retryable) return;
    told = error;
    console.error(`<${element.localName}> ${error.code}: ${error.message}`);
  }

  return {
    before(root) {
      const { phase } = life.state;
      if (phase !== 'syncing' && phase !== 'connected') asking = null;
      if (phase !== 'authorizing') code = null;
      focus.beforeDrawing(root);
    },
    draw(inspector) {
      const say = speaker(element.strings);
      return wiring.isLanding() ? landedCard(say) : card(life.state, scene(say), inspector);
    },
    after(root) {
      const { phase } = life.state;
      focus.afterDrawing(root, phase !== drawn, phase === 'choosing' && picked ? `[data-source="${CSS.escape(picked)}"]` : null);
      drawn = phase;
      tellDeveloper(errorOf(life.state));
    },
  };
}
