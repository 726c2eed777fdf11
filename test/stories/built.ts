import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { command } from '../run/steps.js';

const kept = join('node_modules', '.cache', 'wearable-connect', 'stories');

/** Builds the static Storybook into a folder of its own, beside nobody's feet. */
export async function buildStories(): Promise<string> {
  rmSync(kept, { recursive: true, force: true });
  const { code, output } = await command('storybook', ['build', '-c', 'stories/.storybook', '-o', kept, '--quiet']);
  if (code !== 0 || !existsSync(join(kept, 'index.json'))) throw new Error(`The static Storybook could not be built:\n${output.slice(-3000)}`);
  return kept;
}

/** The static Storybook: the one that whoever runs these tests has built (STORIES names its folder), else a new one. */
export const builtStories = async (): Promise<string> => process.env['STORIES'] ?? (await buildStories());
