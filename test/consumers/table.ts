/** What became of each app, a line each; under it a sentence for whatever went wrong. */
export const columns = ['types', 'build', 'connect', 'events in order', 'properties', 'quiet console'] as const;
export type Column = (typeof columns)[number];

export interface Row {
  readonly name: string;
  /** What it is made with. */
  readonly version: string;
  readonly seconds: number;
  /** An empty string where all is well; undefined where it has none, or was not reached. */
  readonly findings: Readonly<Partial<Record<Column, string | undefined>>>;
}

export interface Cell {
  readonly column: Column;
  readonly outcome: 'passed' | 'failed' | 'not reached';
}

const marks = { passed: '✓', failed: '✗', 'not reached': '–' } as const;

export const cellsOf = ({ findings }: Row): Cell[] =>
  columns.map((column) => {
    const finding = findings[column];
    return { column, outcome: finding === undefined ? 'not reached' : finding === '' ? 'passed' : 'failed' };
  });

export const legend = `
  types            the framework's own type-checker, strict, against the declarations in the tarball
  build            by its own tools, from what npm has installed
  connect          a visitor clicks a source, signs in with it in the window, agrees, and is connected
  events in order  the list of contract and README, the same for all, each once, by the framework's own way to listen
  properties       Custom Elements Everywhere: a string, a switch on and one off, an object and a function by identity, a child; one element all the time
  quiet console    no error, no warning, no word of hydration, on any page of the visit`;

const line = (name: string, version: string, cells: readonly string[], seconds: string): string =>
  `  ${name.padEnd(24)}${version.padEnd(24)}${cells.join('')}${seconds.padStart(9)}`;

export const heading = line('', '', columns.map((column) => column.padStart(column.length + 3)), 'seconds');

export const rowOf = (row: Row): string => {
  const marked = cellsOf(row).map(({ column, outcome }) => marks[outcome].padStart(column.length + 3));
  const told = columns.flatMap((column) => (row.findings[column] ? [`${column}: ${row.findings[column]}`] : []));
  return [line(row.name, row.version, marked, row.seconds.toFixed(1)), ...told.map((text) => text.trimEnd().replace(/^(?=.)/gm, '      '))].join('\n');
};
