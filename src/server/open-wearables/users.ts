import { ConnectError } from '../../core/errors.js';
import { membersOf, textOf } from '../../core/json.js';
import type { Clock } from '../../sync/clock.js';
import type { HostUser } from '../settings.js';
import { jsonIn } from '../upstream.js';
import { isMissingRoute } from './api.js';
import type { Api } from './api.js';
import { createKept } from './kept.js';

/** It goes into paths. */
const idForm = /^[\w-]{1,64}$/;

/**
 * The user's id at Open Wearables, which stays on this server: who knows it can attach a device (`authorize` asks for no
 * credentials). Visits that come at once share one look-up; those of other instances meet an index that is unique there.
 */
export interface Users {
  readonly idOf: (user: HostUser) => Promise<string>;
  /** Of a user who is there, for one who is about to connect something: `authorize` takes any id, and only its callback fails, where nobody but the visitor sees it. */
  readonly presentIdOf: (user: HostUser) => Promise<string>;
}

export function createUsers(api: Api, clock: Clock): Users {
  const known = createKept<string>(clock);
  const present = createKept<true>(clock);

  async function find(externalId: string): Promise<string | null> {
    const { items } = membersOf(await api.read('looking up the user', `/users?external_user_id=${encodeURIComponent(externalId)}&limit=1`));
    return idFrom(Array.isArray(items) ? items[0] : null, externalId);
  }

  async function findOrCreate(externalId: string): Promise<string> {
    const found = await find(externalId);
    if (found) return found;
    // Without an e-mail address: that one is checked first, and a conflict of it would hide the user.
    const response = await api.request('creating the user', '/users', { method: 'POST', body: { external_user_id: externalId }, also: [409] });
    const created = response.status === 409 ? await find(externalId) : idFrom(jsonIn(response), externalId, externalId);
    if (!created) throw new ConnectError('invalid_response', 'Open Wearables neither found nor created the user: expected one with this external_user_id.');
    return created;
  }

  const idOf = async ({ userId, openWearablesUserId: stored }: HostUser): Promise<string> => (isStored(stored) ? storedId(stored) : known(userId, () => findOrCreate(userId)));

  /** By the statuses that it has for what is no id of a user: which of them depends on the release. */
  async function checkPresent(id: string): Promise<true> {
    const answer = await api.request('looking for the user', `/users/${id}`, { also: [400, 404, 422] });
    // Without the route nobody can tell.
    if (answer.ok || isMissingRoute(answer)) return true;
    throw new ConnectError('misconfigured', `The openWearablesUserId that authenticate() gave is not known at Open Wearables (HTTP ${answer.status}): expected the id of a user there. Was the user deleted, or is the id of another server? Where nothing is stored leave it out: the user is then found, or created, by userId.`);
  }

  return {
    idOf,
    async presentIdOf(user) {
      const id = await idOf(user);
      // One that was looked up has just been seen.
      if (isStored(user.openWearablesUserId)) await present(id, () => checkPresent(id));
      return id;
    },
  };
}

const isStored = (given: HostUser['openWearablesUserId']): boolean => given !== undefined && given !== null;

/**
 * Whatever a host's database gave, typed or not: as texts in a path, a number or `true` would pass for an id. Which it was is never said,
 * since who knows one can attach a device.
 */
function storedId(given: unknown): string {
  if (typeof given === 'string' && idForm.test(given)) return given;
  const seen = typeof given === 'string' ? `a text of ${given.length} characters` : typeof given;
  throw new ConnectError('misconfigured', `authenticate() gave an openWearablesUserId that is none (${seen}): expected the id of a user at Open Wearables, letters, digits, - and _, 64 at most. Where nothing is stored leave it out, or null: the user is then found by userId.`);
}

/** A server that ignores the filter would give somebody else: then it is nobody. Who has just been created need not be told by name. */
function idFrom(json: unknown, externalId: string, unnamed?: string): string | null {
  const { id, external_user_id: external = unnamed } = membersOf(json);
  const text = textOf(id);
  return text && idForm.test(text) && external === externalId ? text : null;
}
