// The page on which the sign-in window lands, always that of the installed version.
import { cpSync } from 'node:fs';

for (const file of ['wearable-callback.html', 'callback.js']) cpSync(`node_modules/wearable-connect/dist/${file}`, `public/${file}`);
