/**
 * Where the focus goes when what it was on is drawn away. It is led only where the visitor already was, so that a widget
 * that moves on by itself never takes the cursor out of somebody's form.
 */
export interface Focus {
  /** Leads to the first match after the next drawing. */
  next(selector: string): void;
  /** The visitor pressed something here: Safari leaves pressed buttons without focus. */
  acted(): void;
  beforeDrawing(root: ShadowRoot): void;
  afterDrawing(root: ShadowRoot, phaseChanged: boolean, preferred: string | null): void;
}

export function createFocus(): Focus {
  let wanted: string | null = null;
  let was = false;
  let pressed = false;

  return {
    next(selector) {
      wanted = selector;
    },
    acted() {
      pressed = true;
    },
    beforeDrawing(root) {
      was = root.activeElement !== null;
    },
    afterDrawing(root, phaseChanged, preferred) {
      const lost = root.activeElement === null && (was || (phaseChanged && pressed)) && isNowhere(root.ownerDocument);
      // Tried, not foreseen: a heading that the page replaced by its own has no box, and what is folded away has one and takes no focus either.
      if (wanted || lost) [wanted ?? preferred ?? 'h2', 'h2', '.body', '.trigger'].flatMap((selector) => [...root.querySelectorAll<HTMLElement>(selector)]).some((one) => (one.focus(), root.activeElement === one));
      wanted = null;
      if (phaseChanged) pressed = false;
    },
  };
}

/** What had the focus is gone, and nothing else has taken it. */
export const isNowhere = ({ activeElement, body }: Document): boolean => (activeElement ?? body) === body;
