import type { AnswerFault } from './broken-answer.js';

/** What every platform's faults have in common: broken answers by endpoint. */
export interface AnyFaults {
  answers: Partial<Record<string, AnswerFault | number>>;
}

/** What `setFaults` and the HTTP route accept: any part; null takes an entry of a table away. */
export type Changes<F> = { [Name in keyof F]?: F[Name] | null };

export interface Table {
  entries: readonly string[];
  fits: (value: unknown) => boolean;
  shape: string;
}

/** Everything that can be made to go wrong with one platform, with what each fault may be set to. */
export interface FaultList<F extends AnyFaults> {
  none: () => F;
  /** Tables are merged entry by entry, so that a second fault does not heal the first. */
  tables: Partial<Record<keyof F, Table>>;
  choices: Partial<Record<keyof F, readonly string[]>>;
  /** Lists whose members are among these. */
  lists?: Partial<Record<keyof F, readonly string[]>>;
}

export interface FaultBox<F extends AnyFaults> {
  readonly current: F;
  set(changes: Changes<F>): void;
  clear(): void;
  /** What holds for one attempt: the sandbox's faults with the attempt's own on top. */
  merged(own: Changes<F> | undefined): F;
  /** The broken answer due now, if any; counts `times` down. */
  due(faults: F, endpoint: keyof F['answers']): AnswerFault | undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isStatus = (value: unknown): boolean => {
  const status = isRecord(value) ? value['status'] : value;
  return Number.isInteger(status) && Number(status) >= 200 && Number(status) <= 599;
};
export const isCount = (value: unknown): boolean => typeof value === 'number' && value >= 0;
export const isPolicy = (value: unknown): boolean => typeof value === 'string' && /^[\w ;="-]+$/.test(value);

export class FaultError extends Error {}

function checkTable(name: string, { entries, fits, shape }: Table, value: unknown): void {
  if (!isRecord(value)) throw new FaultError(`"${name}" is a table of ${entries.join(', ')}.`);
  for (const [key, entry] of Object.entries(value)) {
    if (!entries.includes(key)) throw new FaultError(`"${name}" has no "${key}". It has: ${entries.join(', ')}.`);
    if (entry !== null && !fits(entry)) throw new FaultError(`"${name}.${key}" is ${shape}.`);
  }
}

/** Says which name is unknown and which ones exist: a mistyped fault that does nothing is worse than an error. */
export function checkFaults<F extends AnyFaults>(list: FaultList<F>, input: unknown): Changes<F> {
  if (!isRecord(input)) throw new FaultError('Faults are a JSON object, e.g. {"deny": true}.');
  const defaults = { ...list.none() } as Record<string, unknown>;
  for (const [name, value] of Object.entries(input)) {
    if (!Object.hasOwn(defaults, name)) {
      throw new FaultError(`There is no fault "${name}". There are: ${Object.keys(defaults).join(', ')}.`);
    }
    if (value === null) continue;
    const table = list.tables[name as keyof F];
    if (table !== undefined) checkTable(name, table, value);
    const allowed = list.choices[name as keyof F];
    if (allowed !== undefined && !(typeof value === 'string' && allowed.includes(value))) {
      throw new FaultError(`"${name}" is one of ${allowed.join(', ')}.`);
    }
    const members = list.lists?.[name as keyof F];
    if (members !== undefined && !(Array.isArray(value) && value.every((one) => members.includes(one as string)))) {
      throw new FaultError(`"${name}" is a list of some of ${members.join(', ')}.`);
    }
    if (typeof defaults[name] === 'boolean' && typeof value !== 'boolean') {
      throw new FaultError(`"${name}" is true or false.`);
    }
  }
  return input as Changes<F>;
}

function merge<F extends AnyFaults>(list: FaultList<F>, base: F, changes: Changes<F>): F {
  const merged = { ...base } as Record<string, unknown>;
  const defaults = { ...list.none() } as Record<string, unknown>;
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) continue;
    if (value === null) merged[name] = defaults[name];
    else if (list.tables[name as keyof F] !== undefined) {
      const table = { ...(merged[name] as object), ...structuredClone(value as object) };
      merged[name] = Object.fromEntries(Object.entries(table).filter(([, entry]) => entry !== null));
    } else merged[name] = structuredClone(value);
  }
  return merged as unknown as F;
}

export function createFaultBox<F extends AnyFaults>(list: FaultList<F>, initial: Changes<F> = {}): FaultBox<F> {
  let current = merge(list, list.none(), checkFaults(list, initial));
  // Counted by entry, so that setting a fault anew starts its count anew.
  const used = new WeakMap<AnswerFault, number>();
  return {
    get current() { return current; },
    set(changes) { current = merge(list, current, checkFaults(list, changes)); },
    clear() { current = list.none(); },
    merged(own) {
      if (own === undefined) return current;
      const result = merge(list, current, own);
      // The attempt's own entries keep their identity: their `times` is counted over all its requests.
      return { ...result, answers: { ...current.answers, ...(own.answers ?? {}) } };
    },
    due(faults, endpoint) {
      const fault = faults.answers[endpoint as string];
      // Null is what JSON says for "not this one".
      if (fault === undefined || fault === null) return undefined;
      if (typeof fault === 'number') return { status: fault };
      const count = used.get(fault) ?? 0;
      if (fault.times !== undefined && count >= fault.times) return undefined;
      used.set(fault, count + 1);
      return fault;
    },
  };
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The `?fault=name:value` of one address; undefined when there is none. */
export function faultsOfQuery<F extends AnyFaults>(list: FaultList<F>, query: URLSearchParams): Changes<F> | undefined {
  const asked = query.getAll('fault');
  if (asked.length === 0) return undefined;
  let changes: Record<string, unknown> = {};
  for (const item of asked) {
    const colon = item.indexOf(':');
    const path = colon < 0 ? item : item.slice(0, colon);
    const value = colon < 0 ? true : readValue(item.slice(colon + 1));
    const [name = '', ...rest] = path.split('.');
    if (rest.length === 0) changes = { ...changes, [name]: value };
    else {
      const before = changes[name];
      changes = { ...changes, [name]: { ...(isRecord(before) ? before : {}), [rest.join('.')]: value } };
    }
  }
  return checkFaults(list, changes);
}
