// No bundler: the packages as npm has them, each at the address by which the page's import map knows it.
import { cpSync, existsSync, readFileSync } from 'node:fs';

for (const file of ['index.html', 'page.js']) cpSync(file, `out/${file}`);
for (const file of ['wearable-callback.html', 'callback.js']) cpSync(`node_modules/wearable-connect/dist/${file}`, `out/${file}`);

const [, map] = /<script type="importmap">(.*?)<\/script>/s.exec(readFileSync('index.html', 'utf8'));
for (const [name, address] of Object.entries(JSON.parse(map).imports)) {
  const [, folder] = /^\/packages\/((?:@[^/]+\/)?[^/]+)/.exec(address);
  cpSync(`node_modules/${folder}`, `out/packages/${folder}`, { recursive: true });
  if (!existsSync(`out${address}`)) throw new Error(`${name} is not at ${address} any more`);
}
