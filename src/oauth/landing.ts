/**
 * The end of the road through the sign-in window: tells the page that asked, by every road at once, and closes.
 * Which road works depends on headers that are not ours (COOP cuts the opener, a cross-site frame cuts the channel, a blocked
 * storage cuts the mailbox); the first acknowledgement wins. Never navigates to, and never prints, anything from its address.
 */
import { acknowledged, answerOf, attemptKey, channelOf, mailboxKey, stateOf } from './protocol.js';
import { store, stored, tryTo, unstore } from './storage.js';
import type { Shelf } from './storage.js';

export type Landed = 'done' | 'return' | 'idle';

/** Quick at first, for the page that listens; then patient, for the page that is being reloaded or put back. */
const quickTries = 8;
const allTries = 300;

/** Takes the answer out of the address at once: nothing that runs later, and no history entry, may see the code. */
export function takeAnswer(): string {
  const { search, hash, pathname } = location;
  const query = stateOf(search) ? search : hash.slice(1);
  history.replaceState(history.state, '', pathname);
  return query;
}

/** `say` shows a fixed sentence; `onward`, where given, continues in this window. */
export async function land(query: string, say: (what: Landed, onward?: () => void) => void): Promise<void> {
  const state = stateOf(query);
  // On an insecure page there is no crypto.subtle, and no attempt can have begun.
  if (!state || !crypto.subtle) return say('idle');
  const channel = await channelOf(state);
  const record = stored('session', attemptKey(channel)) ?? stored('local', attemptKey(channel)) ?? '';
  const kept = tryTo(() => JSON.parse(record) as { mode?: unknown; returnTo?: unknown } | null);
  const answer = answerOf(query);
  const keepMail = (shelf: Shelf): void => store(shelf, mailboxKey(channel), JSON.stringify({ ...answer, createdAt: Date.now() }));

  /** The page that asked takes over in this window, at the very place where the visitor was. */
  const onward = (): void => {
    const target = new URL(String(kept?.returnTo), location.origin);
    if (target.origin !== location.origin) return say('idle');
    store('session', attemptKey(channel), record);
    keepMail('session');
    if (target.pathname + target.search !== location.pathname + location.search) return location.replace(target);
    // The same document would not load again by itself.
    history.replaceState(history.state, '', target);
    say('idle');
  };
  if (kept?.mode === 'redirect') return onward();

  const from = opener as Window | null;
  let tries = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const radio = tryTo(() => new BroadcastChannel(channel));
  const heard = ({ data, source, origin }: MessageEvent): void => {
    if (!String(data).startsWith(acknowledged) || (source && origin !== location.origin)) return;
    clearTimeout(timer);
    removeEventListener('message', heard);
    radio?.close();
    unstore('local', mailboxKey(channel));
    // A tab that a magic link opened may not close itself, and browsers log a warning where it tries.
    if (from || data !== acknowledged) close();
    say('done');
  };
  radio?.addEventListener('message', heard);
  addEventListener('message', heard);

  const tell = (): void => {
    tryTo(() => radio?.postMessage(answer));
    // Never '*': only the origin that registered this page may read a code (RFC 9700 4.17.2).
    tryTo(() => from?.postMessage(answer, location.origin));
    if (++tries === 2) keepMail('local');
    if (tries === quickTries) say('return', kept ? onward : undefined);
    if (tries < allTries) timer = setTimeout(tell, tries < quickTries ? 250 : 2000);
  };
  tell();
}
