/** What a host pins: the digest of each file for a page without a bundler (W3C Subresource Integrity, 3.2). */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

const main = 'wearable-connect.js';
const isPinned = (file: string): boolean => /^(wearable-connect(\.[\w-]+)?|callback)\.js$/.test(file);

export const digestOf = (bytes: Buffer): string => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;

const brotli = (bytes: Buffer): number => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;

/** The script first, then the landing page's, then the parts. */
export const pinnedFiles = (folder = 'dist'): readonly string[] => {
  const found = readdirSync(folder).filter(isPinned).sort();
  return [main, 'callback.js', ...found.filter((file) => file !== main && file !== 'callback.js')];
};

const digestIn = (folder: string, file: string): string => digestOf(readFileSync(`${folder}/${file}`));

export const digestTable = (files: readonly string[], folder = 'dist'): string =>
  ['| file of `dist` | bytes (brotli) | `integrity` |', '| --- | --- | --- |', ...files.map((file) => `| \`${file}\` | ${brotli(readFileSync(`${folder}/${file}`)).toLocaleString('en')} | \`${digestIn(folder, file)}\` |`)].join('\n');

const fenced = (html: string): string => `\`\`\`html\n${html}\n\`\`\``;

/** The tag of a page that takes the script from somewhere else. */
export const pinnedTag = (version: string, folder = 'dist'): string =>
  fenced(`<script
  src="https://your-cdn.example/wearable-connect@${version}/dist/${main}"
  integrity="${digestIn(folder, main)}"
  crossorigin="anonymous"
  defer
></script>`);

/** The same, and an import map for what the script loads later. */
export function pinnedPage(folder = 'dist'): string {
  const parts = pinnedFiles(folder).filter((file) => file.startsWith('wearable-connect.') && file !== main);
  const integrity = Object.fromEntries(parts.map((file) => [`/${file}`, digestIn(folder, file)]));
  return fenced(`<script type="importmap">
${JSON.stringify({ integrity }, null, 2)}
</script>
<script src="/${main}" integrity="${digestIn(folder, main)}" crossorigin="anonymous" defer></script>
<wearable-connect client-id="YOUR_CLIENT_ID" redirect-uri="/wearable-callback.html"></wearable-connect>`);
}
