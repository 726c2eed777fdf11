/** `npm start`: a local SweatStack and a host page to try the widget on. Ctrl-C ends both. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Plugin } from 'vite';
import { createSandbox } from '../../src/sandbox/index.js';

const wantedPort = 4700;
const keep = 'node_modules/.cache/wearable-connect';
mkdirSync(keep, { recursive: true });

const sandbox = await createSandbox({ accountsFile: `${keep}/accounts.json`, quiet: true });

/** The two pages. The landing page's script is the source itself here; nothing else may be put on that page. */
const pages = (): Plugin => ({
  name: 'playground-pages',
  configureServer: (server) => {
    const locales = readdirSync('src/locales').map((file) => file.replace(/\.ts$/, ''));
    const known = JSON.stringify({ sweatstack: sandbox.sweatstack, mail: sandbox.mail, locales });
    const page = (path: string): Promise<string> | string | undefined => {
      if (path === '/') {
        const html = readFileSync('stories/playground/index.html', 'utf8').replace('%SANDBOX%', known);
        return server.transformIndexHtml('/', html);
      }
      if (path !== '/wearable-callback.html') return undefined;
      return readFileSync('src/wearable-callback.html', 'utf8').replace(
        '<script src="callback.js">',
        '<script type="module" src="/src/callback.ts">',
      );
    };
    server.middlewares.use((request, response, next) => {
      const found = page(new URL(request.url ?? '/', 'http://localhost').pathname);
      if (found === undefined) {
        next();
        return;
      }
      Promise.resolve(found).then((html) => {
        response.setHeader('content-type', 'text/html; charset=utf-8');
        response.setHeader('cache-control', 'no-store');
        response.end(html);
      }, next);
    });
  },
});

const server = await createServer({
  appType: 'custom',
  clearScreen: false,
  logLevel: 'warn',
  plugins: [pages()],
  resolve: { conditions: ['module', 'browser', 'production'] }, // As a host gets it: Lit's warnings are for our own tests.
  server: { host: '127.0.0.1', port: wantedPort, warmup: { clientFiles: ['stories/playground/playground.ts'] } },
  // Told beforehand, so that the first visit does not reload the page when Vite comes across them.
  optimizeDeps: { entries: ['stories/playground/playground.ts', 'src/callback.ts'] },
});
await server.listen();

const address = server.httpServer?.address();
const port = typeof address === 'object' ? (address?.port ?? wantedPort) : wantedPort;
const rows = [
  ['Playground', `http://host.localhost:${port}`, port === wantedPort ? '' : `  (${wantedPort} is taken)`],
  ['SweatStack', sandbox.sweatstack, ''],
  ['Its e-mail', sandbox.mail, ''],
  ['Garmin', sandbox.garmin, ''],
  ['Intervals.icu', sandbox.intervals, ''],
  ['Wahoo', sandbox.wahoo, ''],
] as const;
console.log(`\n${rows.map(([name, url, note]) => `  ${name.padEnd(14)} ${url}${note}`).join('\n')}\n\n  Ctrl-C ends them.\n`);

const stop = (): void => {
  // An open stream must not keep anybody waiting.
  setTimeout(() => process.exit(0), 300).unref();
  void Promise.allSettled([server.close(), sandbox.close()]).then(() => process.exit(0));
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
