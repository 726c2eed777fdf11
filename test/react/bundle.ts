import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type InlineConfig } from 'vite';

/** By the aliases that package.json gives the older one. */
export const reacts = ['react-18', 'react-19'] as const;
export type React = (typeof reacts)[number];

const checks = { moduleLevelDirective: false }; // 'use client' is for bundlers; here is none that would need it.
const root = join(import.meta.dirname, '..', '..');

const around = (react: React): InlineConfig => ({
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  // The builds for development: they alone have effects run twice, and complain.
  define: { 'process.env.NODE_ENV': '"development"', __VERSION__: '"0.0.0"' },
  resolve: { alias: react === 'react-18' ? { react: 'react-18', 'react-dom': 'react-dom-18' } : {} },
});

/** One script for a page. */
export async function forPage(react: React): Promise<string> {
  const made = await build({
    ...around(react),
    build: { write: false, minify: false, target: 'es2022', lib: { entry: join(import.meta.dirname, 'stage.ts'), formats: ['iife'], name: 'unused' }, rolldownOptions: { checks, output: { codeSplitting: false } } },
  });
  const chunk = [made].flat().flatMap((result) => ('output' in result ? result.output : [])).find(({ type }) => type === 'chunk');
  if (chunk?.type !== 'chunk') throw new Error('Vite built no script.');
  return chunk.code;
}

/** The server's side, run in this very process. */
export async function onServer(react: React): Promise<typeof import('./server.js')> {
  const folder = mkdtempSync(join(root, 'node_modules', '.cache-react-'));
  try {
    await build({
      ...around(react),
      ssr: { noExternal: true, target: 'node' },
      build: { outDir: folder, minify: false, target: 'node20', ssr: join(import.meta.dirname, 'server.ts'), rolldownOptions: { checks, output: { entryFileNames: 'server.mjs' } } },
    });
    return (await import(pathToFileURL(join(folder, 'server.mjs')).href)) as typeof import('./server.js');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
