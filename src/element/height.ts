/** A card that becomes taller or shorter does so gently, for whoever has not asked for less motion. */
export interface Height {
  beforeDrawing(root: ShadowRoot): void;
  afterDrawing(root: ShadowRoot): void;
}

export function createHeight(): Height {
  let was = 0;
  let moving: Animation | undefined;
  const frameOf = (root: ShadowRoot): HTMLElement | null => root.querySelector('.frame');

  return {
    beforeDrawing(root) {
      was = frameOf(root)?.offsetHeight ?? 0;
    },
    afterDrawing(root) {
      const frame = frameOf(root);
      moving?.cancel();
      // Asking lays out the whole page; where there was nothing before, there is nothing to ask.
      const is = was && (frame?.offsetHeight ?? 0);
      if (!was || !is || was === is || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
      const from = (blockSize: number): Keyframe => ({ blockSize: `${blockSize}px`, minBlockSize: 0, overflow: 'clip' });
      moving = frame?.animate([from(was), from(is)], { duration: 200, easing: 'ease-out' });
    },
  };
}
