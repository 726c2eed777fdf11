import { endpoints, noFaults, pages, type AnswerFault, type Endpoint, type FaultChanges, type Faults } from './faults.js';

export interface FaultBox {
  readonly current: Faults;
  set(changes: FaultChanges): void;
  clear(): void;
  /** What holds for one attempt: the sandbox's faults with the attempt's own on top. */
  merged(own: FaultChanges | undefined): Faults;
  /** The broken answer due now, if any; counts `times` down. */
  due(faults: Faults, endpoint: Endpoint): AnswerFault | undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface Table {
  entries: readonly string[];
  fits: (value: unknown) => boolean;
  shape: string;
}

const isStatus = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599;
const isCount = (value: unknown): boolean => typeof value === 'number' && value >= 0;

/** Tables are merged entry by entry, so that a second fault does not heal the first. */
const tables: Partial<Record<keyof Faults, Table>> = {
  answers: {
    entries: endpoints, fits: (value) => isStatus(isRecord(value) ? value['status'] : value),
    shape: 'a status from 200 to 599, or an object with one',
  },
  delays: { entries: [...endpoints, ...pages], fits: isCount, shape: 'a number of milliseconds' },
  coop: { entries: pages, fits: (value) => typeof value === 'string' && /^[\w ;="-]+$/.test(value), shape: 'a header value' },
  stream: {
    entries: ['cutAfter', 'cutInside', 'stallAfter', 'error', 'errorAfter'],
    fits: (value) => isCount(value) || typeof value === 'boolean' || typeof value === 'string', shape: 'a number, a text or true',
  },
};
const choices: Partial<Record<keyof Faults, readonly string[]>> = {
  iss: ['sent', 'missing', 'wrong'],
  statusShape: ['current', 'action_url', 'missing'],
};

export class FaultError extends Error {}

function checkTable(name: string, { entries, fits, shape }: Table, value: unknown): void {
  if (!isRecord(value)) throw new FaultError(`"${name}" is a table of ${entries.join(', ')}.`);
  for (const [key, entry] of Object.entries(value)) {
    if (!entries.includes(key)) throw new FaultError(`"${name}" has no "${key}". It has: ${entries.join(', ')}.`);
    if (entry !== null && !fits(entry)) throw new FaultError(`"${name}.${key}" is ${shape}.`);
  }
}

/** Says which name is unknown and which ones exist: a mistyped fault that does nothing is worse than an error. */
export function checkFaults(input: unknown): FaultChanges {
  if (!isRecord(input)) throw new FaultError('Faults are a JSON object, e.g. {"deny": true}.');
  const defaults: Record<string, unknown> = { ...noFaults() };
  for (const [name, value] of Object.entries(input)) {
    if (!Object.hasOwn(defaults, name)) {
      throw new FaultError(`There is no fault "${name}". There are: ${Object.keys(defaults).join(', ')}.`);
    }
    if (value === null) continue;
    const table = tables[name as keyof Faults];
    if (table !== undefined) checkTable(name, table, value);
    const allowed = choices[name as keyof Faults];
    if (allowed !== undefined && !(typeof value === 'string' && allowed.includes(value))) {
      throw new FaultError(`"${name}" is one of ${allowed.join(', ')}.`);
    }
    if (typeof defaults[name] === 'boolean' && typeof value !== 'boolean') {
      throw new FaultError(`"${name}" is true or false.`);
    }
  }
  return input;
}

function merge(base: Faults, changes: FaultChanges): Faults {
  const merged: Record<string, unknown> = { ...base };
  const defaults: Record<string, unknown> = { ...noFaults() };
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) continue;
    if (value === null) merged[name] = defaults[name];
    else if (tables[name as keyof Faults] !== undefined) {
      const table = { ...(merged[name] as object), ...structuredClone(value as object) };
      merged[name] = Object.fromEntries(Object.entries(table).filter(([, entry]) => entry !== null));
    } else merged[name] = structuredClone(value);
  }
  return merged as unknown as Faults;
}

export function createFaultBox(initial: FaultChanges = {}): FaultBox {
  let current = merge(noFaults(), checkFaults(initial));
  // Counted by entry, so that setting a fault anew starts its count anew.
  const used = new WeakMap<AnswerFault, number>();
  return {
    get current() { return current; },
    set(changes) { current = merge(current, checkFaults(changes)); },
    clear() { current = noFaults(); },
    merged(own) {
      if (own === undefined) return current;
      const result = merge(current, own);
      // The attempt's own entries keep their identity: their `times` is counted over all its requests.
      return { ...result, answers: { ...current.answers, ...(own.answers ?? {}) } };
    },
    due(faults, endpoint) {
      const fault = faults.answers[endpoint];
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
export function faultsOfQuery(query: URLSearchParams): FaultChanges | undefined {
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
  return checkFaults(changes);
}
