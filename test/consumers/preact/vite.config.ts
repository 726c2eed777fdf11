import { cpSync } from 'node:fs';
import { defineConfig } from 'vite';

// The page on which the sign-in window lands, always that of the installed version.
for (const file of ['wearable-callback.html', 'callback.js']) cpSync(`node_modules/wearable-connect/dist/${file}`, `public/${file}`);

// JSX is Preact's by tsconfig.json.
export default defineConfig({
  build: { outDir: 'out' },
});
