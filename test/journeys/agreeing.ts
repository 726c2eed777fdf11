import type { Tab } from '../browsers/engine.js';
import { until } from '../browsers/waiting.js';

/** Says yes on whatever pages the platform and the wearable still show in a window, until it has gone. */
export async function agrees(window: Tab): Promise<void> {
  /** Once a page: one that has been agreed to is on its way out. */
  const asked = (): string | null => {
    const page = globalThis as typeof globalThis & { agreed?: true };
    const button = [...document.querySelectorAll('button')].find(({ textContent }) => /^(Sign in|Allow)$/.test(textContent.trim()));
    if (!button || page.agreed) return null;
    page.agreed = true;
    return button.textContent.trim();
  };
  await until(
    async () => {
      if (await window.isClosed()) return true;
      const button = await window.evaluate(asked);
      if (button !== null) await window.click(button);
      return false;
    },
    async () => `the window waits at ${await window.url()}`,
  );
}
