/** The pictures that somebody has looked at and found right, and how a new one is held against them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import type { Shot } from './camera.js';
import { decode, encode, type Picture } from './png.js';

const folder = join('test', 'screens', 'approved');

/** Machines draw the edges of letters differently; nobody sees a difference this small, or this rare. */
const tolerance = { threshold: 0.12, share: 0.004 };

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
export function difference(approved: Picture, { width, height, data }: Picture): { readonly sentence: string; readonly marked: Picture | null } | null {
  if (approved.width !== width || approved.height !== height)
    return { sentence: `was ${approved.width} × ${approved.height}, is ${width} × ${height}`, marked: null };
  const marked = new Uint8Array(data.length);
  const different = pixelmatch(approved.data, data, marked, width, height, { threshold: tolerance.threshold });
  const share = different / (width * height);
  return share > tolerance.share ? { sentence: `${different} pixels differ (${(share * 100).toFixed(2)} %; at most ${tolerance.share * 100} %)`, marked: { width, height, data: marked } } : null;
}

const missed = join('node_modules', '.cache', 'wearable-connect', 'screens-that-differ');

/** A sentence for each picture that is not as approved; what was taken and where it differs lies in a folder to look at. */
export function held(id: string, shots: readonly Shot[]): string[] {
  return shots.flatMap(({ name, picture, png }) => {
    const file = fileOf(id, name);
    const found = existsSync(file) ? difference(decode(readFileSync(file)), picture) : { sentence: 'was never approved', marked: null };
    if (!found) return [];
    mkdirSync(missed, { recursive: true });
    writeFileSync(join(missed, `${id}.${name}.png`), png);
    if (found.marked) writeFileSync(join(missed, `${id}.${name}.difference.png`), encode(found.marked));
    return [`${name}: ${found.sentence} (see ${missed})`];
  });
}
