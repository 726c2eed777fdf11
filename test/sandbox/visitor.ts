import { createHash, randomBytes } from 'node:crypto';
import { request, type IncomingHttpHeaders } from 'node:http';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** A request to 127.0.0.1 under the name of the address: no resolver on the machine needs to know *.localhost. */
export function ask(url: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
  const { host, port, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path: pathname + search, method, agent: false, headers: { ...headers, host } }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('error', reject);
      res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(chunks).toString('utf8') }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** The same for whoever wants fetch, such as an independent OAuth client. */
export const localFetch: typeof fetch = async (input, init = {}) => {
  const sent = new Request(input, init);
  const answer = await ask(sent.url, { method: sent.method, headers: Object.fromEntries(sent.headers), body: await sent.text() });
  return new Response([101, 204, 304].includes(answer.status) ? null : answer.body, {
    status: answer.status, headers: answer.headers as Record<string, string>,
  });
};

const plain = (text: string): string => text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim()
  .replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s>])`).exec(tag);
  return found === null ? undefined : plain(found[1] ?? '');
};

/** A browser without scripts: cookies, redirects, links and forms, found by the words a visitor reads. */
export class Visitor {
  url = '';
  status = 0;
  headers: IncomingHttpHeaders = {};
  html = '';
  /** Origins that are not the sandbox's: where the visitor is let go. */
  readonly #stopAt: string;
  readonly #cookies = new Map<string, Map<string, string>>();

  constructor(stopAt: string) {
    this.#stopAt = stopAt;
  }

  get text(): string {
    return plain(this.html.replace(/<head>.*<\/head>/s, ''));
  }

  get heading(): string {
    return plain(/<h1>(.*?)<\/h1>/s.exec(this.html)?.[1] ?? '');
  }

  /** A second tab: the same cookies. */
  tab(): Visitor {
    const other = new Visitor(this.#stopAt);
    for (const [host, jar] of this.#cookies) other.#cookies.set(host, jar);
    return other;
  }

  async open(address: string, asked: Asked = {}): Promise<this> {
    let url = new URL(address, this.url === '' ? undefined : this.url);
    let next = asked;
    for (let hops = 0; hops < 10; hops++) {
      this.url = url.href;
      if (url.origin === this.#stopAt) return this;
      const jar = this.#cookies.get(url.host) ?? new Map<string, string>();
      this.#cookies.set(url.host, jar);
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await ask(url.href, { ...next, headers: { ...next.headers, ...(cookie === '' ? {} : { cookie }) } });
      for (const line of answer.headers['set-cookie'] ?? []) {
        const [pair = ''] = line.split(';');
        const [name = '', value = ''] = pair.split('=');
        if (line.includes('Max-Age=0')) jar.delete(name);
        else jar.set(name, value);
      }
      this.status = answer.status;
      this.headers = answer.headers;
      this.html = answer.body;
      if (answer.status < 300 || answer.status > 399) return this;
      url = new URL(answer.headers.location ?? '', url);
      next = {};
    }
    throw new Error(`Too many redirects, the last to ${this.url}`);
  }

  /** Follows the link that reads so. */
  follow(name: string): Promise<this> {
    for (const [tag, words = ''] of this.html.matchAll(/<a\s[^>]*>(.*?)<\/a>/gs)) {
      if (plain(words) === name) return this.open(attribute(tag, 'href') ?? '');
    }
    throw new Error(`No link "${name}" on: ${this.text}`);
  }

  /** Presses the button that reads so (or is labelled so), with its form filled in; null unticks a box. */
  press(name: string, fields: Record<string, string | null> = {}): Promise<this> {
    for (const [form, inside = ''] of this.html.matchAll(/<form\s[^>]*>(.*?)<\/form>/gs)) {
      const button = [...inside.matchAll(/<button([^>]*)>(.*?)<\/button>/gs)]
        .find(([tag, , words = '']) => (attribute(tag, 'aria-label') ?? plain(words)) === name);
      if (button === undefined) continue;
      const data = new URLSearchParams();
      for (const [input] of inside.matchAll(/<input\s[^>]*>/g)) {
        const field = attribute(input, 'name') ?? '';
        if (attribute(input, 'type') === 'checkbox') data.set(field, 'on');
        else data.set(field, attribute(input, 'value') ?? '');
      }
      const pressed = attribute(button[0], 'name');
      if (pressed !== undefined) data.set(pressed, attribute(button[0], 'value') ?? '');
      for (const [field, value] of Object.entries(fields)) {
        if (value === null) data.delete(field);
        else data.set(field, value);
      }
      return this.open(attribute(form, 'action') ?? '', {
        method: 'POST', body: data.toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    }
    throw new Error(`No button "${name}" on: ${this.text}`);
  }
}

export const app = 'http://localhost:5173';
export const redirectUri = `${app}/callback.html`;

export interface Start {
  verifier: string;
  parameters: Record<string, string>;
}

export function start(changes: Record<string, string> = {}): Start {
  const verifier = randomBytes(32).toString('base64url');
  return {
    verifier,
    parameters: {
      client_id: 'demo-client', redirect_uri: redirectUri, response_type: 'code', scope: 'openid profile data:read', state: 'the-state',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256', prompt: 'none', ...changes,
    },
  };
}

export const authorizeUrl = (base: string, { parameters }: Start): string =>
  `${base}/oauth/authorize?${new URLSearchParams(parameters).toString()}`;

export const expressUrl = (base: string, { parameters }: Start): string =>
  `${base}/express-login?state=${encodeURIComponent(Buffer.from(JSON.stringify(parameters)).toString('base64'))}`;

export const postForm = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(url, {
    method: 'POST', body: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });

export const query = (visitor: Visitor): Record<string, string> => Object.fromEntries(new URL(visitor.url).searchParams);

/** From the wearable's first page to the application: the shortest way anybody signs in. */
export async function connectWith(visitor: Visitor, wearable: string): Promise<void> {
  await visitor.follow(`Continue with ${wearable}`);
  await visitor.press('Sign in');
  await visitor.press('Allow');
}

export const exchangeCode = (base: string, { verifier }: Start, code: string): Promise<Answer> =>
  postForm(`${base}/api/v1/oauth/token`, { grant_type: 'authorization_code', client_id: 'demo-client', code, code_verifier: verifier });

/** A whole express sign-in with Garmin Connect; gives the token answer. */
export async function connect(base: string, visitor = new Visitor(app), changes: Record<string, string> = {}): Promise<Record<string, unknown>> {
  const begun = start(changes);
  await visitor.open(expressUrl(base, begun));
  if (visitor.heading === 'Connect your wearable') await connectWith(visitor, 'Garmin Connect');
  if (visitor.heading.startsWith('Allow ')) await visitor.press('Allow');
  const answer = await exchangeCode(base, begun, query(visitor)['code'] ?? '');
  if (answer.status !== 200) throw new Error(`The token endpoint answered ${answer.status}: ${answer.body}`);
  return JSON.parse(answer.body) as Record<string, unknown>;
}

export const get = (url: string, token: unknown): Promise<Answer> => ask(url, { headers: { authorization: `Bearer ${String(token)}` } });
