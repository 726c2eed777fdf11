/** What every story is held against, in the panel and in the tests: WCAG 2.2 at levels A and AA, and axe's best practices. */
export const accessibility = {
  runOnly: { type: 'tag' as const, values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
};
