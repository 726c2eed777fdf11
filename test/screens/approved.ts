/** The pictures that somebody has looked at and found right, and how a new one is held against them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import type { Shot } from './camera.js';
import { decode, encode, type Picture } from './png.js';

const folder = join('test', 'screens', 'approved');

/** Machines draw the edges of letters differently; nobody sees a difference this small, or this rare. */
const tolerance = { threshold: 0.12, share: 0.004 };

/** What letters forgive, areas do not: a pale ground that is there or not. Over a tile the edges of letters level out. */
const tiles = { side: 8, levels: 7, share: 0.01 };

/** The mean of a tile in one of its colours. */
function meanOf({ width, height, data }: Picture, left: number, top: number, colour: number): number {
  let [sum, count] = [0, 0];
  for (let y = top; y < Math.min(top + tiles.side, height); y += 1)
    for (let x = left; x < Math.min(left + tiles.side, width); x += 1) {
      sum += data[(y * width + x) * 4 + colour] ?? 0;
      count += 1;
    }
  return sum / count;
}

function shareOfTiles(one: Picture, other: Picture): number {
  let [different, all] = [0, 0];
  for (let top = 0; top < one.height; top += tiles.side)
    for (let left = 0; left < one.width; left += tiles.side) {
      all += 1;
      if ([0, 1, 2].some((colour) => Math.abs(meanOf(one, left, top, colour) - meanOf(other, left, top, colour)) > tiles.levels)) different += 1;
    }
  return different / all;
}

const fileOf = (id: string, name: string): string => join(folder, `${id}.${name}.png`);

export const anyApproved = (): boolean => existsSync(folder) && readdirSync(folder).length > 0;

/** Names of pictures of states that are no more. */
export const orphans = (ids: readonly string[]): string[] => (anyApproved() ? readdirSync(folder).filter((file) => !ids.includes(file.split('.')[0] ?? '')) : []);

/** Replaces all of them, so that nothing stays of a state that is gone. */
export function approve(taken: readonly { readonly id: string; readonly shots: readonly Shot[] }[]): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  let bytes = 0;
  for (const { id, shots } of taken)
    for (const { name, picture } of shots) {
      const png = encode(picture);
      bytes += png.length;
      writeFileSync(fileOf(id, name), png);
    }
  return `Approved: ${readdirSync(folder).length} pictures, ${Math.round(bytes / 1000)} kB in ${folder}.`;
}

/** What is different, in a sentence, or null. `shown`: where the difference is marked, for whoever wants to look. */
export function difference(approved: Picture, taken: Picture): { readonly sentence: string; readonly marked: Picture | null } | null {
  const { width, height, data } = taken;
  if (approved.width !== width || approved.height !== height)
    return { sentence: `was ${approved.width} × ${approved.height}, is ${width} × ${height}`, marked: null };
  const marked = new Uint8Array(data.length);
  const different = pixelmatch(approved.data, data, marked, width, height, { threshold: tolerance.threshold });
  const percent = (share: number, most: number): string => `${(share * 100).toFixed(2)} %; at most ${most * 100} %`;
  const seen = { width, height, data: marked };
  const share = different / (width * height);
  if (share > tolerance.share) return { sentence: `${different} pixels differ (${percent(share, tolerance.share)})`, marked: seen };
  const areas = shareOfTiles(approved, taken);
  return areas > tiles.share ? { sentence: `areas have another shade (${percent(areas, tiles.share)})`, marked: seen } : null;
}

const missed = join('node_modules', '.cache', 'wearable-connect', 'screens-that-differ');

interface Held {
  /** A sentence for each picture that is not as approved. */
  readonly different: readonly string[];
  /** The names of those that nobody has approved. */
  readonly never: readonly string[];
}

/** What was taken and where it differs lies in a folder to look at. */
export function held(id: string, shots: readonly Shot[]): Held {
  const [known, never] = [shots.filter(({ name }) => existsSync(fileOf(id, name))), shots.filter(({ name }) => !existsSync(fileOf(id, name)))];
  const different = known.flatMap(({ name, picture, png }) => {
    const found = difference(decode(readFileSync(fileOf(id, name))), picture);
    if (!found) return [];
    mkdirSync(missed, { recursive: true });
    writeFileSync(join(missed, `${id}.${name}.png`), png);
    if (found.marked) writeFileSync(join(missed, `${id}.${name}.difference.png`), encode(found.marked));
    return [`${name}: ${found.sentence} (see ${missed})`];
  });
  return { different, never: never.map(({ name }) => name) };
}
