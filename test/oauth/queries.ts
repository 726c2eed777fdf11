/** Addresses that end up on a landing page: right ones, wrong ones, and what people and proxies make of them. */
import * as fc from 'fast-check';

const encoded = (name: string, value: string): string => new URLSearchParams([[name, value]]).toString();
const raw = (name: string, value: string): string => `${name}=${value}`;

/** One parameter, as a server, an attacker or a broken proxy would write it. */
const parameter = (state: string): fc.Arbitrary<string> => {
  const text = fc.oneof(fc.string({ maxLength: 12, unit: 'binary' }), fc.constantFrom('', '\u0000', '\ud800', '\u202e<b>', 'x'));
  const states = fc.oneof({ weight: 4, arbitrary: fc.constant(state) }, { weight: 1, arbitrary: fc.constantFrom('', 'theirs', `x${state}`, `${state}x`, 'wc1.', 'wc1.other', state.toUpperCase()) });
  const write = fc.constantFrom(encoded, raw);
  return fc.oneof(
    { weight: 6, arbitrary: fc.tuple(write, states).map(([how, value]) => how('state', value)) },
    { weight: 6, arbitrary: fc.tuple(write, fc.oneof(fc.constant('secret'), text)).map(([how, value]) => how('code', value)) },
    { weight: 2, arbitrary: fc.tuple(write, fc.constantFrom('access_denied', 'login_required', 'odd', '')).map(([how, value]) => how('error', value)) },
    { weight: 1, arbitrary: fc.constantFrom('access_token=t', 'id_token=t', 'iss=https%3A%2F%2Fa.example', 'iss=', 'token=t') },
    { weight: 1, arbitrary: fc.tuple(write, text, text).map(([how, name, value]) => how(name, value)) },
    { weight: 1, arbitrary: fc.constantFrom('%', '%E0%A4%A', '%00', '%ED%A0%80=%', '=', '&', 'state', 'code', '#', '?', ';state=x') },
  );
};

export const queries = (state: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom('', '', '?'), fc.array(parameter(state), { maxLength: 5 }), fc.constantFrom(0, 0, 0, 8191, 8192, 8193, 20_000))
    .map(([mark, parts, length]) => {
      const query = mark + parts.join('&');
      return length > query.length + 3 ? `${query}&x=${'x'.repeat(length - query.length - 3)}` : query;
    });

/** What an answer of ours is, said once more in other words: one state, one outcome, nothing twice, no token, not too long. */
export function isAnswerTo(state: string, query: string): boolean {
  const names = [...new URLSearchParams(query)].map(([name]) => name);
  const times = (...wanted: string[]): number => names.filter((name) => wanted.includes(name)).length;
  const right = new URLSearchParams(query).get('state') === state && times('state') === 1;
  return right && query.length <= 8192 && times('code', 'error') === 1 && times('iss') < 2 && times('access_token', 'id_token') === 0;
}
