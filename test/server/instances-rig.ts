/** Instances as processes, and listeners that read them over a socket, as a browser does. */
import { type ChildProcess, fork } from 'node:child_process';
import { createParser } from 'eventsource-parser';
import type { Said } from './updates-rig.js';

export interface Process {
  readonly name: string;
  readonly url: string;
  /** What it has said on its console. */
  readonly words: () => string;
  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
  ask(user: string, method: string, path: string, body?: object, headers?: Record<string, string>): Promise<Response>;
  listen(user: string, lastId?: string): Listening;
  close(): Promise<void>;
}

export interface Listening {
  readonly said: readonly Said[];
  readonly ended: boolean;
  leave(): void;
}

export async function startInstance(name: string, environment: Record<string, string>): Promise<Process> {
  const child: ChildProcess = fork('test/server/instance.ts', { execArgv: ['--import', 'tsx'], env: { ...process.env, ...environment, INSTANCE: name }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (words += chunk.toString()));
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { port: number }).port));
    child.once('exit', () => reject(new Error(`Instance ${name} did not start:\n${words}`)));
  });
  const url = `http://127.0.0.1:${port}/wearables`;
  const headersFor = (user: string): Record<string, string> => ({ 'x-user': user, 'x-wearable-connect': '1' });

  function listen(user: string, lastId?: string): Listening {
    const said: Said[] = [];
    const leaving = new AbortController();
    const listening = { said, ended: false, leave: () => leaving.abort() };
    void (async () => {
      try {
        const { body } = await fetch(`${url}/updates`, { headers: { ...headersFor(user), ...(lastId && { 'last-event-id': lastId }) }, signal: leaving.signal });
        const parser = createParser({ onEvent: ({ id = '', event = '', data }) => void said.push({ id, event, data: JSON.parse(data) as Said['data'] }) });
        const decoder = new TextDecoder();
        for await (const chunk of body ?? []) parser.feed(decoder.decode(chunk, { stream: true }));
      } catch {
        // It was killed, or we left.
      }
      listening.ended = true;
    })();
    return listening;
  }

  return {
    name, url, listen,
    words: () => words,
    signal: (signal) => void child.kill(signal),
    ask: (user, method, path, body, headers = {}) => fetch(url + path, { method, headers: { ...headersFor(user), ...headers }, ...(body && { body: JSON.stringify(body) }) }),
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGCONT');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Processes tell nothing when something has come about: it is looked for until it has, and named where it does not. */
export async function until(what: string | (() => string), holds: () => boolean, seconds = 30): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`Not within ${seconds} s: ${typeof what === 'string' ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
