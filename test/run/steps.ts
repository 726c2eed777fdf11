import { type ChildProcess, spawn } from 'node:child_process';

/** What a step found: how many passed, how many failed, and what it printed. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly output: string;
  /** Each failure in its own words, where its runner tells them apart. */
  readonly failures?: readonly string[];
}

export interface Step {
  readonly name: string;
  readonly run: () => Promise<Outcome>;
}

const colour = process.stdout.isTTY ? { bold: '\x1b[1m', red: '\x1b[31m', green: '\x1b[32m', plain: '\x1b[0m' } : undefined;
/** Some tools rewrite their last line even where nobody watches; in a log that is only noise. */
// oxlint-disable-next-line no-control-regex -- the very thing that is looked for
const cursorMoves = /\x1b\[\d*[A-K]/g;

const paint = (text: string, as: 'bold' | 'red' | 'green'): string =>
  colour ? `${colour[as]}${text}${colour.plain}` : text;

/** Whatever is still running goes with this process, however it goes: a child in a group of its own hears no Ctrl-C. */
const running = new Set<ChildProcess>();
const end = ({ pid }: ChildProcess): void => {
  try {
    if (pid) process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has gone already.
  }
};
process.once('exit', () => {
  running.forEach(end);
});
for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const) process.once(signal, () => process.exit(code));

interface Manner {
  readonly live?: boolean;
  readonly environment?: NodeJS.ProcessEnv;
  readonly minutes?: number;
  /** Where it works; the project's own, if nothing is said. */
  readonly folder?: string;
}

/** Runs one of this project's tools or scripts, as `program` does. */
export const command = (tool: string, parameters: readonly string[], manner: Manner = {}): Promise<{ code: number; output: string }> => {
  const windows = process.platform === 'win32';
  if (/\.m?[jt]s$/.test(tool)) return program(process.execPath, ['--import', 'tsx', tool, ...parameters], manner);
  return program(tool === 'node' ? process.execPath : `node_modules/.bin/${tool}${windows ? '.cmd' : ''}`, parameters, manner);
};

/**
 * Runs a program; its words are shown as they come, or kept for when it fails.
 * No program may hang for good: after its minutes it is ended with everything it started, and that counts as a failure.
 */
export const program = (
  file: string,
  parameters: readonly string[],
  { live = false, environment = {}, minutes = 5, folder }: Manner = {},
): Promise<{ code: number; output: string }> =>
  new Promise((done) => {
    const windows = process.platform === 'win32';
    const child = spawn(file, parameters, {
      cwd: folder,
      env: { ...process.env, ...(colour ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }), ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: windows && file !== process.execPath,
      detached: !windows, // A process group, so that what it starts can be ended with it.
    });
    running.add(child);
    const limit = setTimeout(() => {
      words.push(Buffer.from(`\n${file} was still running after ${minutes} minutes and was ended.\n`));
      end(child);
    }, minutes * 60_000);
    const words: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        words.push(chunk);
        if (live) process.stdout.write(colour ? chunk : chunk.toString().replace(cursorMoves, ''));
      });
    }
    child.once('error', (error) => {
      clearTimeout(limit);
      done({ code: 127, output: `${file}: ${error.message}\n` });
    });
    // Its group may outlive it and keep the pipes open; then “close” would never come.
    child.once('exit', () => {
      end(child);
    });
    child.once('close', (code, signal) => {
      clearTimeout(limit);
      running.delete(child);
      if (signal) words.push(Buffer.from(`${file} was ended by ${signal}\n`));
      done({ code: code ?? 1, output: Buffer.concat(words).toString() });
    });
  });

/** A step that is one command and counts as one: it passes where the command ends well. */
export const whole = (name: string, tool: string, parameters: readonly string[] = [], manner: Manner = {}): Step => ({
  name,
  run: async () => {
    const { code, output } = await command(tool, parameters, manner);
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output };
  },
});

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

const attempt = async (step: Step): Promise<Outcome> => {
  try {
    return await step.run();
  } catch (error) {
    return { passed: 0, failed: 1, output: String(error instanceof Error ? error.stack : error) };
  }
};

/** Steps one after another; a lane may part into several, which go on side by side. */
export type Lane = readonly (Step | readonly Lane[])[];

/** Runs the lanes at once, the steps of each in order, a line a step; what a failed one printed follows its line. */
export const sideBySide = async (lanes: readonly Lane[]): Promise<Outcome[]> => {
  const along = async (lane: Lane): Promise<Outcome[]> => {
    const outcomes: Outcome[] = [];
    for (const step of lane) {
      if (!('run' in step)) {
        outcomes.push(...(await sideBySide(step)));
        continue;
      }
      const began = performance.now();
      const outcome = await attempt(step);
      const words = outcome.output.replace(/^(?=.)/gm, '          ');
      outcomes.push(outcome.failed ? { ...outcome, failures: [`  failed  ${step.name}\n${words}\n`] } : outcome);
      const verdict = outcome.failed ? paint('failed', 'red') : paint('ok    ', 'green');
      console.log(`  ${verdict}  ${step.name.padEnd(32)} ${seconds(began)}`);
      if (outcome.failed) console.log(words);
    }
    return outcomes;
  };
  return (await Promise.all(lanes.map(along))).flat();
};

/** Runs the steps one after another under a heading each; they print for themselves while they run. */
export const oneByOne = async (steps: readonly Step[]): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const step of steps) {
    console.log(`\n${paint(`── ${step.name}`, 'bold')}`);
    const began = performance.now();
    const outcome = await attempt(step);
    outcomes.push(outcome);
    if (outcome.failed && outcome.output) console.log(outcome.output);
    const verdict = outcome.failed ? paint(`${outcome.failed} failed`, 'red') : paint('ok', 'green');
    console.log(`── ${step.name}: ${verdict}, ${outcome.passed} passed, ${seconds(began)}`);
  }
  return outcomes;
};

/** One that takes long goes on while the others run; of what it found is told when they have ended. */
export const beside = async (long: Step, others: () => Promise<Outcome[]>): Promise<Outcome[]> => {
  const going = attempt(long);
  const outcomes = await others();
  const told = async (): Promise<Outcome> => {
    const outcome = await going;
    console.log(outcome.output.trimEnd());
    return { ...outcome, output: '' };
  };
  return [...outcomes, ...(await oneByOne([{ name: long.name, run: told }]))];
};

export const sum = (outcomes: readonly Outcome[]): Outcome => ({
  passed: outcomes.reduce((total, { passed }) => total + passed, 0),
  failed: outcomes.reduce((total, { failed }) => total + failed, 0),
  output: '',
  failures: outcomes.flatMap(({ failures = [] }) => failures),
});

/** The last line, and the exit code that goes with it. Before it every failure once more: a log is read from its end. */
export const conclude = (outcomes: readonly Outcome[]): void => {
  const { passed, failed, failures = [] } = sum(outcomes);
  if (failures.length > 0) console.log(`\n${paint('── what failed', 'bold')}\n${failures.join('')}`);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
};
