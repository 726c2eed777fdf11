/** A redis-server of a test's own: on a free loopback port, in a folder of its own, keeping nothing. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

export interface RedisServer {
  readonly port: number;
  readonly url: string;
  pause(): void;
  resume(): void;
  /** At once, with all that it had. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'wearable-connect-redis-'));
  let child: ChildProcess | null = null;
  const end = (): void => void child?.kill('SIGKILL');
  process.once('exit', end);

  async function stop(): Promise<void> {
    const ended = child;
    child = null;
    if (ended?.exitCode !== null || ended.signalCode !== null) return;
    const gone = new Promise((resolve) => ended.once('exit', resolve));
    ended.kill('SIGKILL');
    await gone;
  }

  function start(): Promise<void> {
    const parameters = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no', '--protected-mode', 'no'];
    return new Promise((resolve, reject) => {
      // Nothing of ours is handed on: a test that is killed leaves it behind, and whoever waits for the test's output would wait for its too.
      const started = (child = spawn('redis-server', parameters, { stdio: ['ignore', 'pipe', 'ignore'] }));
      let words = '';
      started.once('error', () => reject(new Error('redis-server cannot be started. These tests need it: on Debian, `apt-get install redis-server`; elsewhere, put it into the PATH.')));
      started.once('exit', (code) => reject(new Error(`redis-server ended at once (${code}):\n${words}`)));
      started.stdout.on('data', (chunk: Buffer) => {
        words += chunk.toString();
        if (words.includes('Ready to accept connections')) resolve();
      });
    });
  }

  await start();
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    stop, start,
    async close() {
      process.off('exit', end);
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
