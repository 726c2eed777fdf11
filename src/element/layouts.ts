/**
 * The card beside a button, or above the page: a part of its own, for pages that ask for `popover` or `dialog`. Opening is the
 * visitor's choice or the page's, never ours. The browser does what it can do better (top layer, light dismiss, Escape, what is
 * inert under a modal dialog); nothing here holds the focus, so that a host's own trap is never fought over.
 */
import { isNowhere } from './focus.js';
import type { Hosting, Late, Layouts } from './late-parts.js';
import { layoutStyles } from './layout-styles.js';
import { html } from './lit.js';

export { late as words } from '../locales/en.js';

const canPopOver = 'popover' in HTMLElement.prototype;

export function create(element: Hosting, late: Late): Layouts {
  const root = element.renderRoot;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(layoutStyles);

  let isNew = true;
  let isOpen = false;
  /** Whether the focus was in the card when it began to close. */
  let wasInside = false;
  let wasOpenAtPress = false;
  let unanchor: (() => void) | null = null;
  let listening = new AbortController();
  /** The host's own trigger, whose attributes we set. */
  let marked: HTMLElement | null = null;

  const box = (): HTMLElement | null => root.querySelector('#over');

  function trigger(): HTMLElement | null {
    // Ours, or the page's, which a wrapper may pass on in a slot of its own.
    const [given] = (root.querySelector<HTMLSlotElement>('slot[name=trigger]')?.assignedElements({ flatten: true }) ?? []) as HTMLElement[];
    const pressable = 'button, a[href], [tabindex]';
    return given?.matches(pressable) ? given : (given?.querySelector<HTMLElement>(pressable) ?? given ?? null);
  }

  /** What a screen reader must know of a button that shows something; our own has it in its template. */
  function mark(): void {
    const now = trigger();
    const hosts = now?.getRootNode() === root ? null : now;
    if (marked !== hosts) unmark();
    marked = hosts;
    marked?.setAttribute('aria-haspopup', 'dialog');
    marked?.setAttribute('aria-expanded', String(isOpen));
    if (element.id) marked?.setAttribute('aria-controls', element.id);
  }

  function unmark(): void {
    for (const name of ['aria-haspopup', 'aria-expanded', 'aria-controls']) marked?.removeAttribute(name);
    marked = null;
  }

  function open(): void {
    const card = box();
    if (isOpen || !card || !element.isConnected) return;
    if (card instanceof HTMLDialogElement) {
      card.showModal();
      // In something hidden nobody could see or close it, and it would make the page inert all the same. Safari before 17.4 cannot tell.
      if (card.checkVisibility?.() === false) return card.close();
    } else if (canPopOver) card.showPopover();
    else byHand(card);
    isOpen = true;
    anchor();
    // Not the first button, as a browser would: whoever cannot see wants to know first where they are.
    [...card.querySelectorAll<HTMLElement>('h2, .body')].find((one) => one.getClientRects().length)?.focus({ preventScroll: true });
    element.requestUpdate();
  }

  /** What `popover="auto"` would do (HTML 6.12), for browsers before 2024. */
  function byHand(card: HTMLElement): void {
    card.classList.add('open');
    const { signal } = (listening = new AbortController());
    document.addEventListener('keydown', ({ key }) => key === 'Escape' && close(), { signal });
    document.addEventListener('pointerdown', (event) => event.composedPath().includes(element) || close(), { signal });
  }

  function close(): void {
    const card = box();
    if (!isOpen || !card) return;
    closing();
    if (card instanceof HTMLDialogElement) card.close();
    else if (canPopOver) card.hidePopover();
    else card.classList.remove('open');
    closed();
  }

  function closing(): void {
    wasInside = !!box()?.contains(root.activeElement);
  }

  /** However it came about: a key, a press elsewhere, the page. */
  function closed(): void {
    if (!isOpen) return;
    isOpen = false;
    release();
    // Only where it would be lost: whoever pressed into another field is there already. A browser notices at its next frame.
    if (wasInside && (isNowhere(document) || box()?.contains(root.activeElement))) trigger()?.focus({ preventScroll: true });
    element.requestUpdate();
  }

  /** Told in a task of its own (HTML 4.11.4): by then another dialog may stand here, or this one be open again. */
  function onClose({ target }: Event): void {
    if (target === box() && !(target as HTMLDialogElement).open) closed();
  }

  function release(): void {
    listening.abort();
    unanchor?.();
    unanchor = null;
  }

  /** Until the part is here, and where it cannot be had, style sheets place the card (layout-styles.ts). */
  function anchor(): void {
    const [card, beside] = [box(), trigger()];
    if (!isOpen || unanchor || !card || !beside || card instanceof HTMLDialogElement) return;
    unanchor = late('anchored')?.(beside, card, card.querySelector('.tip') as HTMLElement) ?? null;
  }

  function onToggle({ type, newState, target }: ToggleEvent): void {
    if (newState === 'open' || target !== box()) return;
    if (type === 'beforetoggle') closing();
    else closed();
  }

  /** The focus went on to something of the page's, which the card may well cover (WCAG 2.2, 2.4.11). A window that opens takes it nowhere. */
  function onFocusOut({ relatedTarget }: FocusEvent): void {
    if (relatedTarget instanceof Node && !root.contains(relatedTarget) && !element.contains(relatedTarget)) close();
  }

  /** A press that began and ended beside the card; not the end of a selection that was drawn out of it. */
  function onBackdrop({ type, target, currentTarget }: Event): void {
    const isBeside = target === currentTarget;
    if (type === 'click' && isBeside && pressedBeside) close();
    pressedBeside = isBeside;
  }
  let pressedBeside = false;

  return {
    get isOpen() {
      return isOpen;
    },
    label(state, { say }) {
      const { phase, account } = state;
      if (phase === 'authorizing' || phase === 'confirming') return say('finishTitle');
      if (phase === 'failed' && state.error.code === 'session_expired') return html`<span class="dot amiss"></span>${say('signInAgain')}`;
      const connections = account?.connections ?? [];
      const amiss = connections.find(({ status }) => status !== 'active');
      const [first] = connections;
      if (!first) return say('trigger');
      const names = amiss ? amiss.name : connections.length > 1 ? `${first.name} +${connections.length - 1}` : first.name;
      return html`<span class=${amiss ? 'dot amiss' : 'dot'}></span><span>${say(`status_${amiss?.status ?? 'active'}`)} · <bdi>${names}</bdi></span>`;
    },
    over(card, { say }, isDialog) {
      const cross = html`<button type="button" part="button" class="close" @click=${close}><span class="unseen">${say('close')}</span><svg viewBox="0 0 24 24" aria-hidden="true"><path d="m6 6 12 12M18 6 6 18" /></svg></button>`;
      if (!isDialog)
        return html`<div id="over" popover="auto" role="dialog" aria-label=${say('title')} @beforetoggle=${onToggle} @toggle=${onToggle} @focusout=${onFocusOut}>${cross}${card}<i class="tip"></i></div>`;
      // eslint-disable-next-line lit-a11y/click-events-have-key-events -- beside the card there is nothing to focus; Escape closes it
      return html`<dialog id="over" aria-label=${say('title')} @close=${onClose} @cancel=${closing} @pointerdown=${onBackdrop} @click=${onBackdrop}>${cross}${card}</dialog>`;
    },
    pressed: {
      // A press on the button beside an open card has closed it already, before it becomes a click.
      handleEvent({ type }) {
        if (type === 'pointerdown') wasOpenAtPress = isOpen;
        else {
          if (isOpen) close();
          else if (!wasOpenAtPress) open();
          wasOpenAtPress = false;
        }
      },
    },
    close,
    drawn(asker) {
      if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
      mark();
      anchor();
      // Asked for before this part was here, it may come late: who has gone on to something else meanwhile is not called back.
      if (asker && !(isNew && asker !== document.activeElement && !isNowhere(document))) open();
      isNew = false;
    },
    stop() {
      close();
      release();
      unmark();
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one) => one !== sheet);
    },
  };
}
