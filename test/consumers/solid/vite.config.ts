import { cpSync } from 'node:fs';
import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';

// The page on which the sign-in window lands, always that of the installed version.
for (const file of ['wearable-callback.html', 'callback.js']) cpSync(`node_modules/wearable-connect/dist/${file}`, `public/${file}`);

export default defineConfig({
  plugins: [solid()],
  build: { outDir: 'out' },
});
