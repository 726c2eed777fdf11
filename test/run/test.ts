/** `npm test`, and its parts: test.ts [all | node | unit | browsers | stories] [part of a file name …]. */
import { checks } from './checks.js';
import { beside, conclude, oneByOne, type Outcome, sideBySide, type Step, sum } from './steps.js';
import { browserSuite, consumerSuite, nodeSuite, soakSuite, storySuite, unitSuite } from './suites.js';

const checking: Step = {
  name: 'check',
  // The tests in Node, which follow, run the architecture test in any case.
  run: async () => sum(await sideBySide(checks.map((lane) => lane.filter((step) => !('name' in step && step.name === 'architecture'))))),
};

const suites: Record<string, () => Promise<Outcome[]>> = {
  // The journeys want the machine for themselves; the rest does not mind company.
  all: async () => [
    ...(await oneByOne([checking])),
    ...(await beside(soakSuite, async () => [
      ...(await oneByOne([nodeSuite, unitSuite])),
      ...(await beside(consumerSuite, () => oneByOne([storySuite]))),
    ])),
    ...(await oneByOne([browserSuite])),
  ],
  node: () => oneByOne([nodeSuite]),
  unit: () => oneByOne([unitSuite]),
  browsers: () => oneByOne([browserSuite]),
  stories: () => oneByOne([storySuite]),
};

const [name = 'all'] = process.argv.slice(2);
const suite = suites[name];
if (suite) conclude(await suite());
else {
  console.error(`There is no suite called ${name}; there are ${Object.keys(suites).join(', ')}.`);
  process.exitCode = 1;
}
