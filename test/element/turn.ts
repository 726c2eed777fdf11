import { turn } from '../../src/sync/clock.js';

/** As long as the test may take. By turns and not by a timer: in a page that is not in front, as of two tested at once one is not, that takes a second each. */
export async function until(isSo: () => unknown): Promise<void> {
  while (!isSo()) await turn();
}
