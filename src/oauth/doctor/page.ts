/** What the page, and the browser around it, say by themselves. */
import type { Around } from './around.js';
import { found } from './findings.js';
import type { Finding } from './findings.js';
import { lacking } from './headers.js';

declare const __VERSION__: string | undefined;
const own = typeof __VERSION__ === 'undefined' ? 'dev' : __VERSION__;

export function pageOf(around: Around, tag: string): readonly Finding[] {
  const { page, origin, isSecure, sandbox } = around;
  const findings: Finding[] = [];
  const say = (...finding: Parameters<typeof found>): void => void findings.push(found(...finding));

  if (page.protocol.endsWith('extension:')) say('extension-page', `This is a page of an extension (${page.protocol}).`);
  else if (origin === 'null') say('no-origin', `This page has no origin of its own (${page.protocol}).`);
  if (!isSecure) say('insecure-context', `${page.origin} is not a secure context.`);

  const missing = sandbox === null ? [] : lacking(sandbox.toLowerCase().split(/\s+/));
  if (missing.length) say('frame-sandbox', `The frame around this page is sandboxed without ${missing.join(' ')}.`);
  findings.push(...framing(around));

  if (around.isInApp) say('in-app-browser', 'This page is shown inside another app.');
  if (around.isStandalone) say('home-screen-app', 'This page was opened from the home screen.');

  const blocked = (['local', 'session'] as const).filter((shelf) => !around.canStore(shelf));
  if (blocked.length) say('storage-blocked', `${blocked.map((shelf) => `${shelf}Storage`).join(' and ')} cannot be written.`);
  if (!around.canBroadcast) say('channel-blocked', 'There is no BroadcastChannel here, or it is blocked.');

  const version = around.versionOf(tag);
  if (version === null && around.document.querySelector(tag)) say('not-defined', `<${tag}> stands on this page, and nothing has defined it.`);
  if (version !== null && version !== own) say('other-version', `<${tag}> is defined as version ${version}; this is ${own}.`);
  // The same address twice is one module, or runs for nothing: that is no harm.
  const scripts = new Set(around.loaded.filter((address) => /\/wearable-connect(\.min)?\.js(\?|$)/.test(address)));
  if (scripts.size > 1) say('loaded-twice', `wearable-connect.js was loaded from ${[...scripts].join(' and from ')}.`);
  return findings;
}

function framing({ frame, ancestors, page }: Around): Finding[] {
  if (frame !== 'foreign') return [];
  const outer = ancestors.at(-1);
  const who = outer && outer !== 'null' ? outer : 'a page of another origin';
  if (outer && URL.canParse(outer) && ancestors.every((one) => isSameSite(new URL(one), page))) return [found('framed-same-site', `This page is in a frame of ${who}, which by its name is the same site: storage and channels are shared.`)];
  return [found('framed-cross-site', `This page is in a frame of ${who}: storage and channels are this frame’s alone.`)];
}

/**
 * By the name alone: which suffixes are public only a list knows. Two labels in common are a site unless they look like
 * `co.uk`; a wrong guess costs a wrong hint.
 */
function isSameSite(one: URL, other: URL): boolean {
  const [mine, theirs] = [one, other].map(({ hostname }) => hostname.split('.').reverse()) as [string[], string[]];
  let common = 0;
  while (common < mine.length && mine[common] === theirs[common]) common += 1;
  const enough = mine[0] === 'localhost' ? 2 : (mine[0]?.length ?? 0) === 2 && (mine[1]?.length ?? 0) <= 3 ? 3 : 2;
  return one.protocol === other.protocol && (one.hostname === other.hostname || common >= enough);
}
