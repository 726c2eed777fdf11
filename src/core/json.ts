/** Reading answers whose shape changes within a day: what is not what it should be is null, never an exception. */

/** The members of an object; of anything else, none. */
export const membersOf = (value: unknown): Readonly<Record<string, unknown>> => Object(value) as Record<string, unknown>;

export const textOf = (value: unknown): string | null => (typeof value === 'string' && value.trim()) || null;

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
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)\d*)?(?:Z|([+-]\d\d):?(\d\d)?)?$/i.exec(textOf(value) ?? '');
  if (!match) return null;
  const [, day, time = '00:00', hours, minutes = '00'] = match;
  const instant = new Date(`${day}T${time}${hours ? `${hours}:${minutes}` : 'Z'}`);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}

const secondsIn: Readonly<Record<string, number>> = { W: 604_800, D: 86_400, H: 3600, M: 60, S: 1 };

/** Seconds of an ISO 8601 duration (`P1DT2H3M4.5S`), or of a plain number. */
export function secondsOf(value: unknown): number | null {
  // Not String(): JSON can hold an object that cannot be made a text.
  const text = (textOf(value) ?? '').replace(/,/g, '.');
  if (!/^P(?=.)([\d.]+[WD])*(T([\d.]+[HMS])+)?$/.test(text)) return amountOf(value);
  return amountOf([...text.matchAll(/([\d.]+)(\w)/g)].reduce((total, [, count, unit = '']) => total + Number(count) * (secondsIn[unit] ?? 0), 0));
}
