/** The host's handler, as the page asks it. The key of Open Wearables stays behind it. */
import { ConnectError } from '../../core/errors.js';
import { jsonFromHandler } from '../handler-answer.js';
import type { Wire, WireAnswer, WireRequest } from '../wire.js';

export interface HandlerRequest extends Pick<WireRequest, 'signal' | 'method' | 'streamed'> {
  readonly json?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whose answer is waited for: another one's is nobody's business here. */
  readonly visitor?: string | null;
  /** For what stands in the headers of a good answer. */
  readonly onAnswer?: (response: WireAnswer) => void;
}

export interface HandlerApi {
  /** A pseudonym of the visitor, the same in each of their tabs; null where the handler did not say. */
  readonly visitor: string | null;
  /** Whether a session can be asked for anew. */
  readonly renews: boolean;
  /** Any answer, whatever its status; after a 401 the page's session is asked for once more. */
  ask(path: string, request: HandlerRequest): Promise<WireAnswer>;
  /** What a good answer says in JSON, or the handler's own error. */
  read(path: string, request: HandlerRequest): Promise<unknown>;
}

export function createHandlerApi(base: string, wire: Wire, fetchSession: (() => Promise<string>) | null | undefined): HandlerApi {
  let visitor: string | null = null;

  async function once(path: string, { json, headers, onAnswer: _, visitor: expected, ...request }: HandlerRequest): Promise<WireAnswer> {
    const session = await fetchSession?.();
    const response = await wire(base + path, {
      ...request,
      cookies: true,
      // A page of another site cannot add it: the handler's guard against forged requests.
      headers: { 'x-wearable-connect': '1', ...(json && { 'content-type': 'application/json' }), ...(session && { authorization: `Bearer ${session}` }), ...headers },
      ...(json && { body: JSON.stringify(json) }),
    });
    visitor = response.headers.get('x-wearable-connect-visitor') ?? visitor;
    if (expected && visitor !== expected) throw new ConnectError('session_expired', 'Somebody else has signed in meanwhile: expected the same visitor.');
    return response;
  }

  async function ask(path: string, request: HandlerRequest): Promise<WireAnswer> {
    const response = await once(path, request);
    return response.status === 401 && fetchSession ? once(path, request) : response;
  }

  return {
    get visitor() {
      return visitor;
    },
    renews: !!fetchSession,
    ask,
    async read(path, request) {
      const response = await ask(path, request);
      const what = `${request.method ?? 'GET'} ${base.replace(/^[^/]*\/\/[^/]*/, '')}${path}`;
      if (response.ok) request.onAnswer?.(response);
      return response.status === 204 ? null : jsonFromHandler(response, what, 'base-url');
    },
  };
}
