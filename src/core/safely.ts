/** What the host's own code throws is the host's to see; it must not stop what runs here. */
export function safely(act: () => void): void {
  try {
    act();
  } catch (thrown) {
    globalThis.reportError?.(thrown);
  }
}
