/** SweatStack: the browser signs in by itself (authorization code, PKCE), reads who it is, and follows the history. */
import { anySource, connectionsFrom, names } from '../../core/account.js';
import type { AccountStatus } from '../../core/account.js';
import { ConnectError } from '../../core/errors.js';
import { namedSources } from '../../core/integrations.js';
import type { Activity, Connection } from '../../core/nouns.js';
import type { Confirmed, Disconnected, Outlet, Platform, Restored } from '../../core/platform.js';
import { checkedUrl } from '../../core/urls.js';
import { needsInteraction } from '../../oauth/failures.js';
import type { TokenServer } from '../../oauth/proof.js';
import { createSignIn } from '../../oauth/sign-in.js';
import type { Answered } from '../../oauth/sign-in.js';
import { createVault } from '../../oauth/vault.js';
import { createWire } from '../wire.js';
import { createApi } from './api.js';
import { checkedCode, claimOf, fetchAhead, followBackfill, handOver, redeem, renew, revokeAll } from './later.js';
import { visitPortal } from './portal.js';
import { startReads } from './reads.js';
import type { Reads } from './reads.js';
import { address, authorizeParameters, settingsFrom, signInUrl } from './settings.js';
import type { SweatstackOptions } from './settings.js';

const revocationPatienceMs = 5_000;

export function sweatstack(options: SweatstackOptions = {}): Platform {
  let outlet: Outlet | null = null;
  const step = () => outlet?.step ?? null;
  const wire = createWire(step);
  let prompt: string | null = null;
  let reads: Reads | null = null;
  let status: AccountStatus | null = null;

  /** Needs a page at hand, so it is done when the first job begins, not at import. */
  const ready = once(() => {
    const settings = settingsFrom(options);
    const { base, clientId, redirectUri, popupOnly, persist, backend } = settings;
    const server: TokenServer = {
      origin: base.origin,
      tokenEndpoint: address(base, '/api/v1/oauth/token'),
      clientId,
      fetch: (url, init) => wire(url, { ...init, signal: init.signal ?? new AbortController().signal }),
    };
    const vault = createVault({
      key: `${clientId}@${base.host}`,
      persist,
      renew: (held, signal) => renew(server, held, signal),
      onTokens: (tokens, reason) => outlet?.tokens(tokens, reason),
      onForgotten: () => outlet?.forgotten(),
    });
    const signIn = createSignIn({
      issuer: base.origin,
      clientId,
      redirectUri,
      popupOnly,
      urlFor(proof, source) {
        const parameters = authorizeParameters(settings, proof, source === anySource ? null : source, prompt ?? settings.prompt);
        const own = options.buildUrl?.(base, parameters);
        return own === undefined ? signInUrl(settings, parameters) : checkedUrl(own, 'The address of buildUrl', 'misconfigured').href;
      },
      onOpened: (url) => step()?.({ at: Date.now(), kind: 'opened', url }),
    });
    const token = async (signal: AbortSignal, force?: boolean): Promise<string> => {
      if (backend) throw new ConnectError('unsupported', 'With token-delivery="backend" this page has no tokens.');
      return (await vault.fresh(signal, force)).accessToken;
    };
    return { settings, server, vault, signIn, token, api: createApi(base, wire, token) };
  });

  /** SweatStack lists no connections: they follow from what was asked for and from the account, which is remembered. */
  function derived(known: AccountStatus | null): readonly Connection[] {
    status = known;
    return connectionsFrom(namedSources(ready().vault.asked, names), known);
  }

  function read(): Pick<Confirmed, 'user' | 'connections'> {
    reads?.stop();
    reads = startReads(ready().api, !options.noPreview);
    const idToken = ready().vault.held?.idToken;
    // Whoever userinfo tells of must be whom the id token is for (OpenID Connect Core 5.3.2); else nobody is known.
    const user = Promise.all([reads.user, idToken && claimOf(idToken, 'sub')]).then(([told, subject]) => (subject && told?.id !== subject ? null : told));
    return { user, connections: reads.status.then(derived) };
  }

  return {
    name: 'sweatstack',

    attach(hears) {
      outlet = hears;
    },

    prepare: async () => ready().signIn.prepare(),

    sources: async () => ready().settings.sources,

    async restore(): Promise<Restored> {
      const { vault, signIn } = ready();
      const pending = signIn.pending();
      const tokens = await vault.restore();
      return { ...(tokens && { account: { tokens, ...read() } }), ...(pending && { pending }) };
    },

    async authorize(source, how) {
      const { signIn, server } = ready();
      const answering = signIn.authorize(source, how);
      // What redeems the answer is fetched while the visitor signs in.
      fetchAhead();
      const answered = await answering;
      const { query, attempt } = answered;
      // A refusal ends here: nothing is confirmed that was never granted.
      const refusal = new URLSearchParams(query).get('error');
      // Asked to show nothing, SweatStack had to show something: the next window lets it.
      if (needsInteraction(refusal)) prompt = 'consent';
      if (refusal) await checkedCode(server, { query, state: attempt.state });
      return answered;
    },

    async confirm(grant, signal): Promise<Confirmed> {
      const { attempt, query } = grant as Answered;
      const { settings, server, vault } = ready();
      const { backend, scope } = settings;
      const answer = { ...attempt, query, scope };
      if (backend) {
        const { verifier, redirectUri } = attempt;
        return handOver(backend, { code: await checkedCode(server, answer), verifier, redirectUri }, await options.fetchSession?.(), wire, signal);
      }
      const tokens = await redeem(server, answer, signal);
      vault.keep(tokens, [...new Set([...vault.asked, attempt.source ?? anySource])]);
      return { tokens, ...read() };
    },

    async *follow(connections, signal) {
      const { api, settings, vault } = ready();
      if (settings.backend) {
        // Without a token there is nothing to follow from here, and that is said.
        yield { type: 'finished', outcome: 'unknown' };
        return;
      }
      let early = reads?.status;
      yield* followBackfill(
        {
          source: connections[0]?.source ?? null,
          open: (life) => reads?.takeStream(life) ?? api.stream(life),
          status(life) {
            const known = early ?? api.status(life);
            early = undefined;
            return known;
          },
          connectionsFrom: derived,
          renew: async (life) => void (await vault.fresh(life, true)),
          step,
        },
        signal,
      );
    },

    ...(!options.noPreview && {
      preview(signal: AbortSignal): Promise<Activity | null> {
        const early = reads?.preview;
        if (reads) reads.preview = null;
        return early ?? ready().api.latest(signal);
      },
    }),

    accessToken: async (signal, force) => ready().token(signal, force),

    connections: async (signal) => derived(await ready().api.status(signal)),

    async manage(signal) {
      const { settings, api } = ready();
      return visitPortal(settings.base, status, api.portal, signal);
    },

    async disconnect(source): Promise<Disconnected> {
      if (source !== null) throw new ConnectError('unsupported', 'SweatStack disconnects as a whole: call disconnect() without a source, or manage().');
      const { settings, vault } = ready();
      const { held } = vault;
      // Before the platform is told: another tab that asked with a token just taken back would take it for a lost session.
      this.forget?.();
      const revoked = held !== null && (await revokeAll(settings.clientId, held, settings.base, wire, AbortSignal.timeout(revocationPatienceMs)));
      return { revoked, connections: [] };
    },

    forget() {
      reads?.stop();
      reads = status = null;
      try {
        ready().vault.forget();
      } catch {
        // Misconfigured: nothing was ever kept.
      }
    },
  };
}

function once<T extends object>(make: () => T): () => T {
  let made: T | null = null;
  return () => (made ??= make());
}
