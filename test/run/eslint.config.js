/** What oxlint has not: the rules for templates, and two sentences of our own. All others are in .oxlintrc.json. */
import parser from '@typescript-eslint/parser';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';

/** To parse a file is most of the work, and one that has not the words cannot break the rule about it. */
const having = (...words) => ({
  preprocess: (text) => (words.every((word) => text.includes(word)) ? [text] : []),
  postprocess: (found) => found.flat(),
});

/** Where oxlint lets promises float. */
const tests = 'test/{core,oauth,sync,platforms,element,locales}/**/*.ts';

const forbid = (selector, message) => ({ 'no-restricted-syntax': ['error', { selector, message }] });
const oneOfOurs = forbid(
  'BinaryExpression[operator="instanceof"][right.name="ConnectError"]',
  'A part beside the script has its own copy of the class: ask ConnectError.is().',
);
const awaited = forbid('ExpressionStatement > CallExpression[callee.property.name=/accessible|isAccessible/]', 'This one has to be awaited.');
const [ofLit, ofComponents] = [lit, wc].map(({ configs }) => configs['flat/recommended']);

export default [
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { files: ['src/**/*.ts', tests], languageOptions: { parser } },
  { files: ['src/**/*.ts'], ignores: ['src/element/**'], processor: having('instanceof', 'ConnectError') },
  { files: ['src/**/*.ts'], rules: oneOfOurs },
  { files: ['src/element/**/*.ts'], ...ofLit },
  { files: ['src/element/**/*.ts'], ...ofComponents },
  { files: ['src/element/**/*.ts'], plugins: { 'lit-a11y': litA11y }, rules: litA11y.configs.recommended.rules },
  { files: [tests], processor: having('ccessible'), rules: awaited },
];
