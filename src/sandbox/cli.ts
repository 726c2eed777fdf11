#!/usr/bin/env node
import { readArguments } from './cli-arguments.js';
import { createSandbox } from './index.js';

const command = readArguments(process.argv.slice(2));

if ('say' in command) {
  (command.failed ? process.stderr : process.stdout).write(`${command.say}\n`);
  process.exitCode = command.failed ? 2 : 0;
} else {
  try {
    const sandbox = await createSandbox(command.run);
    process.stdout.write(`A SweatStack of your own, on this computer only

  base-url     ${sandbox.sweatstack}
  client-id    demo-client
  inbox        ${sandbox.mail}/
  faults       ${sandbox.sweatstack}/sandbox/faults
  sign out     ${sandbox.sweatstack}/logout

An Open Wearables of your own, likewise

  url          ${sandbox.openWearables}
               http://127.0.0.1:${sandbox.port} where your backend cannot resolve the name
  API key      ${sandbox.openWearablesKey}
  faults       ${sandbox.openWearables}/sandbox/faults

Ctrl-C stops it.
`);
    const stop = (): void => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      void sandbox.close();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
