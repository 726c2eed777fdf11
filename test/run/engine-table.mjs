/** Collects what became of each test in each browser, by the suites whose names end in “, in Chromium” and so on; prints it as a table. */
const engines = ['Chromium', 'Firefox', 'WebKit'];
const named = new RegExp(`^(.*), in (${engines.join('|')})$`);
const wide = 110;

/** A title without the rows that it names for test/README.md, on one line. */
const titled = (name) => {
  const plain = name.replace(/\s*\[[^\]]*\]$/, '');
  return plain.length > wide ? `${plain.slice(0, wide - 1)}…` : plain;
};

const mark = { passed: '✓', failed: '✗' };
const columns = (of) => engines.map((engine) => String(of(engine) ?? '–').padStart(10)).join('');

export const createTable = () => {
  /** By suite, by test, by engine. */
  const suites = new Map();
  const at = (map, key) => map.get(key) ?? map.set(key, new Map()).get(key);

  return {
    /** `trail`: the names of the suites around it, outermost first. */
    add(trail, name, outcome) {
      const place = trail.findIndex((suite) => named.test(suite));
      if (place < 0) return;
      const [, suite, engine] = named.exec(trail[place]);
      at(at(suites, suite), titled([...trail.slice(place + 1), name].join(' › '))).set(engine, mark[outcome]);
    },
    /** How long a whole suite took in its engine. */
    took(name, milliseconds) {
      const [, suite, engine] = named.exec(name) ?? [];
      if (engine) at(at(suites, suite), '').set(engine, `${(milliseconds / 1000).toFixed(1)} s`);
    },
    toString() {
      if (suites.size === 0) return '';
      const lines = [...suites].flatMap(([suite, tests]) => [
        '',
        `${columns((engine) => tests.get('')?.get(engine))}   ${suite}`,
        ...[...tests].filter(([test]) => test !== '').map(([test, outcomes]) => `${columns((engine) => outcomes.get(engine))}     ${test}`),
      ]);
      return `\n${columns((engine) => engine)}\n${lines.join('\n')}\n`;
    },
  };
};
