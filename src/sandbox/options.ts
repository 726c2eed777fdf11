import type { FaultChanges } from './faults.js';
import type { OpenWearablesChanges } from './open-wearables/faults.js';

export interface SandboxClient {
  clientId: string;
  /** Prefixes, as SweatStack matches them. None: http://localhost and http://127.0.0.1 on any port, and nothing else. */
  redirectUris?: string[];
  /** Any http://*.localhost as well. SweatStack has no such rule: there each of them has to be registered. */
  anyLocalhost?: boolean;
  /** What the consent page calls the application. Default: the client id. */
  name?: string;
  /** Makes it a confidential client: the token endpoint asks for the secret and always gives a refresh token. */
  clientSecret?: string;
  /** Not gone live: nobody but its creator can sign in, and there is no way back. */
  private?: boolean;
}

/** SweatStack's, and under a name of their own those of Open Wearables. */
export type SandboxFaultChanges = FaultChanges & { openWearables?: OpenWearablesChanges | null };

export interface SandboxOptions {
  /** Default 4710; the next free one up to 4730 if busy. 0: any free port. */
  port?: number;
  /** Default: `demo-client`, called Playground, a public client for pages on this computer, `*.localhost` among them. */
  clients?: SandboxClient[];
  /** Life of an access token. Default 900, as the real one. */
  accessTokenSeconds?: number;
  /** The backfill stream is closed by the server after so long. Default 60, as the real one. */
  streamSeconds?: number;
  /** Pace of the stream. Default 2. */
  lineEverySeconds?: number;
  /** How long a history takes to arrive, from the moment of connecting: five years here, up to a year there. Default 40. */
  historySeconds?: number;
  /** The clock of accounts, history and token checks, in milliseconds. Default `Date.now`. */
  now?: () => number;
  /** A JSON file where accounts outlive the run. Default: memory only. */
  accountsFile?: string;
  faults?: SandboxFaultChanges;
  /** What Open Wearables asks of backends. Default: `sk-` and `0123456789abcdef` twice, for all to see. */
  openWearablesKey?: string;
  /** After so much silence the status stream of Open Wearables says that it is still there. Default 15, as the real one. */
  heartbeatSeconds?: number;
  /** No line on the console. Default false. */
  quiet?: boolean;
}

export type Settings = Required<Omit<SandboxOptions, 'accountsFile' | 'faults' | 'clients'>> & {
  accountsFile: string | undefined;
  clients: readonly SandboxClient[];
};

const defaultPort = 4710;
const defaultKey = `sk-${'0123456789abcdef'.repeat(2)}`;

export function settle(options: SandboxOptions): Settings {
  const positive = (name: string, value: number): number => {
    if (!Number.isFinite(value) || value <= 0) throw new RangeError(`${name} is a number above 0, not ${String(value)}.`);
    return value;
  };
  const filled = (name: string, value: string): string => {
    if (!/^[\x21-\x7e]+$/.test(value)) throw new TypeError(`${name} is sent in a header: visible characters, and at least one.`);
    return value;
  };
  for (const { clientId, redirectUris = [] } of options.clients ?? []) {
    const bad = redirectUris.find((uri) => !URL.canParse(uri));
    if (bad !== undefined) throw new TypeError(`The redirect URI "${bad}" of ${clientId} is not an absolute address.`);
  }
  return {
    port: options.port ?? defaultPort,
    clients: options.clients ?? [{ clientId: 'demo-client', name: 'Playground', anyLocalhost: true }],
    accessTokenSeconds: positive('accessTokenSeconds', options.accessTokenSeconds ?? 900),
    streamSeconds: positive('streamSeconds', options.streamSeconds ?? 60),
    lineEverySeconds: positive('lineEverySeconds', options.lineEverySeconds ?? 2),
    historySeconds: positive('historySeconds', options.historySeconds ?? 40),
    now: options.now ?? Date.now,
    openWearablesKey: filled('openWearablesKey', options.openWearablesKey ?? defaultKey),
    heartbeatSeconds: positive('heartbeatSeconds', options.heartbeatSeconds ?? 15),
    accountsFile: options.accountsFile,
    quiet: options.quiet ?? false,
  };
}
