/** axe-core in the page that shows a story. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'puppeteer-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The rules whose answer depends on colours and places; all others say the same in every theme and direction. */
export const bySight = ['color-contrast', 'target-size', 'link-in-text-block', 'scrollable-region-focusable'];

/** A sentence for each place that breaks a rule. */
export async function violationsIn(page: Page, options: RunOptions): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const results = await page.evaluate(async (given) => {
    const { axe } = window as unknown as { axe: { run(where: Element, options: RunOptions): Promise<AxeResults> } };
    const { violations } = await axe.run(document.body, given);
    return violations.map(({ id, help, nodes }) => ({ id, help, places: nodes.map(({ target, failureSummary }) => `${target.flat().join(' ')}: ${(failureSummary ?? '').replaceAll(/\s+/g, ' ')}`) }));
  }, { ...options, resultTypes: ['violations'] } satisfies RunOptions);
  return results.flatMap(({ id, help, places }) => places.map((place) => `${id} (${help}): ${place}`));
}
