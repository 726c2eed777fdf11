/**
 * The end of the road through the sign-in window: tells the page that asked, by every road at once, and closes.
 * Which road works depends on headers that are not ours (COOP cuts the opener, a cross-site frame cuts the channel, a blocked
 * storage cuts the mailbox); the first acknowledgement wins. Never navigates to, and never prints, anything from its address.
 */
import { answerOf, attemptKey, channelOf, isAcknowledged, mailboxKey, stateOf } from './protocol.js';
import { store, stored, unstore } from './storage.js';

export type Landed = 'finishing' | 'done' | 'return' | 'idle';

/** Quick at first, for the page that listens; then patient, for the page that is being reloaded or put back. */
const quickTries = 8;
const allTries = 300;

/** Takes the answer out of the address at once: nothing that runs later, and no history entry, may see the code. */
export function takeAnswer(): string {
  const { search, hash, pathname } = location;
  const query = stateOf(search) ? search : stateOf(hash.slice(1)) ? hash.slice(1) : search;
  history.replaceState(history.state, '', pathname);
  return query;
}

/** `say` shows a fixed sentence; `onward`, where given, continues in this window. */
export async function land(query: string, say: (what: Landed, onward?: () => void) => void): Promise<void> {
  const state = stateOf(query);
  // Without crypto.subtle (an insecure page) no attempt can have begun here.
  if (!state || !globalThis.crypto?.subtle) return say('idle');
  say('finishing');
  const channel = await channelOf(state);
  const record = stored('session', attemptKey(channel)) ?? stored('local', attemptKey(channel));
  const kept = tryTo(() => JSON.parse(record ?? '') as { mode?: unknown; returnTo?: unknown });
  const onward = (): void => {
    if (goOn(channel, record ?? '', String(kept?.returnTo), query)) say('idle');
  };
  if (kept?.mode === 'redirect') return onward();

  // A tab that a magic link opened may not close itself, and browsers log a warning where it tries.
  const mayClose = !!opener || !!stored('session', attemptKey(channel));
  let tries = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const radio = typeof BroadcastChannel === 'function' ? tryTo(() => new BroadcastChannel(channel)) : null;
  const heard = (event: MessageEvent): void => {
    if (!isAcknowledged(event.data) || (event.source && event.origin !== location.origin)) return;
    clearTimeout(timer);
    removeEventListener('message', heard);
    radio?.close();
    unstore('local', mailboxKey(channel));
    if (mayClose) close();
    setTimeout(() => say('done'), mayClose ? 300 : 0);
  };
  radio?.addEventListener('message', heard);
  addEventListener('message', heard);

  const tell = (): void => {
    tryTo(() => radio?.postMessage(answerOf(query)));
    // Never '*': only the origin that registered this page may read a code (RFC 9700 4.17.2).
    tryTo(() => opener?.postMessage(answerOf(query), location.origin));
    if (++tries === 2) store('local', mailboxKey(channel), JSON.stringify({ ...answerOf(query), createdAt: Date.now() }));
    if (tries === quickTries) say('return', kept ? onward : undefined);
    if (tries < allTries) timer = setTimeout(tell, tries < quickTries ? 250 : 2000);
  };
  tell();
}

/** The page that asked takes over in this window, at the very place where the visitor was. True where nothing will load. */
function goOn(channel: string, record: string, returnTo: string, query: string): boolean {
  const target = new URL(returnTo, location.origin);
  if (target.origin !== location.origin) return true;
  store('session', attemptKey(channel), record);
  store('session', mailboxKey(channel), JSON.stringify({ ...answerOf(query), createdAt: Date.now() }));
  // The same document would not load again by itself.
  const here = target.pathname === location.pathname && target.search === location.search;
  if (here) history.replaceState(history.state, '', target);
  else location.replace(target);
  return here;
}

function tryTo<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null;
  }
}
