import { faultsOfWords } from './all-faults.js';
import { FaultError } from './fault-box.js';
import type { SandboxOptions } from './options.js';

/** How long a history takes, and how often SweatStack's stream speaks. `real` is what SweatStack promises its users. */
const speeds = {
  fast: { historySeconds: 8, lineEverySeconds: 0.5 },
  normal: { historySeconds: 40, lineEverySeconds: 2 },
  real: { historySeconds: 120, lineEverySeconds: 3 },
} as const;

export const usage = `Usage: npx wearable-connect sandbox [options]

A SweatStack of your own at http://sweatstack.localhost:4710 and an Open Wearables of your own at
http://open-wearables.localhost:4710, with invented people and data.

  --port N          listen on N, or the next free port after it (default 4710)
  --speed NAME      ${Object.keys(speeds).join(', ')}: how long a history takes (default normal, 40 seconds)
  --accounts FILE   keep SweatStack's accounts in this JSON file over runs
  --key KEY         the API key of Open Wearables (default: one that everybody knows)
  --fault NAME      break something from the start, e.g. --fault deny, --fault answers.token:503
                    or --fault openWearables.garminRefused; repeatable
  --help            this text
`;

export type Command = { run: SandboxOptions } | { say: string; failed: boolean };

const wrong = (say: string): Command => ({ say: `${say} Try npx wearable-connect sandbox --help.`, failed: true });

/** Turns the command line into options, or into the sentence that says what is wrong with it. */
export function readArguments(args: readonly string[]): Command {
  if (args.includes('--help') || args.includes('-h') || args.length === 0) return { say: usage, failed: false };
  const [command, ...rest] = args;
  if (command !== 'sandbox') return wrong(`There is no command "${command ?? ''}"; the only one is "sandbox".`);
  const options: SandboxOptions = {};
  const faults: string[] = [];
  for (let index = 0; index < rest.length; index++) {
    const [name = '', inline] = (rest[index] ?? '').split(/=(.*)/s);
    const value = inline ?? rest[++index];
    if (!['--port', '--speed', '--accounts', '--key', '--fault'].includes(name)) return wrong(`The sandbox has no option "${name}".`);
    if (value === undefined || value === '') return wrong(`${name} needs a value.`);
    if (name === '--port') {
      if (!/^\d{1,5}$/.test(value) || Number(value) > 65535) return wrong(`--port is a number from 0 to 65535, not "${value}".`);
      options.port = Number(value);
    } else if (name === '--speed') {
      if (!Object.hasOwn(speeds, value)) return wrong(`--speed is one of ${Object.keys(speeds).join(', ')}, not "${value}".`);
      Object.assign(options, speeds[value as keyof typeof speeds]);
    } else if (name === '--accounts') options.accountsFile = value;
    else if (name === '--key') options.openWearablesKey = value;
    else faults.push(value);
  }
  try {
    const changes = faultsOfWords(faults);
    return { run: changes === undefined ? options : { ...options, faults: changes } };
  } catch (error) {
    if (error instanceof FaultError) return wrong(error.message);
    throw error;
  }
}
