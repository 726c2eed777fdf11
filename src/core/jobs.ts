/** What each phase does with its platform. A job says what it found by posting messages; it never touches the state. */
import { deepFrozen } from './frozen.js';
import type { Message } from './machine.js';
import type { Outcome, Progress, Tokens, TokensReason } from './nouns.js';
import type { Confirmed, Platform } from './platform.js';
import type { Account, In } from './state.js';
import type { Throttle } from './throttle.js';

export type Post = (message: Message) => void;

interface Work {
  readonly signal: AbortSignal;
  readonly post: Post;
}

interface TellingWork extends Work {
  readonly tell: (tokens: Tokens | null, reason: TokensReason) => void;
}

export async function load(platform: Platform, entered: In<'loading'>, { signal, post, tell }: TellingWork): Promise<void> {
  // Whoever is signed in already only lacks the list: connect() came before it was here.
  const restoring = entered.account ? null : platform.restore?.(signal);
  const [sources, restored] = await Promise.all([platform.sources(signal), restoring ?? null, platform.prepare(signal)]);
  const account = restored?.account ? await settled(restored.account, () => tell(restored.account?.tokens ?? null, 'restored'), signal) : null;
  if (restored?.pending) post({ type: 'resumed', sources, account, ...restored.pending });
  else if (account) post({ type: 'restored', sources, account });
  else post({ type: 'loaded', sources });
}

export async function confirm(platform: Platform, { grant }: In<'confirming'>, { signal, post, tell }: TellingWork): Promise<void> {
  const confirmed = await platform.confirm(grant, signal);
  const account = await settled(confirmed, () => tell(confirmed.tokens, 'connected'), signal);
  post({ type: 'confirmed', account });
}

/** Tokens are told at once; who and what is connected may still be on its way. */
async function settled({ user, connections }: Confirmed, tellTokens: () => void, signal: AbortSignal): Promise<Account> {
  signal.throwIfAborted();
  tellTokens();
  const [who, what] = await Promise.all([user, connections]);
  return deepFrozen({ user: who, connections: [...what] });
}

export async function sync(platform: Platform, { account }: In<'syncing'>, { signal, post, throttle }: Work & { readonly throttle: Throttle<Progress> }): Promise<void> {
  let outcome: Outcome = 'success'; // What simply ends is in: failing is what throwing is for.
  for await (const update of platform.follow(account?.connections ?? [], signal)) {
    if (signal.aborted) return;
    if (update.type === 'progress') throttle.push(deepFrozen(update.progress));
    else if (update.type === 'connections') post({ type: 'learnt', connections: deepFrozen([...update.connections]) });
    else {
      ({ outcome } = update);
      break;
    }
  }
  if (signal.aborted) return;
  throttle.flush();
  post({ type: 'finished', outcome });
}
