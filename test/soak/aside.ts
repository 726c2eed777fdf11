/**
 * The soak leaves the machine to whatever runs beside it. Niceness alone counts among the processes of one session, where the kernel
 * shares by session first (autogroup, sched(7)): so it is said for this one's session, and for those of the browsers it has started.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';

const niceness = 8;

export function stepAside(): void {
  setPriority(niceness); // Inherited by whatever is started from here on.
  try {
    const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
    for (const pid of [process.pid, ...children]) writeFileSync(`/proc/${pid}/autogroup`, String(niceness));
  } catch {
    // Another system, or a kernel that shares among all alike.
  }
}
