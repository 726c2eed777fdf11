/**
 * The server has no version endpoint, so whoever talks to it finds out by what it answers. These are the releases that differ
 * in what a connection widget needs; `later` is what was seen on its main branch after `current`.
 */
export const releases = ['0.1.0', '0.2.2', '0.3', '0.4', '0.4.2', '0.5.0', '0.5.1', '0.6.0', 'current', 'later'] as const;
export type Release = (typeof releases)[number];

export const isSince = (release: Release, first: Release): boolean => releases.indexOf(release) >= releases.indexOf(first);
