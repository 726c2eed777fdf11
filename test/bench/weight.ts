/** What a page loads: each entry point of ours, bundled the way every peer is; what packages cost in it, and what was won. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { bundled, type Bundle, weigh, type Weight } from './bundle.js';
import { ourEntry, peers, versionOf } from './compared.js';
import { costs, won } from './inside.js';
import { enoughToDraw, loadedBeforeClick } from './loaded.js';
import { counted, doingLess, type Row, row } from './row.js';

const own = (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;
const kinds: readonly Weight[] = ['brotli', 'gzip', 'minified'];
const unitOf = (kind: Weight): string => (kind === 'minified' ? 'bytes' : `bytes ${kind}`);

/** What a sign-in in a popup is made of, as far as each can go. What they leave to others is said where it matters. */
const lacks: Readonly<Record<string, string>> = {
  nango: 'opens the window and waits for its own server: no tokens, no proof, draws nothing',
  auth0: 'draws nothing',
  oidc: 'draws nothing',
  msal: 'draws nothing',
  firebase: 'draws nothing; loads a frame and its scripts from elsewhere at the first click',
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
  kinds.map((kind) => row({ section: 'weight', what, unit: unitOf(kind), detail: kind !== 'brotli' }, counted(file, own, weigh([readFileSync(file, 'utf8')], kind))));

const parts = (): string[] => readdirSync('dist').filter((file) => /^wearable-connect\.[\w-]+\.js$/.test(file)).map((file) => `dist/${file}`);

async function measured(): Promise<readonly Row[]> {
  const theirs: Record<string, Bundle> = {};
  for (const [key, { entry }] of Object.entries(peers)) theirs[key] = await bundled(entry);
  const ours: Record<string, Bundle> = {};
  for (const name of ['element', 'connector', 'react', 'platforms', 'server']) ours[name] = await bundled(ourEntry(name), { external: ['react'] });
  const first = Object.fromEntries(Object.entries(theirs).map(([key, bundle]) => [key, bundle.first]));
  const drawing = Object.fromEntries(Object.entries(theirs).filter(([key]) => peers[key as keyof typeof peers].draws).map(([key, { first, later }]) => [key, [...first, ...later]]));
  const silent = Object.fromEntries(Object.entries(first).filter(([key]) => !peers[key as keyof typeof peers].draws));
  const tag = `<wearable-connect client-id="bench" redirect-uri="/landing"></wearable-connect>`;
  const [list, element, connector] = await Promise.all([
    enoughToDraw(ours['element'], tag, () => document.querySelector('wearable-connect')?.renderRoot.querySelector('button[data-source=garmin_connect]') !== null),
    loadedBeforeClick(ours['element'], tag, () => document.querySelector('wearable-connect')?.phase === 'choosing'),
    loadedBeforeClick(ours['connector'], `<script type="module">globalThis.connector = globalThis.peer({ clientId: 'bench', redirectUri: '/landing' })</script>`, () => (globalThis as { connector?: { phase: string } }).connector?.phase === 'choosing'),
  ]);
  const entryRows = Object.entries({ react: 'wearable-connect/react', platforms: 'wearable-connect/platforms, all of them', server: 'wearable-connect/server' }).flatMap(([name, what]) => beside(`first load of ${what}`, ours[name]?.first ?? [], {}, 'with every package it needs, React alone left to the host'));

  const script = 'dist/wearable-connect.js';
  const measures = await won();
  const [[, asItIs = 0] = [], ...without] = [...measures];
  const costRows = [script, 'dist/wearable-connect.anchored.js', 'dist/wearable-connect.qr.js', 'dist/wearable-connect.open-wearables.js']
    .filter((file) => existsSync(`${file}.map`))
    .flatMap((file) => [...costs(file)].map(([name, bytes]) => row({ section: 'weight', what: `what ${name} costs in ${file}`, unit: unitOf('brotli'), note: 'how much lighter the file would be without it', detail: true }, counted(name, '', bytes))));

  return [
    ...beside('first load of the element with SweatStack, from npm', list, first, 'bundled and minified alike, packages inside: what has to come before the list of wearables is on the page, while all the rest is withheld. A click on it opens the window, which waits for that rest', (key) => peers[key as keyof typeof peers].draws),
    ...beside('the same, and what signs in', element, first, 'all that has come by the time that everything is ready: ours draws, signs in, keeps tokens and follows the history', (key) => peers[key as keyof typeof peers].draws),
    ...beside('first load of the same without an element (createConnector)', connector, silent, 'for hosts that draw their own', (key) => peers[key as keyof typeof peers].givesTokens),
    ...entryRows,
    ...beside('everything in one script, with an interface', [readFileSync(script, 'utf8')], drawing, 'ours as published for a script tag'),
    ...published('dist/callback.js', 'the landing page’s script'),
    row({ section: 'weight', what: 'all that a script tag may load later, together', unit: unitOf('brotli'), detail: true }, counted('parts', own, weigh(parts().map((file) => readFileSync(file, 'utf8')), 'brotli'))),
    ...costRows,
    row({ section: 'weight', what: 'the script, and what it would weigh otherwise', unit: unitOf('brotli'), note: 'each build lacks one measure', detail: true }, counted('as it is', own, asItIs), without.map(([name, bytes]) => counted(name, '', bytes))),
  ];
}

export const section = { name: 'weight', run: measured };
