/** What a developer may see of a request: everything but what would let them, or a screenshot, act as the visitor. */
/** An address in an answer may be good once, for whoever opens it: a portal's, a sign-in's. */
const secret = /^(?:(?:access_|refresh_|id_)?token|code|nonce|(?:code_)?verifier|client_secret|(?:action_)?url)$/;
const hidden = '•••';

export function redactedBody(body: unknown): unknown {
  const text = body instanceof URLSearchParams ? JSON.stringify(Object.fromEntries(body)) : body;
  if (typeof text !== 'string' || !text) return null;
  try {
    return JSON.parse(text, (name, value: unknown) => (value !== null && secret.test(name) ? hidden : value)) as unknown;
  } catch {
    return `${text.length} characters, not JSON`;
  }
}

export function redactedUrl(url: string): string {
  const shown = new URL(url);
  for (const name of [...shown.searchParams.keys()]) if (secret.test(name)) shown.searchParams.set(name, hidden);
  return shown.origin + shown.pathname + shown.search;
}
