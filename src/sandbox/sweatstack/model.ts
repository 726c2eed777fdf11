import type { FaultChanges } from '../faults.js';
import type { SandboxClient } from '../options.js';
import type { Person } from '../person.js';
import type { Integration, WearableSite } from './integrations.js';

/** One visit to the authorize or express page, from its first request to the code it ends in. */
export interface Attempt {
  id: string;
  door: 'express' | 'authorize';
  client: SandboxClient;
  redirectUri: string;
  scopes: string[];
  state: string | undefined;
  nonce: string | undefined;
  codeChallenge: string;
  prompt: 'none' | 'login' | 'consent' | 'select_account';
  userFlow: 'session' | 'signup' | 'login';
  emailOnlyExisting: boolean;
  faults: FaultChanges | undefined;
  createdAt: number;
}

/** A visitor sent to a wearable's own site, and what should follow when they come back. */
export interface Errand {
  integration: Integration;
  next: { to: 'attempt'; id: string } | { to: 'settings'; sub: string; page: string };
}

/** What a wearable's site gives SweatStack for a one-time ticket. */
export interface Ticket {
  integration: Integration;
  person: Person;
  history: boolean;
  dailies: boolean;
}

/** A person the wearable could not give an address for, until they typed one. */
export interface Newcomer {
  attempt: string;
  ticket: Ticket;
}

export interface PortalVisit {
  sub: string;
  clientId: string;
  returnUrl: string | undefined;
}

export interface Origins extends Record<WearableSite, string> {
  sweatstack: string;
  mail: string;
}

/** A message in the sandbox's inbox; nothing is sent anywhere. */
export interface Mail {
  to: string;
  subject: string;
  /** The one-time address the message is about. */
  link: string;
  at: number;
}
