/** What a page loads: each entry point of ours, bundled the way every peer is; what packages cost in it, and what was won. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { bundled, type Bundle, weigh, type Weight } from './bundle.js';
import { ourEntry, peers, versionOf } from './compared.js';
import { costs, won } from './inside.js';
import { clientId, enoughToDraw, loadedBeforeClick, loadedBySignIn } from './loaded.js';
import { counted, doingLess, type Row, row } from './row.js';
import { otherwise } from './table.js';

const own = (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;
const kinds: readonly Weight[] = ['brotli', 'gzip', 'minified'];
const unitOf = (kind: Weight): string => (kind === 'minified' ? 'bytes' : `bytes ${kind}`);

/** What a sign-in in a popup is made of, as far as each can go. What they leave to others is said where it matters. */
const lacks: Readonly<Record<string, string>> = {
  nango: 'opens the window and waits for its own server: no tokens, no proof, draws nothing',
  auth0: 'draws nothing, follows no history',
  oidc: 'draws nothing, follows no history',
  msal: 'draws nothing, follows no history',
  firebase: 'draws nothing, follows no history; loads a frame and its scripts from elsewhere at the first click',
  hanko: 'follows no history',
  descope: 'follows no history',
};

type Texts = Readonly<Record<string, readonly string[]>>;

/** `isWhole`: who does all that ours does in this row, as far as a visitor sees. */
function beside(what: string, ours: readonly string[], theirs: Texts, note: string, isWhole: (key: string) => boolean = () => true): Row[] {
  return kinds.map((kind) =>
    row(
      { section: 'weight', what, unit: unitOf(kind), note, detail: kind !== 'brotli' },
      counted('wearable-connect', own, weigh(ours, kind)),
      Object.entries(theirs).map(([key, texts]) => {
        const side = counted(peers[key as keyof typeof peers].name, versionOf(peers[key as keyof typeof peers]), weigh(texts, kind), lacks[key]);
        return isWhole(key) ? side : doingLess(side);
      }),
    ),
  );
}

/** A file as it is published, for a page without a bundler. */
const published = (file: string, what: string): Row[] =>
  kinds.map((kind) => row({ section: 'weight', what, unit: unitOf(kind), detail: kind !== 'brotli' }, counted(file, own, weigh([contentOf(file)], kind))));

const parts = (): string[] => readdirSync('dist').filter((file) => /^wearable-connect\.[\w-]+\.js$/.test(file)).map((file) => `dist/${file}`);
const script = 'dist/wearable-connect.js';
const contentOf = (file: string): string => readFileSync(file, 'utf8');

const tag = (platform = ''): string => `<wearable-connect client-id="${clientId}" redirect-uri="/landing" sign-in="standard" base-url="${platform}"></wearable-connect>`;
const aWearable = 'wearable-connect >>> [data-source=garmin_connect]';
const connecting = (platform = ''): string => `<button id="go">Sign in</button><script type="module">
  const connector = globalThis.connector = globalThis.peer(${JSON.stringify({ clientId, redirectUri: '/landing', signIn: 'standard', baseUrl: platform })});
  document.querySelector('#go').addEventListener('click', () => void connector.connect('garmin_connect'));</script>`;

async function measured(): Promise<readonly Row[]> {
  const theirs: Record<string, Bundle> = {};
  for (const [key, { entry }] of Object.entries(peers)) theirs[key] = await bundled(entry);
  const ours = Object.fromEntries(await Promise.all(['element', 'connector', 'react', 'platforms', 'server'].map(async (name) => [name, await bundled(ourEntry(name), { external: ['react'] })] as const))) as Record<'element' | 'connector' | 'react' | 'platforms' | 'server', Bundle>;
  const first = Object.fromEntries(Object.entries(theirs).map(([key, bundle]) => [key, bundle.first]));
  const onlyThose = (isMeant: (key: keyof typeof peers) => boolean): Texts => Object.fromEntries(Object.entries(first).filter(([key]) => isMeant(key as keyof typeof peers)));
  const drawing = onlyThose((key) => peers[key].draws);
  const silent = onlyThose((key) => !peers[key].draws);
  const isDrawing = (key: string): boolean => peers[key as keyof typeof peers].draws;
  const isWhole = (key: string): boolean => peers[key as keyof typeof peers].givesTokens;
  /** After signing in. */
  const nobody = (): boolean => false;
  const asPublished = { entry: 'wearable-connect.js', files: new Map([script, ...parts()].map((file) => [file.slice('dist/'.length), contentOf(file)])) };
  // One browser at a time.
  const list = await enoughToDraw(ours.element, tag());
  const ready = await loadedBeforeClick(ours.element, tag());
  const signedIn = await loadedBySignIn(ours.element, tag, aWearable);
  const connector = await loadedBeforeClick(ours.connector, connecting());
  const connected = await loadedBySignIn(ours.connector, connecting, '#go');
  const byScript = await loadedBySignIn(asPublished, tag, aWearable);
  const entryRows = Object.entries({ react: 'wearable-connect/react', platforms: 'wearable-connect/platforms, all of them', server: 'wearable-connect/server' }).flatMap(([name, what]) => beside(`first load of ${what}`, ours[name as keyof typeof ours].first, {}, 'with every package it needs, React alone left to the host'));

  const measures = await won();
  const [[, asItIs = 0] = [], ...without] = [...measures];
  const costRows = [script, 'dist/wearable-connect.anchored.js', 'dist/wearable-connect.qr.js', 'dist/wearable-connect.open-wearables.js']
    .filter((file) => existsSync(`${file}.map`))
    .flatMap((file) => [...costs(file)].map(([name, bytes]) => row({ section: 'weight', what: `what ${name} costs in ${file}`, unit: unitOf('brotli'), note: 'how much lighter the file would be without it', detail: true }, counted(name, '', bytes))));

  return [
    ...beside('first load of the element with SweatStack, from npm: the list of wearables', list, first, 'bundled and minified alike, packages inside: what has to come before the list is on the page, while all the rest is withheld. A click on it opens the window, which waits for that rest: the next row has it', isDrawing),
    ...beside('all that a sign-in with it loads', signedIn, first, 'ours: whatever has been asked for when the visitor is connected, what reads and draws the history included. The peers: their first load, though some ask for more; none of them has a history to follow', nobody),
    ...kinds.map((kind) => row({ section: 'weight', what: 'what of that comes before any click', unit: unitOf(kind), detail: true }, counted('wearable-connect', own, weigh(ready, kind)))),
    ...beside('first load of createConnector, without an element', connector, silent, 'for hosts that draw their own: the list is known, and a click can be taken', isWhole),
    ...beside('all that a sign-in with createConnector loads', connected, silent, 'as above', nobody),
    ...entryRows,
    ...beside('the file of a script tag', [contentOf(script)], drawing, 'ours as published; the peers: their first load'),
    ...beside('all that a sign-in with the script tag loads', byScript, drawing, 'as above', nobody),
    ...published('dist/callback.js', 'the landing page’s script'),
    row({ section: 'weight', what: 'all that a script tag may load later, together', unit: unitOf('brotli'), detail: true }, counted('parts', own, weigh(parts().map(contentOf), 'brotli'))),
    ...costRows,
    row({ section: 'weight', what: otherwise, unit: unitOf('brotli'), note: 'each build lacks one measure', detail: true }, counted('as it is', own, asItIs), without.map(([name, bytes]) => counted(name, '', bytes))),
  ];
}

export const section = { name: 'weight', run: measured };
