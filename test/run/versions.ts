/** What a release does to numbers and to the changelog: pure, so that it can be told before it is done. */

export type Bump = 'major' | 'minor' | 'patch';

const order: readonly Bump[] = ['patch', 'minor', 'major'];

export const isAtLeast = (bump: Bump, least: Bump): boolean => order.indexOf(bump) >= order.indexOf(least);

/** Lines of one that the other has not, as often as they are there. */
function missing(from: string, inside: string): string[] {
  const left = new Map<string, number>();
  for (const line of inside.split('\n')) left.set(line, (left.get(line) ?? 0) + 1);
  return from.split('\n').filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}

export interface Change {
  readonly gone: readonly string[];
  readonly come: readonly string[];
}

/** Between two API reports. A line that is written otherwise has gone: whoever relied on it has to look. */
export const changeOf = (before: string, after: string): Change => ({ gone: missing(before, after), come: missing(after, before) });

/** The policy of CONTRIBUTING.md, “Versions”: before 1.0.0 what breaks raises the minor version, and everything else may be a patch. */
export const leastBump = ({ gone, come }: Change, version: string): Bump => {
  const isEarly = version.startsWith('0.');
  if (gone.length > 0) return isEarly ? 'minor' : 'major';
  return come.length > 0 && !isEarly ? 'minor' : 'patch';
};

export function nextVersion(version: string, bump: Bump): string {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return { major: `${major + 1}.0.0`, minor: `${major}.${minor + 1}.0`, patch: `${major}.${minor}.${patch + 1}` }[bump];
}

const unreleased = /^## Unreleased\n([^]*?)(?=^## |$(?![^]))/m;

/** What the changelog says of what comes, without its heading; nothing, where nobody has written anything. */
export const comingIn = (changelog: string): string => unreleased.exec(changelog)?.[1]?.trim() ?? '';

export const released = (changelog: string, version: string, date: string): string =>
  changelog.replace(unreleased, (_, notes: string) => `## Unreleased\n\n## ${version} (${date})\n\n${notes.trim()}\n\n`).trimEnd().concat('\n');

/** The version stands three times in the two files of npm, and npm rewrites more than that. */
export const withVersion = (json: string, from: string, to: string): string => {
  const own = new RegExp(`("name": "wearable-connect",\\s*"version": ")${from.replaceAll('.', '\\.')}"`, 'g');
  return json.replace(own, `$1${to}"`);
};
