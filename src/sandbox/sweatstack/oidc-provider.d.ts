/** oidc-provider comes without types; these are the few members the sandbox uses. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  interface Scoped {
    scopes: Set<string>;
  }

  interface Context {
    req: IncomingMessage;
    path: string;
    status: number;
    body: unknown;
    oidc: {
      route?: string;
      client?: Client;
      params?: Record<string, unknown>;
      entities: { AuthorizationCode?: Scoped; RefreshToken?: Scoped };
    };
  }

  interface Client {
    clientId: string;
    clientAuthMethod: string;
  }

  class Provider {
    constructor(issuer: string, configuration: object);
    readonly Client: { find(id: string): Promise<Client | undefined> };
    readonly Grant: new (properties: { accountId: string; clientId: string }) => {
      addOIDCScope(scope: string): void;
      addResourceScope(resource: string, scope: string): void;
      save(): Promise<string>;
    };
    readonly AuthorizationCode: new (properties: Record<string, unknown>) => { save(): Promise<string> };
    use(middleware: (context: Context, next: () => Promise<void>) => Promise<void>): void;
    on(event: string, listener: (...args: unknown[]) => void): void;
    callback(): (req: IncomingMessage, res: ServerResponse) => Promise<void>;
  }
}
