/** Numbers and dates as a language writes them. An unknown language falls back to the browser's own, never to an exception. */

const canonical = (lang: string): string | undefined => {
  try {
    return Intl.getCanonicalLocales(lang.replace(/_/g, '-'))[0];
  } catch {
    return undefined;
  }
};

const inUnit = (amount: number, unit: string, lang: string, digits = 0): string =>
  new Intl.NumberFormat(canonical(lang), { style: 'unit', unit, maximumFractionDigits: digits }).format(amount);

const isAmount = (value: number | null): value is number => value !== null && value >= 0 && value < Infinity;

/**
 * "850 m", "5.02 km", "42.2 km", "180 km"; "3.11 mi" where roads are signed in miles. Only a region that was named counts: a
 * bare "en" is written everywhere, and sport is measured in kilometres.
 */
export function formatDistance(meters: number | null, lang: string): string {
  if (!isAmount(meters)) return '';
  const miles = /-(US|GB|LR|MM)\b/.test(canonical(lang) ?? '');
  if (!miles && meters < 999.5) return inUnit(meters, 'meter', lang);
  const amount = meters / (miles ? 1609.344 : 1000);
  return inUnit(amount, miles ? 'mile' : 'kilometer', lang, amount < 10 ? 2 : amount < 100 ? 1 : 0);
}

/** "1:12:03", "42:00": as every watch shows it, in every language. */
export function formatDuration(seconds: number | null): string {
  if (!isAmount(seconds)) return '';
  const total = Math.round(seconds);
  const two = (value: number): string => String(Math.floor(value) % 60).padStart(2, '0');
  const hours = Math.floor(total / 3600);
  return hours ? `${hours}:${two(total / 60)}:${two(total)}` : `${Math.floor(total / 60)}:${two(total)}`;
}

const inUtc = (date: Date, options: Intl.DateTimeFormatOptions, lang: string): string =>
  Number.isNaN(date.getTime()) ? '' : new Intl.DateTimeFormat(canonical(lang), { ...options, timeZone: 'UTC' }).format(date);

/** The wall clock where it happened, as written: a morning run stays a morning run, wherever it is looked at. */
export function formatLocalStart(startLocal: string, lang: string): string {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d))?/.exec(startLocal) ?? [];
  return inUtc(new Date(`${day}T${time ?? '00:00'}Z`), { dateStyle: 'medium', ...(time && { timeStyle: 'short' }) }, lang);
}

/** "March 2023". In UTC, as the platforms count: the same for everyone, and a month off for nobody. */
export const formatMonth = (iso: string, lang: string): string => inUtc(new Date(iso), { month: 'long', year: 'numeric' }, lang);

/** "14 Mar 2023". */
export const formatDay = (iso: string, lang: string): string => inUtc(new Date(iso), { dateStyle: 'medium' }, lang);

/** A year in the language's own digits, without the word for it that some dates carry ("2026年"). */
export const inDigits = (year: number, lang: string): string => new Intl.NumberFormat(canonical(lang), { useGrouping: false }).format(year);
