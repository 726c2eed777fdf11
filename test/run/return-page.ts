/**
 * The handler serves a page of its own, and can neither read files nor bundle: so its text and its script stand in
 * src/server/return-text.ts. This writes that file; with `--check` it writes nothing, and fails where it is out of date.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { minify } from 'terser';
import { build } from 'vite';

const written = 'src/server/return-text.ts';
const command = 'node --import tsx test/run/return-page.ts';

const entry = 'src/oauth/return-page.ts';
const landingPage = 'src/wearable-callback.html';

/** As small as dist/callback.js, of which it is the sibling. */
async function script(): Promise<string> {
  const lib = { entry, formats: ['iife' as const], name: 'unused', fileName: 'return-page' };
  const built = await build({ configFile: false, publicDir: false, logLevel: 'warn', build: { lib, write: false, target: 'es2022', minify: 'oxc' } });
  const [chunk] = [built].flat().flatMap((one) => ('output' in one ? one.output : []));
  if (chunk?.type !== 'chunk') throw new Error(`${entry} was not bundled`);
  const { code } = await minify(chunk.code, { ecma: 2020, toplevel: true, compress: { passes: 3, unsafe: true, unsafe_arrows: true, unsafe_methods: true }, format: { comments: false } });
  // In the page it stands between tags.
  if (!code || /<\/script|<!--/i.test(code)) throw new Error(`${entry} became what cannot stand in a page`);
  return code;
}

/** What comes before the script: the landing page's own sentences, in the same languages. */
function page(): string {
  const html = readFileSync(landingPage, 'utf8');
  const [before, after] = html.split('<script src="callback.js"></script>');
  if (before === undefined || after === undefined) throw new Error(`${landingPage} has no script where one was expected`);
  return before.replace(/<!--.*?-->/gs, '').replace(/\s*\n\s*/g, '\n');
}

const text = `/** Written by \`${command}\` from ${entry} and ${landingPage}: change those, and run it. */

/** The page, up to its script. */
export const page =
  ${JSON.stringify(page())};

export const script =
  ${JSON.stringify(await script())};
`;

if (!process.argv.includes('--check')) writeFileSync(written, text);
else if (!existsSync(written) || readFileSync(written, 'utf8') !== text) {
  console.error(`${written} is out of date: ${command} writes it anew`);
  process.exitCode = 1;
}
