import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StorybookConfig } from '@storybook/web-components-vite';

/** The docs pages are made of the element's own comments, read afresh so that they never show an older build. */
const readManifest = (): string => {
  const folder = join('node_modules', '.cache', 'wearable-connect');
  const cem = join('node_modules', '@custom-elements-manifest', 'analyzer', 'cem.js');
  const config = join('test', 'run', 'manifest.config.mjs');
  execFileSync(process.execPath, [cem, 'analyze', '--config', config, '--outdir', folder]);
  return readFileSync(join(folder, 'custom-elements.json'), 'utf8');
};

/** English first, whatever the alphabet says. */
const locales = (): string[] => ['en', ...readdirSync(join('src', 'locales')).map((file) => file.replace(/\.ts$/, '')).filter((tag) => tag !== 'en')];

const settings: StorybookConfig = {
  framework: '@storybook/web-components-vite',
  stories: ['../docs/*.mdx', '../*.stories.ts'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y'],
  features: { sidebarOnboardingChecklist: false },
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  viteFinal: (vite) => ({
    ...vite,
    base: './', // The built stories work from any folder.
    build: { ...vite.build, chunkSizeWarningLimit: 2000, reportCompressedSize: false },
    define: { ...vite.define, __MANIFEST__: readManifest(), __LOCALES__: JSON.stringify(locales()) },
  }),
};

export default settings;
