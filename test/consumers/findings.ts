/** What every app is asked, whatever it is made with, and what to say of an answer that is wrong. */
import assert from 'node:assert/strict';
import { type Heard, orderOf } from '../journeys/heard.js';

/** The contract's order within one success; the second list is the history's. */
const order = [
  ...['change(choosing)', 'change(authorizing)', 'change(confirming)', 'tokens(connected)', 'connections', 'connected', 'change(syncing)'],
  ...['progress', 'connections', 'complete', 'change(connected)'],
];

/** Custom Elements Everywhere's questions, and that one tag is still the one that was connected. */
export const wanted: Readonly<Record<string, unknown>> = {
  'a string (client-id)': 'demo-client',
  'a switch that is on (no-preview)': true,
  'a switch that is off (inspector)': false,
  'an object, the very one (strings)': true,
  'a function, the very one (fetchSession)': true,
  'a child (h2 slot="header")': 'Your watch',
  'one tag, and no other': true,
  'it is the one that connected': 'connected',
};

/** The same list in the same order, and every event of it once: an empty string, or what differs. */
export function wrongOrder(heard: readonly Heard[]): string {
  try {
    assert.deepEqual(orderOf(heard), order);
    assert.deepEqual(heard.map(({ seq }) => seq), heard.map((_, at) => at + 1), 'each is heard once, from the first on');
    return '';
  } catch (error) {
    return `The page heard other events, or in another order, than the contract says:\n${error instanceof Error ? error.message : String(error)}`;
  }
}

export const wrongAnswers = (given: Readonly<Record<string, unknown>>): string =>
  Object.entries(wanted)
    .filter(([question, answer]) => given[question] !== answer)
    .map(([question, answer]) => `${question} did not arrive: ${JSON.stringify(answer)} was expected, ${JSON.stringify(given[question])} is there`)
    .join('\n');
