/** A part of its own, loaded when a card opens beside its button: the only door to @floating-ui/dom. */
import { arrow, autoUpdate, computePosition, flip, offset, shift, size } from '@floating-ui/dom';
import type { Anchor } from './late-parts.js';

/** From the edges of the viewport, in pixels. */
const padding = 12;
/** The tip is a square on its corner: half of it looks out. */
const gap = 10;

const opposite = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' } as const;
type Side = keyof typeof opposite;

/** All by CSSOM: a strict `style-src` forbids the attribute. */
export const create = (): Anchor => (trigger, card, tip) => {
  let isOver = false;
  const place = async (): Promise<void> => {
    const { x, y, placement, middlewareData } = await computePosition(trigger, card, {
      strategy: 'fixed',
      placement: 'bottom-start',
      middleware: [
        offset(gap),
        flip({ padding }),
        shift({ padding }),
        size({ padding, apply: ({ availableHeight }) => void (isOver || card.style.setProperty('--_room', `${availableHeight}px`)) }),
        arrow({ element: tip, padding: 20 }),
      ],
    });
    if (isOver) return;
    card.classList.add('placed');
    Object.assign(card.style, { left: `${x}px`, top: `${y}px` });
    const inner = opposite[placement.split('-')[0] as Side];
    Object.assign(tip.style, { left: `${middlewareData.arrow?.x ?? 0}px`, top: '', bottom: '', [inner]: `${-tip.offsetHeight / 2}px`, rotate: inner === 'bottom' ? '225deg' : '' });
  };
  const stop = autoUpdate(trigger, card, () => void place());
  return () => {
    isOver = true;
    stop();
    card.classList.remove('placed');
    card.removeAttribute('style');
  };
};
