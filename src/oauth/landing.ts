/**
 * The end of the road through the sign-in window: tells the page that asked, by every road at once, and closes.
 * Which road works depends on headers that are not ours (COOP cuts the opener, a cross-site frame cuts the channel, a blocked
 * storage cuts the mailbox); the first acknowledgement wins. Never navigates to, and never prints, anything from its address.
 */
// Before the other one: in this order the minifier puts its short functions where they are called.
import { acknowledged, answerOf, attemptKey, mailboxKey, salt } from './protocol.js';
import { stateOf } from './address.js';
import { reach, tryTo } from './storage.js';
import type { Shelf } from './storage.js';

export type Landed = 'done' | 'return' | 'idle';

/** Quick at first, after the first, for the page that listens; then patient, for the page that is being reloaded or put back. */
const quickTries = 7;
const allTries = 300;

/** `say` shows a fixed sentence; `onward`, where given, continues in this window. */
export async function land(query: string, say: (what: Landed, onward?: (() => void) | null) => void): Promise<void> {
  const state = stateOf(query);
  // On an insecure page there is no crypto.subtle, and no attempt can have begun.
  if (!state || !crypto.subtle) return say('idle');
  const channel = String(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(salt + state))));
  const attemptAt = attemptKey(channel);
  const mailAt = mailboxKey(channel);
  const answer = answerOf(query);
  // Known now: it reads as null once the page that asked is gone.
  const asker = opener as Window | null;
  // Never '*': only the origin that registered this page may read a code (RFC 9700 4.17.2).
  const tellAsker = (): unknown => tryTo(() => (asker as Window).postMessage(answer, origin));
  // Before anything is read from storage, which makes a new window wait for another process.
  tellAsker();
  const record = reach('session', 'getItem', attemptAt) ?? reach('local', 'getItem', attemptAt);
  const kept = tryTo(() => JSON.parse(record as string) as { mode?: unknown; returnTo?: unknown } | null);
  const keepMail = (shelf: Shelf): unknown => reach(shelf, 'setItem', mailAt, JSON.stringify({ ...answer, createdAt: Date.now() }));

  /** The page that asked takes over in this window, at the very place where the visitor was. */
  const onward = (): void => {
    const target = new URL((kept as { returnTo: string }).returnTo, origin);
    if (target.origin === origin) {
      reach('session', 'setItem', attemptAt, record as string);
      keepMail('session');
      if (target.pathname + target.search !== location.pathname) return location.replace(target);
      // The same document would not load again by itself.
      history.replaceState(history.state, '', target);
    }
    say('idle');
  };
  if (kept?.mode === 'redirect') return onward();

  let tries = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const radio = tryTo(() => new BroadcastChannel(channel)) as BroadcastChannel;
  // A channel's messages have an origin too, always this one (HTML 9.5).
  const heard = ({ data, origin: from }: MessageEvent): void => {
    // oxlint-disable-next-line typescript/prefer-string-starts-ends-with -- data may be of any kind, and only a pattern asks each of them
    if (!/^wc1:heard/.test(data as string) || from !== origin) return;
    clearTimeout(timer);
    removeEventListener('message', heard);
    radio?.close();
    reach('local', 'removeItem', mailAt);
    // A tab that a magic link opened may not close itself, and browsers log a warning where it tries.
    if (asker || data !== acknowledged) close();
    say('done');
  };
  addEventListener('message', heard);
  radio?.addEventListener('message', heard);

  const tell = (): void => {
    tryTo(() => radio.postMessage(answer));
    if (tries) tellAsker();
    // An attempt that was given up has no record: its answer is for nobody, and stays nowhere.
    if (kept && tries === 1) keepMail('local');
    if (tries === quickTries) say('return', kept && onward);
    if (++tries < allTries) timer = setTimeout(tell, tries < quickTries + 1 ? 300 : 2000);
  };
  tell();
}
