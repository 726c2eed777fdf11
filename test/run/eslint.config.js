import js from '@eslint/js';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import typescript from 'typescript-eslint';

const root = new URL('../../', import.meta.url).pathname;

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"]',
  message: 'A default export has no name to search for; export it by name.',
};

const oneOfOurs = {
  selector: 'BinaryExpression[operator="instanceof"][right.name="ConnectError"]',
  message: 'A part beside the script has its own copy of the class: ask ConnectError.is().',
};

export default typescript.config(
  // What stands in test/types below a framework's name imports the built package; test/types/check.ts judges it. The apps in
  // test/consumers have tools of their own.
  { ignores: ['dist/', 'storybook-static/', 'node_modules/', 'test/types/*/', 'test/consumers/*/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [typescript.configs.recommendedTypeChecked, typescript.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: 'tsconfig.json', tsconfigRootDir: root } },
    rules: {
      'no-undef': 'off',
      'no-restricted-syntax': ['error', noDefaultExport],
      eqeqeq: ['error', 'always'],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', package: 'node:test', name: ['it', 'describe', 'test', 'suite'] }] },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true, caughtErrors: 'none' },
      ],
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true, allowThrowingAny: true }],
      // Taste, not mistakes: an interface may want a promise, and a listener may have nothing to do.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-console': ['error', { allow: ['warn', 'error'] }],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ regex: '(^|/)index\\.js$', message: 'Import the file that has it, not the barrel around it.' }] },
      ],
    },
  },
  { files: ['src/*.ts'], rules: { '@typescript-eslint/no-restricted-imports': 'off' } },
  {
    files: ['src/sandbox/**/*.ts'],
    rules: { 'no-console': 'off', '@typescript-eslint/no-restricted-imports': 'off' },
  },
  {
    // Neither may know that there is a page: one is pure, the other runs on servers.
    files: ['src/core/**/*.ts', 'src/server/**/*.ts'],
    rules: { 'no-restricted-globals': ['error', 'window', 'document', 'localStorage', 'sessionStorage', 'process', 'Buffer'] },
  },
  {
    files: ['src/element/**/*.ts'],
    extends: [lit.configs['flat/recommended'], wc.configs['flat/recommended']],
    plugins: { 'lit-a11y': litA11y },
    rules: { ...litA11y.configs.recommended.rules },
  },
  {
    files: ['test/**/*.ts', 'stories/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unused-expressions': 'off', // Chai's assertions are getters.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // By its type every assertion of Chai is a promise here, because the one for accessibility is.
    files: ['test/{core,oauth,sync,platforms,element,locales}/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': 'off',
      'no-restricted-syntax': [
        'error',
        noDefaultExport,
        {
          selector: 'ExpressionStatement > CallExpression[callee.property.name=/accessible|isAccessible/]',
          message: 'This one has to be awaited.',
        },
      ],
    },
  },
  { files: ['src/**/*.ts'], rules: { 'no-restricted-syntax': ['error', noDefaultExport, oneOfOurs] } },
  {
    files: ['vite.config.ts', 'src/locales/*.ts', 'stories/*.stories.ts', 'stories/.storybook/*.ts', '**/*.config.js', 'test/run/*.mjs'],
    rules: { 'no-restricted-syntax': 'off' }, // Whoever reads these insists on a default export.
  },
  { files: ['test/journeys/headless/*.js'], languageOptions: { globals: { document: 'readonly' } } },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'console', 'URL', 'setTimeout', 'setInterval', 'clearInterval'].map((name) => [name, 'readonly']),
      ),
    },
  },
);
