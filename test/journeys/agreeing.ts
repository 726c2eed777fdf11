import type { Tab } from '../browsers/engine.js';

/**
 * Runs in the page: what can be agreed to there. A page that has been agreed to is on its way out; one that still stands there after
 * five seconds was not hit, as where a window moved under the pointer, and a visitor would press again.
 */
function asked(): string | null {
  const page = globalThis as typeof globalThis & { agreed?: number };
  const button = [...document.querySelectorAll('button')].find(({ textContent }) => /^(Sign in|Allow)$/.test(textContent.trim()));
  if (!button || performance.now() - (page.agreed ?? -Infinity) < 5000) return null;
  page.agreed = performance.now();
  return button.textContent.trim();
}

/** Says yes on whatever page of the platform or the wearable is shown in one of these tabs. */
export async function agreeIn(tabs: readonly Tab[]): Promise<void> {
  for (const tab of tabs) {
    const button = await tab.evaluate(asked);
    if (button === null) continue;
    await tab.click(button).catch(async (thrown: unknown) => {
      // Not agreed to, then: whoever looks again finds it as it was.
      await tab.evaluate(() => void Reflect.deleteProperty(globalThis, 'agreed'));
      throw thrown;
    });
  }
}
