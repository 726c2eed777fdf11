/** Whoever signs in with SweatStack: their tokens, who they are, how they stand, and their history. Of no use before somebody does. */
import { connectionsFrom } from '../../core/derived.js';
import type { AccountStatus } from '../../core/account.js';
import { ConnectError } from '../../core/errors.js';
import { anySource, names, namedSources } from '../../core/integrations.js';
import type { Activity, Connection } from '../../core/nouns.js';
import { inTime, once } from '../../core/once.js';
import type { Confirmed, Outlet, Platform } from '../../core/platform.js';
import { checkedCode, claimOf, isSameAccount, redeem, renew } from '../../oauth/proof.js';
import type { TokenServer } from '../../oauth/proof.js';
import type { Answered } from '../../oauth/sign-in.js';
import { createVault } from '../../oauth/vault.js';
import { hasTokens } from '../configuration.js';
import { createWire } from '../wire.js';
import { afterwards } from './afterwards-later.js';
import type { Afterwards } from './afterwards-later.js';
import { createApi } from './api.js';
import type { handOver } from './hand-over.js';
import { startReads } from './reads.js';
import type { Reads } from './reads.js';
import { address, appName, asksFor } from './settings.js';
import type { Settings, SweatstackOptions } from './settings.js';

const revocationPatienceMs = 5_000;

/** The app that somebody signs in to. */
export interface App {
  readonly options: SweatstackOptions;
  /** Throws where the page said something wrong. */
  readonly settings: () => Settings;
  /** What follows a history, reads an activity, and lets go. */
  readonly afterwards: () => Promise<Afterwards>;
  /** Where tokens stay on the host's server, which is rare. */
  readonly handOver: () => Promise<{ readonly handOver: typeof handOver }>;
  outlet: Outlet | null;
}

/** What a platform can do for somebody who has signed in, or wants to be taken back. */
export interface Account extends Required<Pick<Platform, 'confirm' | 'follow' | 'accessToken' | 'refresh' | 'disconnect' | 'forget'>>, Pick<Platform, 'preview' | 'manage'> {
  /** Sends for what an answer will need, where that is not here yet. */
  readonly ahead?: () => void;
  restore(): Promise<Confirmed | null>;
}

export function accountOf(app: App): Account {
  const { options, settings } = app;
  const step = () => app.outlet?.step ?? null;
  const wire = createWire(step);
  let reads: Reads | null = null;
  let status: AccountStatus | null = null;
  const { ahead, followBackfill, visitPortal, revokeAll } = afterwards(app.afterwards);

  const ready = once(() => {
    const { base, clientId, persist, backend } = settings();
    const server: TokenServer = {
      origin: base.origin,
      tokenEndpoint: address(base, '/api/v1/oauth/token'),
      clientId,
      fetch: wire,
    };
    const vault = createVault({
      key: appName(settings()),
      persist,
      renew: (held, signal) => renew(server, held, signal),
      onTokens: (tokens, reason) => app.outlet?.tokens(tokens, reason),
      onForgotten: () => app.outlet?.forgotten(),
    });
    const token = async (signal: AbortSignal, refused?: string | boolean): Promise<string> => {
      if (backend) throw new ConnectError('unsupported', 'With token-delivery="backend" this page has no tokens.');
      return (await vault.fresh(signal, refused)).accessToken;
    };
    return { server, vault, token, api: createApi(base, wire, token, app.afterwards) };
  });

  /** SweatStack lists no connections: they follow from what was asked for and from the account, which is remembered. */
  function derived(known: AccountStatus | null): readonly Connection[] {
    status = known;
    return connectionsFrom(namedSources(ready().vault.asked, names), known);
  }

  /** A page may want to know who somebody is and nothing more: then the platform refuses to tell of their history, and is not asked. */
  const mayFollow = (): boolean => /\bdata:read\b/.test(ready().vault.held?.scope ?? '');

  function read(): Pick<Confirmed, 'user' | 'connections'> {
    ahead();
    reads?.stop();
    const { api, vault } = ready();
    const begun = (reads = startReads(api, !options.noPreview, mayFollow()));
    // Whoever userinfo tells of must be whom the id token is for (OpenID Connect Core 5.3.2); else nobody is known.
    const subject = claimOf(vault.held?.idToken, 'sub');
    const user = begun.user.then((told) => (subject && told?.id !== subject ? null : told));
    return { user, connections: begun.status.then(derived) };
  }

  function forget(): void {
    reads?.stop();
    reads = status = null;
    try {
      ready().vault.forget();
    } catch {
      // Misconfigured: nothing was ever kept.
    }
  }

  return {
    ahead,

    async restore() {
      const tokens = await ready().vault.restore();
      return tokens && { tokens, ...read() };
    },

    async confirm(grant, signal) {
      const { attempt, query } = grant as Answered;
      const { server, vault } = ready();
      const { backend, scope } = settings();
      const answer = { ...attempt, query, scope, nonce: asksFor(scope, 'openid') ? attempt.nonce : null };
      if (backend) {
        const { verifier, redirectUri, source } = attempt;
        const part = await inTime(app.handOver).catch((thrown: unknown) => {
          throw new ConnectError('network', 'The code that hands a sign-in to your server could not be loaded: is its file served beside the script?', thrown);
        });
        return part.handOver(backend, { code: checkedCode(server, answer), verifier, redirectUri }, namedSources([source ?? anySource], names), await options.fetchSession?.(), wire, signal);
      }
      const granted = await redeem(server, answer, signal);
      const { refreshToken, ...others } = granted;
      // A token that lives for years is for a page that asked for one, whatever the platform gives.
      const tokens = asksFor(scope, 'offline_access') ? granted : others;
      // Another wearable may lead to another account: what was connected to the former one is not connected to this. Where no token
      // tells whose it is, neither: a wearable that is left out can be connected again, somebody else's would stand here as one's own.
      vault.keep(tokens, [...new Set([...(isSameAccount(vault.held, tokens) ? vault.asked : []), attempt.source ?? anySource])]);
      return { tokens, ...read() };
    },

    async *follow(connections, signal) {
      const { api, vault } = ready();
      if (settings().backend || !mayFollow()) {
        // Without a token that is good for it there is nothing to follow from here, and that is said.
        yield { type: 'finished', outcome: 'unknown' };
        return;
      }
      let early = reads?.status;
      if (reads) {
        reads.status = null;
        // Left before anybody could begin to read it.
        signal.addEventListener('abort', reads.letGo, { once: true });
      }
      yield* followBackfill(
        {
          source: connections[0]?.source ?? null,
          open: (life) => reads?.takeStream(life) ?? api.stream(life),
          status(life) {
            const known = early ?? api.status(life);
            early = null;
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

    refresh: async (signal) => derived(await ready().api.status(signal)),

    ...(hasTokens(options) && { manage: async (signal: AbortSignal, again?: () => void) => visitPortal(settings().base, status, ready().api.portal, signal, again) }),

    async disconnect(source) {
      if (source !== null) throw new ConnectError('unsupported', 'SweatStack disconnects as a whole: call disconnect() without a source, or manage().');
      const { base, clientId } = settings();
      const { held } = ready().vault;
      // Before the platform is told: another tab that asked with a token just taken back would take it for a lost session.
      forget();
      const revoked = held !== null && (await revokeAll(clientId, held, base, wire, AbortSignal.timeout(revocationPatienceMs)));
      return { revoked, connections: [] };
    },

    forget,
  };
}
