/** What every Chromium of the tests and the bench is started with, with a window or without. Plain JavaScript: the unit tests' runner reads it too. */
export const plainChromium = [
  // Chromium refuses to sandbox itself for root, which is who runs tests in most containers.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  // Two pages of the browser's own for every tab, to be there when somebody types an address: a third of what a journey costs.
  '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup',
  // What puppeteer leaves on of what a browser does by itself.
  '--disable-component-update',
];
