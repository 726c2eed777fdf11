import { amountOf, membersOf, textOf } from '../../core/json.js';

/** What is remembered of a source between two looks, so that standing still can be told from moving. */
export interface Memory {
  readonly run: string;
  readonly all: string;
  readonly newsAt: number;
  readonly moved: boolean;
  /** When the source was connected, or connected anew, as far as this handler had a part in that. */
  readonly connectedAt: number;
  /** The run that has ended: `run` is a mark of it. */
  readonly ended: Ended | null;
}

export interface Ended {
  readonly run: string;
  readonly end: 'success' | 'partial' | 'failed';
  readonly at: number;
}

/** What one watch leaves for the next, on whichever instance: times are by the clock of Open Wearables. */
export interface Notes {
  /** Of the last look that was answered; before the first, when it began. */
  readonly heardAt: number;
  readonly sources: Readonly<Record<string, Memory>>;
}

/** They may come from another version of this. */
export function notesFrom(value: unknown, now: number): Notes {
  const { heardAt, sources } = membersOf(value);
  const known = Object.entries(membersOf(sources)).flatMap(([source, memory]): [string, Memory][] => {
    const { run, all, newsAt, moved, connectedAt, ended } = membersOf(memory);
    const at = amountOf(newsAt);
    return at === null ? [] : [[source, { run: textOf(run) ?? '', all: textOf(all) ?? '', newsAt: at, moved: moved === true, connectedAt: amountOf(connectedAt) ?? 0, ended: endedFrom(ended) }]];
  });
  return { heardAt: amountOf(heardAt) ?? now, sources: Object.fromEntries(known) };
}

function endedFrom(value: unknown): Ended | null {
  const { run, end, at } = membersOf(value);
  return end === 'success' || end === 'partial' || end === 'failed' ? { run: textOf(run) ?? '', end, at: amountOf(at) ?? 0 } : null;
}

/** Enough to see whether it is the same: what it was made of stays here. FNV-1a, 32 bits. */
export function markOf(value: object | number | string | null): string {
  let hash = 0x811c9dc5;
  for (const char of JSON.stringify(value)) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
  return hash.toString(36);
}
