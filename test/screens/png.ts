/**
 * Pictures as small files: at most 256 colours in a PNG (ISO/IEC 15948) of the plainest kind. Only what is needed here: eight bits
 * a sample, no interlace; written with a palette, read with one or without.
 */
import { deflateSync, inflateSync } from 'node:zlib';

/** Four bytes a pixel, from the top left. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

const crcs = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});
const crcOf = (bytes: Uint8Array): number => (bytes.reduce((crc, byte) => (crcs[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

function chunk(type: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  crc.writeUInt32BE(crcOf(body));
  return Buffer.concat([length, body, crc]);
}

/** Colours as numbers, alpha left out: a page is never seen through. */
const colourAt = (data: Uint8Array, at: number): number => ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
const apart = (one: number, other: number): number => ((one >> 16) - (other >> 16)) ** 2 + (((one >> 8) & 255) - ((other >> 8) & 255)) ** 2 + ((one & 255) - (other & 255)) ** 2;

const nearest = (colour: number, palette: readonly number[]): number => palette.reduce((best, one, at) => (apart(one, colour) < apart(palette[best] ?? 0, colour) ? at : best), 0);

const areaShare = 0.001;
const steps = 36;

/** What fills an area stays exactly as it is; of the shades along the edges of letters, those that can be told apart. */
function paletteOf({ width, height, data }: Picture, most: number): number[] {
  const counts = new Map<number, number>();
  for (let at = 0; at < data.length; at += 4) counts.set(colourAt(data, at), (counts.get(colourAt(data, at)) ?? 0) + 1);
  const palette: number[] = [];
  for (const [colour, count] of [...counts].sort(([one, many], [other, more]) => more - many || one - other)) {
    if (palette.length === most) break;
    if (count > width * height * areaShare || palette.every((one) => apart(one, colour) > steps ** 2)) palette.push(colour);
  }
  return palette;
}

export function encode(picture: Picture, most = 64): Buffer {
  const { width, height, data } = picture;
  const palette = paletteOf(picture, most);
  const places = new Map<number, number>();
  const placeOf = (colour: number): number => {
    const known = places.get(colour) ?? nearest(colour, palette);
    places.set(colour, known);
    return known;
  };
  const depth = palette.length <= 16 ? 4 : 8;
  const line = 1 + Math.ceil((width * depth) / 8);
  const rows = Buffer.alloc(line * height); // The first byte of each says: not filtered. With a palette nothing else helps.
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const place = placeOf(colourAt(data, (y * width + x) * 4));
      const at = y * line + 1 + ((x * depth) >> 3);
      rows[at] = depth === 8 ? place : (rows[at] ?? 0) | (x % 2 ? place : place << 4);
    }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([depth, 3], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([signature, chunk('IHDR', head), chunk('PLTE', colours), chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

const paeth = (a: number, b: number, c: number): number => {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
};

/** Undoes what each row says was done to it (9.2). */
function unfilter(bytes: Buffer, line: number, height: number, back: number): Buffer {
  const plain = Buffer.alloc(line * height);
  for (let y = 0; y < height; y += 1) {
    const kind = bytes[y * (line + 1)] ?? 0;
    for (let x = 0; x < line; x += 1) {
      const here = y * line + x;
      const a = x >= back ? (plain[here - back] ?? 0) : 0;
      const b = y > 0 ? (plain[here - line] ?? 0) : 0;
      const c = x >= back && y > 0 ? (plain[here - line - back] ?? 0) : 0;
      const guess = [0, a, b, (a + b) >> 1, paeth(a, b, c)][kind];
      if (guess === undefined) throw new Error(`A PNG with a filter of kind ${kind}; there are 0 to 4.`);
      plain[here] = (bytes[y * (line + 1) + 1 + x] ?? 0) + guess;
    }
  }
  return plain;
}

export function decode(file: Buffer): Picture {
  if (!file.subarray(0, 8).equals(signature)) throw new Error('This is no PNG.');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    const type = file.toString('latin1', at + 4, at + 8);
    chunks.set(type, Buffer.concat([chunks.get(type) ?? Buffer.alloc(0), file.subarray(at + 8, at + 8 + file.readUInt32BE(at))]));
  }
  const head = chunks.get('IHDR') ?? Buffer.alloc(13);
  const [width, height, depth = 0, kind = 0, interlaced = 0] = [head.readUInt32BE(0), head.readUInt32BE(4), head[8], head[9], head[12]];
  const samples = ({ 2: 3, 3: 1, 6: 4 } as Record<number, number>)[kind];
  if (!samples || interlaced || (depth !== 8 && !(kind === 3 && depth === 4))) throw new Error(`A PNG of another kind than is read here (colour ${kind}, depth ${depth}).`);
  const line = Math.ceil((width * samples * depth) / 8);
  const plain = unfilter(inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0)), line, height, Math.max(1, (samples * depth) >> 3));
  const palette = chunks.get('PLTE') ?? Buffer.alloc(0);
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const byte = plain[y * line + ((x * samples * depth) >> 3)] ?? 0;
      const place = depth === 4 ? (x % 2 ? byte & 15 : byte >> 4) : byte;
      const from = kind === 3 ? palette.subarray(place * 3, place * 3 + 3) : plain.subarray(y * line + x * samples, y * line + (x + 1) * samples);
      data.set(from, (y * width + x) * 4);
    }
  return { width, height, data };
}
