import { readFileSync } from 'node:fs';
import type { Answer } from './visitor.js';

/** One request to the real server and what it answered; secrets and hosts are replaced by placeholders. */
export interface Recorded {
  readonly label: string;
  readonly req: { readonly method: string; readonly path: string; readonly headers: readonly string[]; readonly body: Readonly<Record<string, unknown>> | null };
  readonly res: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: unknown };
}

const read = <Shape>(name: string): Shape => JSON.parse(readFileSync(new URL(`recorded/${name}.json`, import.meta.url), 'utf8')) as Shape;

export const exchanges = read<readonly Recorded[]>('http');

/** One stream of the real server, line by line, with the second each line arrived. */
export const stream = read<{ readonly headers: Readonly<Record<string, string>>; readonly lines: readonly { readonly at: number; readonly line: string }[] }>('sync-stream');

/** What is made up anew in every run, by its form: two answers say the same if they agree in all the rest. */
const forms: readonly (readonly [name: string, form: RegExp])[] = [
  ['<jwt>', /<jwt>|\beyJ[\w-]+\.[\w-]+\.[\w-]+/g],
  ['<refresh token>', /rt-(?:<32 hex>|[0-9a-f]{32})/g],
  ['<secret>', /secret_(?:<64 hex>|[0-9a-f]{64})/g],
  ['<app>', /app_(?:<32 hex>|[0-9a-f]{32})/g],
  ['<uuid>', /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g],
  ['<time>Z', /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z/g],
  ['<time>+00:00', /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00/g],
  ['<second>Z', /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g],
  ['pull_<run>', /pull_[0-9a-f]{16}/g],
  ['_<8 hex>', /_[0-9a-f]{8}(?![0-9a-f])/g],
  ['_<16 hex>', /_[0-9a-f]{16}(?![0-9a-f])/g],
  ['state=<state>', /state=[\w-]{43}/g],
  ['code_challenge=<challenge>', /code_challenge=[\w-]{43}/g],
  ['?code=<code>', /\?code=c-[\w-]+/g],
  ['client_id=<client>', /client_id=[\w-]+/g], // One that is empty stays empty.
  ['https://ow.example', /http:\/\/open-wearables\.localhost:\d+/g],
  ['<provider’s page>', /https:\/\/provider\.example\/\w+\/authorize|http:\/\/\w+\.localhost:\d+\/oauth\/authorize/g],
];

/** Members whose value is the recorded person’s, or the run’s own: of these the kind is compared. */
const ofThePerson = new Set([
  ...['state', 'trace_id', 'code', 'provider_user_id', 'provider_username', 'scope', 'email', 'external_user_id', 'expires_at'],
  ...['data_points', 'total_data_points', 'total_workouts', 'total_sleep_events', 'workout_count', 'sleep_count', 'success', 'total_count', 'sample_count', 'running'],
  ...['steps', 'resting_heart_rate', 'heart_rate_variability_rmssd', 'distance_walking_running'],
]);

/** How much there is, and where it goes on. */
const ofTheAmount = new Set(['has_more', 'next_cursor']);

/** Lists of what somebody did: of these the names in one of them are compared, and not how many there are. */
const records = new Set(['data', 'by_provider']);

/** What the answer says, without what is another in every run. */
export function gist(value: unknown, name = ''): unknown {
  if (ofTheAmount.has(name)) return '<more or not>';
  if (typeof value === 'string') return ofThePerson.has(name) ? '<text>' : forms.reduce((text, [replacement, form]) => text.replace(form, replacement), value);
  if (typeof value === 'number') return ofThePerson.has(name) ? '<number>' : value;
  if (Array.isArray(value)) return records.has(name) ? Object.keys((value[0] ?? {}) as object) : value.map((one) => gist(one));
  if (typeof value === 'object' && value !== null) return Object.entries(value).map(([member, inside]) => [member, gist(inside, member)]);
  return value;
}

export function bodyOf({ body, headers }: Answer): unknown {
  return body !== '' && headers['content-type'] === 'application/json' ? (JSON.parse(body) as unknown) : body;
}
