/**
 * A card that becomes taller or shorter does so gently, for whoever has not asked for less motion.
 *
 * Whoever asks for a size right after a drawing makes the browser lay out the whole page, for a thousand elements a thousand times.
 * So the size before is what an observer saw of the last frame. The size after is looked at in the next one, where the page is laid
 * out anyway: by all that were drawn, and only then does the first begin to move. Not in the observer, although that is called
 * before anything is painted: where the page observes something around the card, what changes a size there ends as an error of the
 * page's ("undelivered notifications", Resize Observer 3.4.5).
 */
export interface Height {
  drawn(root: ShadowRoot): void;
  stop(): void;
}

/** Looks at a size, and gives what is to be done about it. */
type Look = () => () => void;

/** Of all that were drawn since the last frame. */
const due = new Set<Look>();

function lookAround(): void {
  for (const act of [...due].map((look) => look())) act();
  due.clear();
}

export function createHeight(): Height {
  let frame: HTMLElement;
  let height = 0;
  let width = 0;
  let moving: Animation | undefined;

  const look: Look = () => {
    const before = height;
    const wide = width;
    height = frame.offsetHeight;
    width = frame.offsetWidth;
    return () => {
      // At another width it was the page that made it another height; where there was nothing before, there was no width either.
      if (before === height || wide !== width || matchMedia('(prefers-reduced-motion)').matches) return;
      const from = (blockSize: number): Keyframe => ({ blockSize: `${blockSize}px`, overflow: 'clip' });
      moving = frame.animate([from(before), from(height)], { duration: 200, easing: 'ease-out' });
    };
  };
  /** What was drawn when a frame had begun already is seen as it is: then there is nothing to do any more. */
  const observer = new ResizeObserver(look);

  return {
    drawn(root) {
      moving?.cancel();
      const found = root.querySelector<HTMLElement>('.frame');
      // A drawing may come when the element has gone, and nobody would take the observer away any more.
      if (!found || !root.isConnected) return;
      observer.observe((frame = found));
      if (!due.size) requestAnimationFrame(lookAround);
      due.add(look);
    },
    stop() {
      observer.disconnect();
      due.delete(look);
    },
  };
}
