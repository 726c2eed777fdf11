/** Reading answers whose shape changes within a day: what is not what it should be is null, never an exception. */

export type JsonObject = Readonly<Record<string, unknown>>;

export const objectOf = (value: unknown): JsonObject | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;

export const textOf = (value: unknown): string | null => (typeof value === 'string' && value.trim() ? value.trim() : null);

/** A quantity: a number, or a number somebody wrote as text. */
export function amountOf(value: unknown): number | null {
  const amount = typeof value === 'number' ? value : Number(textOf(value) ?? NaN);
  return Number.isFinite(amount) && amount >= 0 ? amount : null;
}

/**
 * An instant, as ISO 8601 in UTC. SweatStack's clock times without an offset are UTC; read as they stand, a browser would
 * take them for local time (ECMA-262 21.4.1.32), and Python's six decimals are more than the format promises to hold.
 */
export function instantOf(value: unknown): string | null {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(\.\d{1,3})?\d*)?(Z|([+-]\d\d):?(\d\d)?)?$/i.exec(textOf(value) ?? '');
  if (!match) return null;
  const [, day, time = '00:00', seconds = ':00', fraction = '', , hours, minutes = '00'] = match;
  const instant = new Date(`${day}T${time}${seconds}${fraction}${hours ? `${hours}:${minutes}` : 'Z'}`);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}

/** Seconds of an ISO 8601 duration (`P1DT2H3M4.5S`), or of a plain number. */
export function secondsOf(value: unknown): number | null {
  const match = /^\+?P(?:([\d.]+)W)?(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?$/i.exec(textOf(value)?.replace(/,/g, '.') ?? '');
  const parts = match?.slice(1);
  if (!parts?.some(Boolean)) return amountOf(value);
  const units = [604_800, 86_400, 3600, 60, 1];
  return amountOf(parts.reduce((total, part, index) => total + Number(part ?? 0) * (units[index] ?? 0), 0));
}
