/** Before every `npm pack`: what would be in it without a build is no package. Built-ins alone, since nothing may be installed. */
import { existsSync } from 'node:fs';

if (!existsSync('dist/index.js')) {
  console.error('\nThere is no dist, and a package without it is empty: `npm run build` makes it.\n');
  process.exit(1);
}
