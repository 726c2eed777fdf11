import { sendBroken } from '../broken-answer.js';
import { pauseFor } from '../pause.js';
import { HttpError, sendJson, type Exchange } from '../web.js';
import type { OpenWearablesEndpoint, OpenWearablesFaults } from './faults.js';
import { isSince, type Release } from './releases.js';
import type { OpenWearables } from './world.js';

type Answer = (faults: OpenWearablesFaults) => void | Promise<void>;

/** What every endpoint does before it answers: the delay and the broken answer that a fault may ask for. */
export async function throughFaults(
  world: OpenWearables, exchange: Exchange, endpoint: OpenWearablesEndpoint, answer: Answer,
): Promise<void> {
  const faults = world.faults.current;
  await pauseFor(faults.delays[endpoint] ?? 0, world.closing);
  const fault = world.faults.due(faults, endpoint);
  if (fault === undefined) await answer(faults);
  // What the real one did not foresee is plain text.
  else sendBroken(exchange, fault, fault.status === 500 ? 'text' : 'detail');
}

const bearerOf = (exchange: Exchange): string => /^Bearer (.+)$/i.exec(exchange.req.headers.authorization ?? '')?.[1] ?? '';
export const keyHeader = 'x-open-wearables-api-key';

/** For whoever has the API key, or has signed in as a developer. The user's own token of the phone is neither. */
export const withKey = (world: OpenWearables, exchange: Exchange, endpoint: OpenWearablesEndpoint, answer: Answer): Promise<void> =>
  throughFaults(world, exchange, endpoint, (faults) => {
    const key = exchange.req.headers[keyHeader];
    const developer = world.developerTokens.has(bearerOf(exchange));
    if (key === undefined && !developer) throw new HttpError(401, 'Authentication required: provide JWT token or API key');
    if (key !== world.settings.openWearablesKey && !developer) throw new HttpError(401, 'Invalid or missing API key');
    return answer(faults);
  });

export const isDeveloper = (world: OpenWearables, exchange: Exchange): boolean => world.developerTokens.has(bearerOf(exchange));

/** For developers alone: the API key is refused. */
export const withDeveloper = (world: OpenWearables, exchange: Exchange, answer: Answer): Promise<void> =>
  throughFaults(world, exchange, 'admin', (faults) => {
    if (!isDeveloper(world, exchange)) {
      exchange.res.setHeader('www-authenticate', 'Bearer');
      throw new HttpError(401, 'Could not validate credentials');
    }
    return answer(faults);
  });

/** What a route says that came with a later release: the capital F tells it from a missing user. */
export function needs(faults: OpenWearablesFaults, first: Release): void {
  if (!isSince(faults.release, first)) throw new HttpError(404, 'Not Found');
}

/** Failed validation is 400 with the first error's sentence, not FastAPI's usual 422 with a list. */
export const refuse = (sentence: string): never => {
  throw new HttpError(400, sentence);
};

export function uuidOf(text: string | null | undefined): string {
  if (text === null || text === undefined) return refuse('Field required');
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase();
  const place = text.search(/[^0-9a-fA-F-]/);
  const why = place < 0
    ? `invalid length: expected length 32 for simple format, found ${text.replaceAll('-', '').length}`
    : `invalid character: expected an optional prefix of \`urn:uuid:\` followed by [0-9a-fA-F-], found \`${text.charAt(place)}\` at ${place + 1}`;
  return refuse(`Input should be a valid UUID, ${why} - ${why}`);
}

export function countOf(query: URLSearchParams, name: string, otherwise: number, most: number): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  if (!/^[+-]?\d+$/.test(text)) return refuse('Input should be a valid integer, unable to parse string as an integer');
  const value = Number(text);
  if (value < 1) return refuse('Input should be greater than or equal to 1');
  return value > most ? refuse(`Input should be less than or equal to ${most}`) : value;
}

export function flagOf(query: URLSearchParams, name: string, otherwise: boolean): boolean {
  const text = query.get(name)?.toLowerCase();
  if (text === undefined) return otherwise;
  if (['true', '1', 'yes', 'on', 't', 'y'].includes(text)) return true;
  if (['false', '0', 'no', 'off', 'f', 'n'].includes(text)) return false;
  return refuse('Input should be a valid boolean, unable to interpret input');
}

/** An object of the body; none at all is refused, an empty one is fine. */
export async function bodyOf(exchange: Exchange): Promise<Record<string, unknown>> {
  const text = await exchange.text();
  if (text === '') return refuse('Field required');
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    return refuse('JSON decode error');
  }
  return refuse('Input should be a valid dictionary or object to extract fields from');
}

export function wordOf(body: Record<string, unknown>, name: string, longest: number): string | null {
  const value = body[name] ?? null;
  if (value === null) return null;
  if (typeof value !== 'string') return refuse('Input should be a valid string');
  return value.length > longest ? refuse(`String should have at most ${longest} characters`) : value;
}

/** A good answer; with `unknownValues` it has a member nobody has heard of. */
export const sendObject = (exchange: Exchange, faults: OpenWearablesFaults, value: object, status = 200): void =>
  sendJson(exchange, status, faults.unknownValues ? { ...value, api_generation: { major: 7 } } : value);
