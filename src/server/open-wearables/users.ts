import { ConnectError } from '../../core/errors.js';
import { membersOf, textOf } from '../../core/json.js';
import type { Clock } from '../../sync/clock.js';
import type { HostUser } from '../settings.js';
import { jsonIn } from '../upstream.js';
import type { Api } from './api.js';

/** Long enough for a visit, short enough that a user who was deleted there is found out. */
const keptMs = 600_000;
const mostKept = 10_000;

/** It goes into paths. */
const idForm = /^[\w-]{1,64}$/;

/**
 * The user's id at Open Wearables, which stays on this server: who knows it can attach a device (`authorize` asks for no
 * credentials). Visits that come at once share one look-up; those of other instances meet an index that is unique there.
 */
export function createUsers(api: Api, clock: Clock): (user: HostUser) => Promise<string> {
  const known = new Map<string, { readonly id: Promise<string>; readonly at: number }>();

  async function find(externalId: string): Promise<string | null> {
    const { items } = membersOf(await api.read('looking up the user', `/users?external_user_id=${encodeURIComponent(externalId)}&limit=1`));
    return idFrom(Array.isArray(items) ? items[0] : null, externalId);
  }

  async function findOrCreate(externalId: string): Promise<string> {
    const found = await find(externalId);
    if (found) return found;
    // Without an e-mail address: that one is checked first, and a conflict of it would hide the user.
    const response = await api.request('creating the user', '/users', { method: 'POST', body: { external_user_id: externalId }, also: [409] });
    const created = response.status === 409 ? await find(externalId) : idFrom(jsonIn(response), externalId);
    if (!created) throw new ConnectError('invalid_response', 'Open Wearables neither found nor created the user: expected one with this external_user_id.');
    return created;
  }

  return async ({ userId, openWearablesUserId }) => {
    if (openWearablesUserId !== undefined && openWearablesUserId !== null) return storedId(openWearablesUserId);
    const kept = known.get(userId);
    if (kept && clock.now() - kept.at < keptMs) return kept.id;
    const id = findOrCreate(userId);
    known.delete(userId);
    known.set(userId, { id, at: clock.now() });
    const [eldest] = known.keys();
    if (known.size > mostKept && eldest !== undefined) known.delete(eldest);
    id.catch(() => {
      if (known.get(userId)?.id === id) known.delete(userId);
    });
    return id;
  };
}

/**
 * Whatever a host's database gave, typed or not: as texts in a path, a number or `true` would pass for an id. Which it was is never said,
 * since who knows one can attach a device.
 */
function storedId(given: unknown): string {
  if (typeof given === 'string' && idForm.test(given)) return given;
  const seen = typeof given === 'string' ? `a text of ${given.length} characters` : typeof given;
  throw new ConnectError('misconfigured', `authenticate() gave an openWearablesUserId that is none (${seen}): expected the id of a user at Open Wearables, letters, digits, - and _, 64 at most. Where nothing is stored leave it out, or null: the user is then found by userId.`);
}

/** A server that ignores the filter would give somebody else: then it is nobody. */
function idFrom(json: unknown, externalId: string): string | null {
  const { id, external_user_id: external } = membersOf(json);
  const text = textOf(id);
  return text && idForm.test(text) && external === externalId ? text : null;
}
