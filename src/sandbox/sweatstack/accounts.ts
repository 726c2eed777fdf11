import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Person } from '../person.js';
import type { Integration } from './integrations.js';
import { idOf } from './seed.js';

export interface Connection {
  integration: Integration;
  connectedAt: number;
  /** Whether the visitor let past activities through. */
  history: boolean;
  dailies: boolean;
}

export interface Account {
  sub: string;
  name: string;
  givenName: string | null;
  familyName: string | null;
  email: string | null;
  registeredAt: number;
  /** Who signs in as this account; stays when a wearable is disconnected, so that the same person comes back to it. */
  identities: { integration: Integration; user: string }[];
  connections: Connection[];
  /** Applications the account has consented to, and the scopes. */
  apps: Record<string, string[]>;
}

export interface Accounts {
  readonly all: readonly Account[];
  bySub(sub: string): Account | undefined;
  byEmail(email: string): Account | undefined;
  byIdentity(integration: Integration, user: string): Account | undefined;
  create(person: Person, email: string | null, now: number): Account;
  link(account: Account, integration: Integration, user: string): void;
  connect(account: Account, connection: Connection): void;
  disconnect(account: Account, integration: Integration): void;
  /** To be called after changing an account by hand. */
  save(): void;
  clear(): void;
}

function load(file: string | undefined): Account[] {
  if (file === undefined || !existsSync(file)) return [];
  try {
    const stored: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (Array.isArray(stored)) return stored as Account[];
  } catch (error) {
    throw new Error(`The accounts file ${file} is not the JSON the sandbox wrote; delete it to start afresh.`, { cause: error });
  }
  throw new Error(`The accounts file ${file} does not hold a list; delete it to start afresh.`);
}

export function createAccounts(file: string | undefined): Accounts {
  let all = load(file);
  const save = (): void => {
    if (file === undefined) return;
    // Written beside and moved, so that a stop in the middle leaves the older list whole.
    writeFileSync(`${file}.new`, `${JSON.stringify(all, null, 2)}\n`);
    renameSync(`${file}.new`, file);
  };
  return {
    get all() { return all; },
    bySub: (sub) => all.find((account) => account.sub === sub),
    byEmail: (email) => all.find((account) => account.email === email.toLowerCase()),
    byIdentity: (integration, user) => all.find((account) => account.identities.some(
      (identity) => identity.integration === integration && identity.user === user,
    )),
    create(person, email, now) {
      const account: Account = {
        sub: idOf(`account ${person.user} ${email ?? ''}`), name: person.name, givenName: person.givenName,
        familyName: person.familyName, email: email?.toLowerCase() ?? null, registeredAt: now,
        identities: [], connections: [], apps: {},
      };
      all.push(account);
      save();
      return account;
    },
    link(account, integration, user) {
      account.identities.push({ integration, user });
      save();
    },
    connect(account, connection) {
      // Connecting again starts no second history; it only renews the permissions.
      const before = account.connections.find((known) => known.integration === connection.integration);
      if (before === undefined) account.connections.push(connection);
      else if (connection.history && !before.history) Object.assign(before, connection);
      else Object.assign(before, { ...connection, connectedAt: before.connectedAt });
      save();
    },
    disconnect(account, integration) {
      account.connections = account.connections.filter((connection) => connection.integration !== integration);
      save();
    },
    save,
    clear() {
      all = [];
      save();
    },
  };
}
