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

/** Tables are merged entry by entry, so that a second fault does not heal the first. */
const tables: Partial<Record<keyof Faults, readonly string[]>> = {
  answers: endpoints,
  delays: [...endpoints, ...pages],
  coop: pages,
  stream: ['cutAfter', 'cutInside', 'stallAfter', 'error', 'errorAfter'],
};
const choices: Partial<Record<keyof Faults, readonly string[]>> = {
  iss: ['sent', 'missing', 'wrong'],
  statusShape: ['current', 'action_url', 'missing'],
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export class FaultError extends Error {}

/** Says which name is unknown and which ones exist: a mistyped fault that does nothing is worse than an error. */
export function checkFaults(input: unknown): FaultChanges {
  if (!isRecord(input)) throw new FaultError('Faults are a JSON object, e.g. {"deny": true}.');
  const defaults: Record<string, unknown> = { ...noFaults() };
  for (const [name, value] of Object.entries(input)) {
    if (!Object.hasOwn(defaults, name)) {
      throw new FaultError(`There is no fault "${name}". There are: ${Object.keys(defaults).join(', ')}.`);
    }
    if (value === null) continue;
    const entries = tables[name as keyof Faults];
    if (entries !== undefined) {
      if (!isRecord(value)) throw new FaultError(`"${name}" is a table of ${entries.join(', ')}.`);
      for (const key of Object.keys(value)) {
        if (!entries.includes(key)) throw new FaultError(`"${name}" has no "${key}". It has: ${entries.join(', ')}.`);
      }
    }
    const allowed = choices[name as keyof Faults];
    if (allowed !== undefined && !allowed.includes(String(value))) {
      throw new FaultError(`"${name}" is one of ${allowed.join(', ')}.`);
    }
    if (typeof defaults[name] === 'boolean' && typeof value !== 'boolean') {
      throw new FaultError(`"${name}" is true or false.`);
    }
  }
  return input as FaultChanges;
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
      if (fault === undefined) return undefined;
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
