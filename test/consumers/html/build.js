// What a host puts on their own site: the pages, and of the package the files for a page without a bundler.
import { cpSync, readdirSync } from 'node:fs';

const dist = 'node_modules/wearable-connect/dist';
for (const file of ['index.html', 'classic.html', 'page.js']) cpSync(file, `out/${file}`);
for (const file of readdirSync(dist).filter((name) => /^(wearable-|callback).*\.(js|html)$/.test(name))) cpSync(`${dist}/${file}`, `out/${file}`);
cpSync(`${dist}/locales`, 'out/locales', { recursive: true });
