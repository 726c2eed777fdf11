/** A turn of the event loop. Not by a timer: in a page that is not in front, as of two tested at once one is not, that takes a second. */
export const aTurn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

/** As long as the test may take. */
export async function until(isSo: () => unknown): Promise<void> {
  while (!isSo()) await aTurn();
}
