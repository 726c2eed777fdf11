/** Windows with real documents and nobody's permission: frames that answer to `open`, close themselves and are closed. */
export type Windows = ReturnType<typeof openFrames>;

export function openFrames() {
  const { open } = globalThis;
  const frames: HTMLIFrameElement[] = [];
  const there = () => frames.filter((frame) => frame.isConnected);
  globalThis.open = () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const handle = frame.contentWindow as Window;
    handle.close = () => frame.remove();
    frames.push(frame);
    return handle;
  };

  return {
    get opened() {
      return frames.length;
    },
    get open() {
      return there().length;
    },
    /** What stands in the window that is open. */
    get page(): Document | null {
      return there().at(-1)?.contentDocument ?? null;
    },
    press(name: string): void {
      const button = [...(this.page?.querySelectorAll('button') ?? [])].find(({ textContent }) => textContent === name);
      if (!button) throw new Error(`No button ${name} in ${this.page?.body.textContent ?? 'no window'}`);
      button.click();
    },
    /** As a visitor closes it. */
    close: () => there().at(-1)?.remove(),
    restore(): void {
      globalThis.open = open;
      for (const frame of there()) frame.remove();
    },
  };
}
