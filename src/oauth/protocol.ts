/**
 * What the page that asked and the page where the answer lands agree on. The answer travels as the raw query; no token and
 * no verifier ever crosses a window. This file goes into the callback script: every byte counts.
 */

/** Marks a `state` as ours, so that a page that is its own landing page never touches somebody else's sign-in. */
export const statePrefix = 'wc1.';

export interface Answer {
  readonly v: 1;
  readonly query: string;
}

export const answerOf = (query: string): Answer => ({ v: 1, query });

/** What the page that asked says, on every road, when it has heard the answer. */
export const acknowledged = 'wc1:heard';

/** Added for a window that was cut off from its opener (COOP): it cannot know that it was opened, and may close. */
export const cut = '!';

export const encoded = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

export const hashed = async (text: string): Promise<Uint8Array> => new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));

/** Before the state, where a channel is named after it: the landing page hashes by itself, without these functions. */
export const salt = 'wc1|';

/** An unguessable channel per attempt: whoever does not know `state` can neither listen nor speak on it. */
export const channelOf = async (state: string): Promise<string> => String(await hashed(salt + state));

export const attemptKey = (channel: string): string => `wc1:p:${channel}`;
export const mailboxKey = (channel: string): string => `wc1:m:${channel}`;
