/** What the bench finds: one row for each question, ours beside every peer that can answer it too. */

/** One side of a row. What was counted, as bytes are, has no spread: there both numbers are the same. */
export interface Measured {
  readonly name: string;
  readonly version: string;
  /** Null where this one could not do it; `note` says why. */
  readonly median: number | null;
  readonly p95: number | null;
  /** As a multiple of ours; ours is 1. Null where there is nothing to divide, or by. */
  readonly ratio: number | null;
  readonly note?: string;
  /** It leaves a part of the question to others: its figure is shown, and beats nobody. */
  readonly doesLess?: true;
  /** No rival, but what is there before anything is done: what ours does more is counted on top of it. It is ahead of nobody. */
  readonly floor?: true;
}

export interface Row {
  readonly section: string;
  /** The question, short enough for a table. */
  readonly what: string;
  readonly unit: string;
  readonly lowerIsBetter: boolean;
  readonly ours: Measured;
  readonly peers: readonly Measured[];
  /** One sentence for whoever wants to know what exactly was compared. */
  readonly note?: string;
  /** Kept and printed, but not shown in the README: one of several that say much the same. */
  readonly detail?: boolean;
}

export interface Section {
  readonly name: string;
  run(): Promise<readonly Row[]>;
}

type Side = Omit<Measured, 'ratio'>;

/** Of many runs. Without a single one the side counts as one that could not do it. */
export function sampled(name: string, version: string, samples: readonly number[], note?: string): Side {
  const sorted = [...samples].sort((one, other) => one - other);
  // The nearest rank: of ten the 95th percentile is the slowest, of twenty the last but one.
  const at = (share: number): number | null => sorted[Math.ceil(sorted.length * share) - 1] ?? null;
  return { name, version, median: at(0.5), p95: at(0.95), ...(note !== undefined && { note }) };
}

export const doingLess = (side: Side): Side => ({ ...side, doesLess: true });

export const asFloor = (side: Side): Side => ({ ...side, floor: true });

/** What is the same each time. */
export const counted = (name: string, version: string, count: number, note?: string): Side => sampled(name, version, [count], note);

export const unable = (name: string, version: string, why: string): Side => sampled(name, version, [], why);

export interface Question {
  readonly section: string;
  readonly what: string;
  readonly unit: string;
  /** Default: true. */
  readonly lowerIsBetter?: boolean;
  readonly note?: string;
  readonly detail?: boolean;
}

export function row({ lowerIsBetter = true, ...question }: Question, ours: Side, peers: readonly Side[] = []): Row {
  const beside = (side: Side): Measured => ({ ...side, ratio: side.median !== null && ours.median ? Number((side.median / ours.median).toFixed(3)) : null });
  return { ...question, lowerIsBetter, ours: beside(ours), peers: peers.map(beside) };
}

type Figure = 'median' | 'p95';

/** Of the peers those that do no less, by how much better than ours they did, as a share of ours: less than nothing is worse. */
const rivals = ({ ours, peers, lowerIsBetter }: Row, figure: Figure, isMeant: (better: number) => boolean): readonly Measured[] =>
  peers.filter(({ doesLess, floor, [figure]: theirs }) => {
    const own = ours[figure];
    return !doesLess && !floor && theirs !== null && own !== null && isMeant((lowerIsBetter ? own - theirs : theirs - own) / (own || 1));
  });

/** What is nearer than a hundredth is the luck of a run. */
const tie = 0.01;

/** Those that did better than ours. */
export const ahead = (row: Row, figure: Figure = 'median'): readonly Measured[] => rivals(row, figure, (better) => better > tie);

/** Those that did as well. */
export const level = (row: Row): readonly Measured[] => rivals(row, 'median', (better) => Math.abs(better) <= tie);

/** Everybody comes after everybody else equally often: what one leaves the machine to tidy up falls on all of them. */
export const inTurn = <T>(all: readonly T[], run: number): readonly T[] => all.map((_, at) => all[(at + run + all.length) % all.length] as T);
