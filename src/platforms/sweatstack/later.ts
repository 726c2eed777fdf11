/**
 * What is of use once somebody signs in, for a bundler: a chunk that comes while the sign-in window is open, or with a page that kept
 * tokens. The file for a script tag has `account.js` itself in this place (`atHand` in vite.config.ts).
 */
import { ConnectError } from '../../core/errors.js';
import { inTime, sent } from '../../core/once.js';
import { stored, tokensKey, unstore } from '../../oauth/storage.js';
import type { Shelf } from '../../oauth/storage.js';
import { hasTokens } from '../configuration.js';
import type { Account, App } from './account.js';
import { parts } from './parts.js';
import { appName } from './settings.js';

export function accountOf(app: App): Account {
  let here: Account | null = null;
  const arrive = sent(() =>
    inTime(parts.account).then(
      ({ accountOf: real }) => (here = real(app)),
      (thrown: unknown) => {
        throw new ConnectError('network', 'The code that follows a sign-in could not be loaded: is its chunk served, of this page’s version?', thrown);
      },
    ),
  );
  /** In the caller's task where it can be: there a click may open a window. */
  const when = <R>(run: (account: Account) => Promise<R>): Promise<R> => (here ? run(here) : arrive().then(run));
  /** Of somebody who kept nothing there is nothing to restore, and nothing to forget. */
  const kept = <T>(look: (shelf: Shelf, key: string) => T): T | null => {
    const settings = app.settings();
    return settings.persist === 'memory' ? null : look(settings.persist, tokensKey(appName(settings)));
  };

  return {
    // Both at once; whoever needs one will hear what went wrong.
    ahead() {
      void arrive().catch(() => {});
      void app.afterwards().catch(() => {});
    },
    restore: async () => (here || kept(stored) !== null ? when((account) => account.restore()) : null),
    confirm: async (grant, signal) => when((account) => account.confirm(grant, signal)),
    async *follow(connections, signal) {
      // Without a pause, where it can be: what was asked for already is taken over at once.
      yield* (here ?? (await arrive())).follow(connections, signal);
    },
    ...(!app.options.noPreview && { preview: (signal: AbortSignal) => when(async (account) => (await account.preview?.(signal)) ?? null) }),
    accessToken: async (signal, force) => when((account) => account.accessToken(signal, force)),
    refresh: async (signal) => when((account) => account.refresh(signal)),
    ...(hasTokens(app.options) && { manage: (signal: AbortSignal, again?: () => void) => when(async (account) => account.manage?.(signal, again)) }),
    disconnect: async (source, signal) => when((account) => account.disconnect(source, signal)),
    forget() {
      if (here) return here.forget();
      try {
        kept(unstore);
      } catch {
        // Misconfigured: nothing was ever kept.
      }
    },
  };
}
