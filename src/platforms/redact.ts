/** What a developer may see of a request: everything but what would let them, or a screenshot, act as the visitor. */
const secret = /^(?:access_token|refresh_token|id_token|token|code|code_verifier|client_secret|verifier)$/;
const hidden = '•••';

export function redactedForm(body: unknown): unknown {
  if (typeof body === 'string') return redactedBody(body);
  if (!(body instanceof URLSearchParams)) return null;
  return Object.fromEntries([...body].map(([name, value]) => [name, secret.test(name) ? hidden : value]));
}

export function redactedBody(text: string): unknown {
  try {
    return redacted(JSON.parse(text));
  } catch {
    return text ? `${text.length} characters, not JSON` : null;
  }
}

export function redactedUrl(url: string): string {
  const { origin, pathname, searchParams } = new URL(url);
  for (const name of [...searchParams.keys()]) if (secret.test(name)) searchParams.set(name, hidden);
  const query = searchParams.toString();
  return origin + pathname + (query && `?${query}`);
}

function redacted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redacted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, secret.test(name) && member !== null ? hidden : redacted(member)]));
}
