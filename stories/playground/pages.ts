import { readdirSync, readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { siteNames } from '../../src/sandbox/page.js';
import { providersOf } from '../../src/sandbox/open-wearables/providers.js';
import type { Sandbox } from '../../src/sandbox/index.js';
import type { Known } from './known.js';
import { members, type Club } from './club.js';

/** What the page cannot know by itself: where everything is, and what can be chosen. */
const knownOf = ({ sweatstack, mail, openWearables }: Sandbox): Known => ({
  sweatstack,
  mail,
  openWearables,
  members: members.map(({ login, password, name }) => ({ login, password, name })),
  locales: readdirSync('src/locales').filter((file) => file.endsWith('.ts')).map((file) => file.replace(/\.ts$/, '')),
  sources: {
    sweatstack: [['garmin_connect', siteNames.garmin], ['intervals_icu', siteNames.intervals], ['wahoo', siteNames.wahoo]],
    'open-wearables': providersOf('current').filter(({ cloud }) => cloud).map(({ id, name }) => [id, name]),
    demo: [],
  },
});

export interface Site {
  club: Club;
  origin: string;
}

/** The two pages, and before them whatever the club's server answers itself. */
export const pages = (sandbox: Sandbox, site: Partial<Site>): Plugin => ({
  name: 'playground-pages',
  configureServer(server) {
    const page = (path: string): Promise<string> | string | undefined => {
      if (path === '/') {
        // In a script of data only this one sequence ends it.
        const known = JSON.stringify(knownOf(sandbox)).replaceAll('</', '<\\/');
        return server.transformIndexHtml('/', readFileSync('stories/playground/index.html', 'utf8').replace('%KNOWN%', () => known));
      }
      if (path !== '/wearable-callback.html') return undefined;
      // The landing page's script is the source itself here; nothing else may be put on that page.
      return readFileSync('src/wearable-callback.html', 'utf8').replace('<script src="callback.js">', '<script type="module" src="/src/callback.ts">');
    };
    server.middlewares.use((request, response, next) => {
      const { club, origin } = site;
      if (club?.answer(request, response)) return;
      const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
      // By another name of this computer the page would have another origin than the handler expects.
      if (origin && pathname === '/' && `http://${request.headers.host}` !== origin) return void response.writeHead(302, { location: origin + pathname + search }).end();
      const found = page(pathname);
      if (found === undefined) return void next();
      Promise.resolve(found).then((html) => {
        response.setHeader('content-type', 'text/html; charset=utf-8');
        response.setHeader('cache-control', 'no-store');
        response.end(html);
      }, next);
    });
  },
});
