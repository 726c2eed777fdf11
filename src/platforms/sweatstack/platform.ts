/** SweatStack: the browser signs in by itself (authorization code, PKCE). What follows once somebody has is in account.ts. */
import { anySource } from '../../core/integrations.js';
import { once } from '../../core/once.js';
import type { Platform, Restored } from '../../core/platform.js';
import { checkedUrl } from '../../core/urls.js';
import { dropAttempt } from '../../oauth/attempt.js';
import { createSignIn } from '../../oauth/sign-in.js';
import type { Answered } from '../../oauth/sign-in.js';
import type { App } from './account.js';
import { accountOf } from './later.js';
import { parts } from './parts.js';
import { authorizeParameters, settingsFrom, signInUrl } from './settings.js';
import type { SweatstackOptions } from './settings.js';

export function sweatstack(options: SweatstackOptions = {}): Platform {
  let prompt: string | null = null;

  /** Need a page at hand, so they are made when the first job begins, not at import. */
  const settings = once(() => settingsFrom(options));
  const signIn = once(() => {
    const { base, clientId, redirectUri, popupOnly, prompt: first } = settings();
    return createSignIn({
      issuer: base.origin,
      clientId,
      redirectUri,
      popupOnly,
      urlFor(proof, source) {
        const parameters = authorizeParameters(settings(), proof, source === anySource ? null : source, prompt ?? first);
        const own = options.buildUrl?.(base, parameters);
        return own === undefined ? signInUrl(settings(), parameters) : checkedUrl(own, 'The address of buildUrl', 'misconfigured').href;
      },
      onOpened: (url) => app.outlet?.step?.({ at: Date.now(), kind: 'opened', url }),
    });
  });
  const app: App = { options, settings, afterwards: parts.afterwards, handOver: parts['hand-over'], outlet: null };
  const { ahead, ...account } = accountOf(app);

  return {
    name: 'sweatstack',
    ...account,

    attach(outlet) {
      app.outlet = outlet;
    },

    prepare: async () => signIn().prepare(),

    sources: async () => settings().sources,

    async restore(signal): Promise<Restored> {
      const pending = signIn().pending(signal);
      const kept = await account.restore();
      return { ...(kept && { account: kept }), ...(pending && { pending }) };
    },

    async confirm(grant, signal) {
      // From here on a reload, or another element of this page, must not redeem it once more.
      dropAttempt((grant as Answered).attempt.channel);
      return account.confirm(grant, signal);
    },

    forget() {
      account.forget();
      try {
        signIn().forget();
      } catch {
        // Misconfigured: nothing was ever begun.
      }
    },

    async authorize(source, how) {
      const answering = signIn().authorize(source, how);
      // What redeems the answer is fetched while the visitor signs in; a page that is about to go fetches nothing.
      if (how.way !== 'redirect') ahead?.();
      const answered = await answering;
      const refusal = new URLSearchParams(answered.query).get('error');
      // Asked to show nothing, SweatStack had to show something (OpenID Connect Core 3.1.2.6): the next window lets it.
      if (refusal?.endsWith('_required')) prompt = 'consent';
      // A refusal ends here, with its reason: there is no code that anything could be asked with.
      if (refusal) await account.confirm(answered, how.signal);
      return answered;
    },
  };
}
