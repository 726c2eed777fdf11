import type { Page } from 'puppeteer-core';

/** What firebase/auth fetches from elsewhere at the first click, answered at once: a loader, and a frame that is there already. */
const loader = (callback: string): string => `
  globalThis.gapi = {
    load: (_name, { callback }) => callback(),
    iframes: {
      CROSS_ORIGIN_IFRAMES_FILTER: {},
      getContext: () => ({ open: (_options, opened) => opened({ restyle: async () => {}, ping: (answered) => { answered(); return Promise.resolve(); }, register() {}, send() {} }) }),
    },
  };
  globalThis[${JSON.stringify(callback)}]?.();`;

/** Only these requests pass by here; all others take no notice. */
export async function firebaseLoader(page: Page): Promise<void> {
  const session = await page.createCDPSession();
  session.on('Fetch.requestPaused', ({ requestId, request }) => {
    const callback = new URL(request.url).searchParams.get('onload') ?? '';
    void session.send('Fetch.fulfillRequest', { requestId, responseCode: 200, responseHeaders: [{ name: 'content-type', value: 'text/javascript' }], body: Buffer.from(loader(callback)).toString('base64') }).catch(() => {});
  });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: 'https://apis.google.com/*' }] });
}
