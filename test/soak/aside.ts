/**
 * The soak leaves the machine to whatever runs beside it. Niceness alone counts among the processes of one session, where the kernel
 * shares by session first (autogroup, sched(7)): so it is said for this one's session, and for those of the browsers it has started.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

const niceness = 5;

const childrenOf = (pid: number): string[] => {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
  } catch {
    return []; // Another system than Linux.
  }
};

const say = (pid: number | string): boolean => {
  try {
    writeFileSync(`/proc/${pid}/autogroup`, String(niceness));
    return true;
  } catch {
    return false;
  }
};

export async function stepAside(): Promise<void> {
  setPriority(niceness); // Inherited by whatever is started from here on.
  for (const pid of [process.pid, ...childrenOf(process.pid)]) {
    if (say(pid)) continue;
    await pause(120); // Whoever is not root may say it ten times a second.
    say(pid);
  }
}
