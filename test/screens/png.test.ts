import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deflateSync } from 'node:zlib';
import { decode, encode, type Picture } from './png.js';

type Colour = readonly [number, number, number];

const picture = (width: number, height: number, paint: (x: number, y: number) => Colour): Picture => {
  const pixels = Array.from({ length: width * height }, (_, at) => [...paint(at % width, Math.floor(at / width)), 255]);
  return { width, height, data: Uint8Array.from(pixels.flat()) };
};

const white: Colour = [255, 255, 255];
const ink: Colour = [22, 24, 29];

describe('screens/png', () => {
  const exact: Record<string, Picture> = {
    'two colours': picture(9, 5, (x, y) => ((x + y) % 2 ? white : ink)), // An odd width: half a byte is left over in each row.
    'sixteen colours': picture(16, 3, (x) => [x * 17, 0, 255 - x * 17]),
    'more than sixteen': picture(40, 40, (x) => [x * 6, 255 - x * 6, 7]),
    'areas that are almost alike': picture(30, 30, (_, y) => (y < 15 ? white : [250, 250, 251])),
    'one pixel': picture(1, 1, () => ink),
  };
  for (const [name, one] of Object.entries(exact)) it(`keeps ${name} exactly`, () => assert.deepEqual(decode(encode(one)), one));

  it('takes the nearest shade for what is rare, so that a picture stays small', () => {
    const shades = picture(200, 200, (x, y) => (y === 100 ? [x, x, x] : white));
    const kept = decode(encode(shades));
    const farthest = shades.data.reduce((most, value, at) => Math.max(most, Math.abs(value - (kept.data[at] ?? 0))), 0);
    assert.ok(farthest <= 36 / Math.sqrt(3) + 1, `a shade is ${farthest} away`);
  });

  /** As a browser writes them: every kind of row there is (PNG 9.2). */
  for (const [kind, name] of ['none', 'sub', 'up', 'average', 'paeth'].entries()) {
    it(`reads rows filtered by ${name}`, () => {
      const one = picture(4, 3, (x, y) => [x * 40, y * 50, x * y * 9]);
      assert.deepEqual(decode(filtered(one, kind)), one);
    });
  }

  it('says what it cannot read', () => {
    assert.throws(() => decode(Buffer.from('GIF89a……')), /no PNG/);
    const tall = encode(exact['one pixel'] as Picture);
    tall[24] = 16; // Sixteen bits a sample.
    assert.throws(() => decode(tall), /another kind .*depth 16/);
  });
});

/** Written by the standard's own formulas, so that what undoes them is tried against another hand. */
function filtered({ width, height, data }: Picture, kind: number): Buffer {
  const at = (x: number, y: number, sample: number): number => (x < 0 || y < 0 ? 0 : (data[(y * width + x) * 4 + sample] ?? 0));
  const guess = (x: number, y: number, sample: number): number => {
    const [a, b, c] = [at(x - 1, y, sample), at(x, y - 1, sample), at(x - 1, y - 1, sample)];
    const p = a + b - c;
    const paeth = [a, b, c].sort((one, other) => Math.abs(p - one) - Math.abs(p - other))[0] ?? 0;
    return [0, a, b, Math.floor((a + b) / 2), paeth][kind] ?? 0;
  };
  const rows = Array.from({ length: height }, (_, y) => [kind, ...Array.from({ length: width * 4 }, (_, byte) => (at(byte >> 2, y, byte & 3) - guess(byte >> 2, y, byte & 3)) & 255)]);
  const file = encode({ width, height, data });
  const head = Buffer.from(file.subarray(0, 33));
  head.set([8, 6], 24);
  const body = deflateSync(Buffer.from(rows.flat()));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([head, length, Buffer.from('IDAT'), body, Buffer.alloc(4)]);
}
