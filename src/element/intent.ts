/**
 * Who points at the card, or comes to it by keyboard, is about to choose: the road to where the sign-in window will go is opened
 * meanwhile, once for each address. The hint is taken up as it is put in (HTML 4.6.7.12), so nothing of it stays in the host's page.
 */
export function onIntent(element: HTMLElement, goal: () => string | null): void {
  let hinted: string | null = null;
  const hint = (): void => {
    const url = goal();
    if (!url || url === hinted) return;
    hinted = url;
    const link = document.createElement('link');
    link.rel = 'preconnect';
    link.href = url;
    document.head.append(link);
    link.remove();
  };
  element.addEventListener('pointerenter', hint);
  element.addEventListener('focusin', hint);
}
