import { type ChildProcess, spawn } from 'node:child_process';

/**
 * Starts a program that ends with this process, however that one ends: a shell of its own group keeps it, reads from a
 * pipe that nobody writes to, and so wakes up the moment the other end has gone, even by SIGKILL.
 * What the program writes to file descriptor 3 can be read; `afterwards` is run once it has ended.
 */
export function tethered(command: readonly string[], { env = process.env, afterwards = '' }: { env?: NodeJS.ProcessEnv; afterwards?: string } = {}): {
  readonly process: ChildProcess;
  end(): void;
} {
  const script = `trap : HUP INT TERM; "$@" & kept=$!; cat > /dev/null; kill "$kept" 2> /dev/null; wait "$kept"; ${afterwards}`;
  const child = spawn('sh', ['-c', script, 'sh', ...command], { env, detached: true, stdio: ['pipe', 'ignore', 'ignore', 'pipe'] });
  child.unref();
  (child.stdin as unknown as { unref(): void }).unref();
  child.stdin?.on('error', () => {}); // It ended by itself; whoever needs it finds that out.
  return { process: child, end: () => child.stdin?.end() };
}
