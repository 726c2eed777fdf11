import assert from 'node:assert/strict';
import type { Sandbox } from '../../src/sandbox/index.js';
import { ask, type Answer } from './visitor.js';

export type Row = Record<string, unknown>;

/** A host's backend, with the key. */
export class Backend {
  readonly #sandbox: Sandbox;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  ask(method: string, path: string, body?: object, headers: Record<string, string> = { 'x-open-wearables-api-key': this.#sandbox.openWearablesKey }): Promise<Answer> {
    return ask(`${this.#sandbox.openWearables}/api/v1${path}`, {
      method, headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async read<Shape = Row>(path: string): Promise<Shape> {
    const answer = await this.ask('GET', path);
    assert.equal(answer.status, 200, `${path}: ${answer.body}`);
    return JSON.parse(answer.body) as Shape;
  }

  async user(externalId = 'person-1'): Promise<string> {
    const answer = await this.ask('POST', '/users', { external_user_id: externalId });
    return String((JSON.parse(answer.body) as Row)['id']);
  }

  async authorization(provider: string, user: string, back?: string): Promise<string> {
    const query = new URLSearchParams({ user_id: user, ...(back === undefined ? {} : { redirect_uri: back }) });
    return String((await this.read(`/oauth/${provider}/authorize?${query.toString()}`))['authorization_url']);
  }

  /** Signs in at the provider and decides; gives the answers one by one, redirects unfollowed: the provider's, then the server's if it is to `follow`. */
  async decide(authorization: string, decision: 'allow' | 'deny', fields: Record<string, string> = { history: 'on' }, follow = true): Promise<[Answer, Answer]> {
    const { origin, searchParams } = new URL(authorization);
    const state = searchParams.get('state') ?? '';
    const send = (path: string, form: Record<string, string>, cookie = ''): Promise<Answer> => ask(`${origin}${path}`, {
      method: 'POST', body: new URLSearchParams({ state, ...form }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie },
    });
    const signedIn = await send('/sign-in', { email: 'kim.larsen@example.com', password: 'x' });
    const cookie = (signedIn.headers['set-cookie']?.[0] ?? '').split(';')[0];
    const decided = await send('/decision', { decision, ...fields }, cookie);
    return [decided, follow ? await ask(decided.headers.location ?? '') : decided];
  }

  async connect(provider: string, user: string, fields?: Record<string, string>): Promise<void> {
    const [, answer] = await this.decide(await this.authorization(provider, user, 'https://host.example/done'), 'allow', fields);
    assert.equal(answer.status, 303, answer.body);
  }

  connections(user: string): Promise<Row[]> {
    return this.read<Row[]>(`/users/${user}/connections`);
  }

  recent(user: string): Promise<Row[]> {
    return this.read<Row[]>(`/users/${user}/sync/recent`);
  }
}

/** What an answer is made of: the names in their order, and of each value only what it is. */
export function shapeOf(value: unknown): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value === 'object') return Object.entries(value).map(([name, inside]) => [name, shapeOf(inside)]);
  return typeof value;
}

/** Compares with a literal of the recordings: same members, in the same order, of the same kind. */
export function sameShape(actual: unknown, recorded: unknown, about: string): void {
  assert.deepEqual(shapeOf(actual), shapeOf(recorded), about);
}

export const detail = (answer: Answer): unknown => (JSON.parse(answer.body) as Row)['detail'];
