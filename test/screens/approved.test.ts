import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { difference } from './approved.js';
import { decode, encode, type Picture } from './png.js';

const size = 160;
/** A page with a word on it, made of strokes as letters are, drawn a little darker or lighter, here or there. */
const page = (ink: number, { at = 20, long = 40, ground = 255 } = {}): Picture => {
  const data = new Uint8Array(size * size * 4).fill(255);
  for (let pixel = 0; pixel < size * size; pixel += 1) {
    const [x, y] = [pixel % size, Math.floor(pixel / size)];
    const value = y >= at && y < at + 10 && x >= 10 && x < 10 + long && x % 3 === 0 ? ink : ground;
    data.set([value, value, value], pixel * 4);
  }
  return { width: size, height: size, data };
};

describe('a picture is as approved', () => {
  const approved = decode(encode(page(30)));
  const same: Record<string, Picture> = {
    'where it is the same': page(30),
    'where letters are a shade lighter': page(45),
    'where a few pixels differ': page(30, { long: 43 }),
  };
  for (const [when, picture] of Object.entries(same)) it(when, () => assert.equal(difference(approved, picture), null));
});

describe('a picture is no longer as approved', () => {
  const approved = decode(encode(page(30)));
  const other: Record<string, readonly [Picture, RegExp]> = {
    'where something has moved': [page(30, { at: 26 }), /pixels differ/],
    'where a word is longer': [page(30, { long: 100 }), /pixels differ/],
    'where the ground has another colour': [page(30, { ground: 220 }), /pixels differ/],
    'where the ground is a shade paler': [page(30, { ground: 245 }), /areas have another shade/],
    'where the text is grey': [page(140), /pixels differ/],
    'where it is higher': [{ ...page(30), height: size - 1 }, /was 160 × 160, is 160 × 159/],
  };
  for (const [when, [picture, sentence]] of Object.entries(other)) it(when, () => assert.match(difference(approved, picture)?.sentence ?? 'no difference', sentence));
});
