/**
 * What the contract says of events, whatever goes wrong: held against everything that was heard on one page and on those that
 * came after it in the same tab. Pure, so that each rule can be seen to find what it is there for.
 */
import type { Entry } from './ledger.js';

const endings = ['connected', 'cancelled', 'error'];
const successOf = ['change(confirming)', 'tokens', 'connections', 'connected'];

const attemptOf = ({ attempt }: Entry): string | undefined => (typeof attempt === 'string' ? attempt : undefined);
const isEnding = (entry: Entry): boolean => endings.includes(entry.name) && attemptOf(entry) !== undefined;
const called = ({ name, phase }: Entry): string => (name === 'change' ? `change(${String(phase)})` : name);

export interface Rules {
  /** With `token-delivery="none"` no event tells tokens. */
  readonly tellsTokens: boolean;
  /** Nothing is on its way any more. */
  readonly isSettled: boolean;
}

export function violationsOf(entries: readonly Entry[], { tellsTokens, isSettled }: Rules): string[] {
  const found = entries.filter(({ name }) => name === 'uncaught').map(({ what }) => `uncaught: ${String(what)}`);
  for (const own of eachWidget(entries)) found.push(...inOrder(own), ...successes(own, tellsTokens));
  return [...found, ...ends(entries, isSettled), ...lateOnes(entries)];
}

/** The attempts that are still without an end, on pages that are still there. */
export function openAttempts(entries: readonly Entry[]): string[] {
  const gone = new Set(entries.filter(({ name }) => name === 'gone').map(({ page }) => page));
  const ended = new Set(entries.filter(isEnding).map(attemptOf));
  return [...new Set(entries.filter(({ page }) => !gone.has(page)).map(attemptOf))].filter((attempt): attempt is string => attempt !== undefined && !ended.has(attempt));
}

/** How each attempt ended, by kind: with its reason where the visitor stopped it, and with its code where something failed. */
export function endingsOf(entries: readonly Entry[]): string[] {
  return entries.filter(isEnding).map(({ name, reason, code }) => (name === 'connected' ? name : `${name} ${String(name === 'error' ? code : reason)}`));
}

/** Each element of each document by itself. */
function eachWidget(entries: readonly Entry[]): Entry[][] {
  const widgets = new Map<string, Entry[]>();
  for (const entry of entries) {
    if (entry['seq'] === undefined) continue;
    const key = `${entry.page} ${String(entry['on'])}`;
    widgets.set(key, [...(widgets.get(key) ?? []), entry]);
  }
  return [...widgets.values()];
}

/** Numbered one by one, and each phase follows the one before. */
function inOrder(own: readonly Entry[]): string[] {
  const at = own.findIndex(({ seq }, at) => seq !== at + 1);
  const amiss = own[at];
  const found = amiss ? [`the ${called(amiss)} that came as number ${at + 1} says it is ${String(amiss['seq'])}`] : [];
  let phase: unknown = 'loading';
  for (const entry of own.filter(({ name }) => name === 'change')) {
    if (entry['previous'] !== phase || entry['phase'] === phase) found.push(`change from ${String(entry['previous'])} to ${String(entry['phase'])} while it was ${String(phase)}`);
    phase = entry['phase'];
  }
  return found;
}

/** One end for each attempt, and nothing of it afterwards. A page that went may have taken its attempt with it. */
function ends(entries: readonly Entry[], isSettled: boolean): string[] {
  const found: string[] = [];
  for (const attempt of new Set(entries.map(attemptOf))) {
    if (attempt === undefined) continue;
    const own = entries.filter((entry) => attemptOf(entry) === attempt);
    const all = own.filter(isEnding);
    if (all.length > 1) found.push(`attempt ${attempt} ended ${all.length} times: ${all.map(called).join(', ')}`);
    const last = own.at(-1);
    if (all.length === 1 && last && !isEnding(last)) found.push(`attempt ${attempt} went on after its end: ${called(last)}`);
  }
  if (isSettled) found.push(...openAttempts(entries).map((attempt) => `attempt ${attempt} never ended`));
  return found;
}

/** The order within a success, as the contract has it. */
function successes(own: readonly Entry[], tellsTokens: boolean): string[] {
  const found: string[] = [];
  own.forEach((connected, at) => {
    if (connected.name !== 'connected') return;
    const attempt = attemptOf(connected);
    const names = own.filter((entry) => attemptOf(entry) === attempt && entry.name !== 'wire' && called(entry) !== 'change(authorizing)').map(called);
    const wanted = successOf.filter((name) => tellsTokens || name !== 'tokens');
    if (names.join() !== wanted.join()) found.push(`attempt ${String(attempt)} succeeded by ${names.join(', ')}; expected ${wanted.join(', ')}`);
    const next = own.slice(at + 1).find(({ name }) => name === 'change');
    if (next && next['phase'] !== 'syncing') found.push(`after wearable-connected came change(${String(next['phase'])}), not change(syncing)`);
  });
  return found;
}

/** An answer without an attempt that runs: only where we gave that one up ourselves, and as an attempt that ends well or by an error of its own. */
function lateOnes(entries: readonly Entry[]): string[] {
  return entries.flatMap((entry, at) => {
    if (called(entry) !== 'change(confirming)' || ['authorizing', 'loading'].includes(String(entry['previous']))) return [];
    const before = entries.slice(0, at);
    const givenUp = before.some(({ name, reason, code }) => (name === 'cancelled' && reason === 'closed') || (name === 'error' && code === 'timeout'));
    const isNew = !before.some((other) => attemptOf(other) === attemptOf(entry));
    return [
      ...(givenUp ? [] : [`an answer was taken after the attempt had been given up here: change(confirming) from ${String(entry['previous'])}`]),
      ...(isNew ? [] : [`a late answer goes by the attempt ${String(attemptOf(entry))}, which had been there before`]),
    ];
  });
}
