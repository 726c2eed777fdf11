/**
 * The sites of a run, each a site of its own in the browser's sense: a host, a page that embeds the host, somebody else's
 * page, and the platform. Every page of theirs is asked for with the headers it is to have.
 */
import { readFile, readdir } from 'node:fs/promises';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createSandbox } from '../../src/sandbox/index.js';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/index.js';
import { hostName, serve } from '../../src/sandbox/serve.js';
import { documentOf, frameOf, recorder } from './documents.js';
import type { FrameOptions, PageOptions } from './documents.js';

type Headers = Readonly<Record<string, string>>;
type SiteName = 'host' | 'embed' | 'other';

export interface Sites {
  readonly sandbox: Sandbox;
  /** The host's origin. */
  readonly host: string;
  readonly embed: string;
  /** Somebody else's. */
  readonly other: string;
  /** The widget's own file, to be served in other ways. */
  readonly script: string;
  /** A page of the host with the tag on it; its landing page stands beside it. Gives its address. */
  page(options?: PageOptions): string;
  /** A page that frames another one. */
  framing(inner: string, options?: FrameOptions): string;
  /** Any document, as it is. */
  put(site: SiteName, body: string, headers?: Headers, type?: string): string;
  /** What the browser asked the host's, the embedding and the other site for: address and referrer. */
  readonly asked: readonly { readonly url: string; readonly referrer: string | undefined }[];
  close(): Promise<void>;
}

interface Served {
  readonly body: string | Buffer;
  readonly type: string;
  readonly headers: Headers;
}

const html = 'text/html; charset=utf-8';
const javascript = 'text/javascript';
const built = (name: string): Promise<Buffer> => readFile(new URL(`../../dist/${name}`, import.meta.url));

export async function createSites(options: SandboxOptions = {}): Promise<Sites> {
  const [landing, landingPage] = await Promise.all(['callback.js', 'wearable-callback.html'].map(built));
  const names = (await readdir(new URL('../../dist/', import.meta.url))).filter((name) => /^wearable-connect(\.[\w-]+)?\.js$/.test(name));
  const scripts = await Promise.all(names.map(async (name) => [name, await built(name)] as const));
  const served = new Map<string, Served>();
  const asked: { url: string; referrer: string | undefined }[] = [];
  const always = (path: string, body: string | Buffer, type: string): unknown => served.set(path, { body, type, headers: {} });
  for (const site of ['host', 'embed', 'other']) {
    for (const [name, script] of scripts) always(`${site}/${name}`, script, javascript);
    always(`${site}/recorder.js`, recorder, javascript);
  }

  const answer: RequestListener = (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://any.localhost');
    const found = served.get(`${hostName(request)}${pathname}`);
    asked.push({ url: `${hostName(request)}${pathname}${search}`, referrer: request.headers.referer });
    if (!found) return void response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end();
    response.writeHead(200, { 'content-type': found.type, 'cache-control': 'no-cache', ...found.headers }).end(found.body);
  };
  const [listening, sandbox] = await Promise.all([
    serve(answer, 0, 0),
    createSandbox({ port: 0, quiet: true, historySeconds: 1, lineEverySeconds: 0.2, ...options }),
  ]);
  const at = (site: SiteName): string => `http://${site}.localhost:${listening.port}`;
  let count = 0;

  function put(site: SiteName, body: string | Buffer, headers: Headers = {}, type = html, path = `/${++count}/`): string {
    served.set(`${site}${path}`, { body, type, headers });
    return at(site) + path;
  }

  return {
    sandbox,
    asked,
    host: at('host'),
    embed: at('embed'),
    other: at('other'),
    script: String(scripts.find(([name]) => name === 'wearable-connect.js')?.[1]),
    put,
    page(page = {}) {
      const path = `/${++count}/`;
      const { headers = {}, landing: landingHeaders = {}, landingHead = '' } = page;
      put('host', documentOf(page, sandbox.sweatstack), headers, html, path);
      put('host', String(landingPage).replace('<head>', `<head>${landingHead}`), landingHeaders, html, `${path}wearable-callback.html`);
      put('host', landing as Buffer, {}, javascript, `${path}callback.js`);
      return at('host') + path;
    },
    framing: (inner, frame = {}) => put(frame.site ?? 'embed', frameOf(inner, frame), frame.headers),
    async close() {
      await Promise.all([listening.close(), sandbox.close()]);
    },
  };
}
