import { cpSync } from 'node:fs';
import { defineConfig } from 'vite';

// The page on which the sign-in window lands, always that of the installed version.
for (const file of ['wearable-callback.html', 'callback.js']) cpSync(`node_modules/wearable-connect/dist/${file}`, `public/${file}`);

// JSX is React's by tsconfig.json.
export default defineConfig({
  // Built for development, where StrictMode mounts everything twice and React says what it dislikes. Lit has a word for that, too: not here.
  resolve: { conditions: ['module', 'browser', 'production'] },
  build: { outDir: 'out', rolldownOptions: { input: ['index.html', 'tag.html'] } },
});
