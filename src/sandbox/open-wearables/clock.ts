import { createHash } from 'node:crypto';

/** The server keeps microseconds; the last three digits follow from the rest, so that a moment is always written alike. */
const digits = (time: number): string => String(createHash('sha256').update(String(time)).digest().readUInt16BE(0) % 1000).padStart(3, '0');

const plain = (time: number): string => new Date(time).toISOString().slice(0, -1) + digits(time);

/** As in records: `2026-11-21T04:05:03.631185Z`. */
export const zulu = (time: number): string => `${plain(time)}Z`;

/** As where Python wrote it out itself: `2026-11-21T04:05:05.904154+00:00`. */
export const offset = (time: number): string => `${plain(time)}+00:00`;

/** As in events of the past, to the second. */
export const seconds = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

export const day = 24 * 3600 * 1000;
