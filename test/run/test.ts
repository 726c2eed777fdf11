/** `npm test`, and its parts: test.ts [all | node | unit | browsers | stories] [part of a file name …]. */
import { checks } from './checks.js';
import { conclude, oneByOne, sideBySide, type Step, sum } from './steps.js';
import { browserSuite, consumerSuite, nodeSuite, storySuite, unitSuite } from './suites.js';

const checking: Step = {
  name: 'check',
  // The tests in Node, which follow, run the architecture test in any case.
  run: async () => sum(await sideBySide(checks.map((lane) => lane.filter(({ name }) => name !== 'architecture')))),
};

const suites: Record<string, readonly Step[]> = {
  all: [checking, nodeSuite, unitSuite, consumerSuite, browserSuite, storySuite],
  node: [nodeSuite],
  unit: [unitSuite],
  browsers: [browserSuite],
  stories: [storySuite],
};

const [name = 'all'] = process.argv.slice(2);
const steps = suites[name];
if (steps) conclude(await oneByOne(steps));
else {
  console.error(`There is no suite called ${name}; there are ${Object.keys(suites).join(', ')}.`);
  process.exitCode = 1;
}
