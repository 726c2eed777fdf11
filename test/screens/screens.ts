/**
 * `npm run screens [-- folder]`: every state in light and dark, both directions, narrow and wide, on one sheet to look at.
 * With `--approve` those pictures are what the tests compare with from now on; without a picture nothing is compared.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { builtStories } from '../stories/built.js';
import { openPages } from '../stories/pages.js';
import { serve } from '../stories/served.js';
import { type Entry, entriesOf } from '../stories/shown.js';
import { approve } from './approved.js';
import { type Shot, shoot } from './camera.js';

const given = process.argv.slice(2);
const isApproving = given.includes('--approve');
const folder = given.find((argument) => !argument.startsWith('-')) ?? join('node_modules', '.cache', 'wearable-connect', 'screens');

const stories = await builtStories();
const served = await serve({ '/stories/': stories });
const pages = await openPages(3);
const states = entriesOf(stories).filter(({ tags, type }) => type === 'story' && tags.includes('pictured'));
const taken = await Promise.all(states.map(async (entry) => ({ entry, shots: await pages.lend((sheet) => shoot(served.url, entry, sheet)) })));
await pages.close();
await served.close();

if (!given.includes(folder)) rmSync(folder, { recursive: true, force: true }); // Its own folder; one that was named may hold something else.
mkdirSync(folder, { recursive: true });
for (const { entry, shots } of taken) for (const { name, png } of shots) writeFileSync(join(folder, `${entry.id}.${name}.png`), png);
writeFileSync(join(folder, 'index.html'), contactSheet(taken));
console.log(`${taken.length} states, ${taken.reduce((sum, { shots }) => sum + shots.length, 0)} pictures: ${resolve(folder, 'index.html')}`);
if (isApproving) console.log(approve(taken.map(({ entry, shots }) => ({ id: entry.id, shots }))));

function contactSheet(all: readonly { readonly entry: Entry; readonly shots: readonly Shot[] }[]): string {
  const figure = ({ id }: Entry, { name, picture }: Shot): string => `<figure><img src="${id}.${name}.png" width="${picture.width}" height="${picture.height}" alt="" loading="lazy"><figcaption>${name}</figcaption></figure>`;
  const rows = all.map(({ entry, shots }) => `<section><h2>${entry.name}</h2><div>${shots.map((shot) => figure(entry, shot)).join('')}</div></section>`);
  return `<!doctype html><meta charset="utf-8"><title>Every state</title><style>
    body { margin: 2rem; font: 1rem/1.5 system-ui, sans-serif; background: #e7e7ea; color: #16181d }
    section > div { display: flex; flex-wrap: wrap; gap: 1rem; align-items: start }
    figure { margin: 0 } img { display: block; border-radius: 6px } figcaption { font-size: .8rem; opacity: .7 }
  </style><h1>Every state</h1>${rows.join('\n')}`;
}
