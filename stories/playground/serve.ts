/** `npm start`: a local SweatStack, a local Open Wearables, and a club's site to try the widget on. Ctrl-C ends them all. */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createServer } from 'vite';
import { createSandbox } from '../../src/sandbox/index.js';
import { siteNames } from '../../src/sandbox/page.js';
import { fetchAtHome } from './at-home.js';
import { createClub, members } from './club.js';
import { pages, type Site } from './pages.js';

const wantedPort = 4700;
const keep = 'node_modules/.cache/wearable-connect';
mkdirSync(keep, { recursive: true });

const sandbox = await createSandbox({ accountsFile: `${keep}/accounts.json`, quiet: true });
/** Its own address is known once it has a port. */
const site: Partial<Site> = {};

const server = await createServer({
  appType: 'custom',
  clearScreen: false,
  logLevel: 'warn',
  plugins: [pages(sandbox, site)],
  resolve: { conditions: ['module', 'browser', 'production'] }, // As a host gets it: Lit's warnings are for our own tests.
  // As the handler's own guard would have it: no page of another origin is told yes.
  server: { host: '127.0.0.1', port: wantedPort, cors: false, warmup: { clientFiles: ['stories/playground/playground.ts'] } },
  // Told beforehand, so that the first visit does not reload the page when Vite comes across them.
  optimizeDeps: { entries: ['stories/playground/playground.ts', 'src/callback.ts'] },
});
await server.listen();

const address = server.httpServer?.address();
const port = typeof address === 'object' ? (address?.port ?? wantedPort) : wantedPort;
const origin = `http://host.localhost:${port}`;
const { openWearables: url, openWearablesKey: apiKey, sweatstack: baseUrl } = sandbox;
const club = createClub({
  origin,
  secret: randomBytes(32).toString('base64url'),
  openWearables: { url, apiKey },
  sweatstack: { clientId: 'demo-client', baseUrl },
  fetch: fetchAtHome,
});
Object.assign(site, { club, origin });

/** The wearables' own pages, where the platforms send people to. */
const wearables = Object.keys(siteNames).filter((name) => !['sweatstack', 'mail', 'open-wearables'].includes(name));
const rows = [
  ['Playground', origin, port === wantedPort ? '' : `(${wantedPort} is taken)`],
  ['  members', members.map(({ login, password }) => `${login} / ${password}`).join(', '), ''],
  ['SweatStack', sandbox.sweatstack, ''],
  ['  its e-mail', sandbox.mail, ''],
  ['Open Wearables', sandbox.openWearables, `(key ${apiKey})`],
  ['Wearables', `http://NAME.localhost:${sandbox.port}`, ''],
  ['', wearables.join(', '), ''],
] as const;
console.log(`\n${rows.map(([name, where, note]) => `  ${name.padEnd(16)} ${where}  ${note}`.trimEnd()).join('\n')}\n\n  Ctrl-C ends them.\n`);

const stop = (): void => {
  // An open stream must not keep anybody waiting.
  setTimeout(() => process.exit(0), 300).unref();
  void Promise.allSettled([server.close(), sandbox.close()]).then(() => process.exit(0));
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
