import { cpSync } from 'node:fs';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

// The page on which the sign-in window lands, always that of the installed version.
for (const file of ['wearable-callback.html', 'callback.js']) cpSync(`node_modules/wearable-connect/dist/${file}`, `public/${file}`);

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === 'wearable-connect' } } })],
  build: { outDir: 'out' },
});
