/** A site with a server of its own, behind which is Open Wearables: the second kind of page there is. */
import { createClub, members } from '../../stories/playground/club.js';
import { fetchAtHome } from '../../stories/playground/at-home.js';
import type { Sandbox } from '../../src/sandbox/index.js';
import type { Tab } from '../browsers/engine.js';
import { until } from '../browsers/waiting.js';
import { createHost } from '../journeys/host.js';

export interface ClubSite {
  readonly origin: string;
  /** Where each of its pages was asked from. */
  readonly asked: readonly { readonly url: string; readonly referrer: string | undefined }[];
  /** A new page, behind a server that knows nothing of what was before. Gives its address. */
  page(body: string): string;
  /** A member signs in to the club, in this tab. */
  enters(tab: Tab): Promise<void>;
  close(): Promise<void>;
}

export async function createClubSite(sandbox: Sandbox): Promise<ClubSite> {
  const host = await createHost({ listening: false });
  const asked: { url: string; referrer: string | undefined }[] = [];
  let count = 0;
  return {
    origin: host.origin,
    asked,
    page(body) {
      const path = `/club-${++count}`;
      const { openWearables: url, openWearablesKey: apiKey } = sandbox;
      const club = createClub({ origin: host.origin, secret: 'a secret of the soak', openWearables: { url, apiKey }, fetch: fetchAtHome, onError: () => {} });
      host.mount((request, response) => {
        asked.push({ url: request.url ?? '', referrer: request.headers.referer });
        if (request.url?.split('?')[0] !== path) return club.answer(request, response);
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(body);
        return true;
      });
      return host.origin + path;
    },
    async enters(tab) {
      await tab.goto(`${host.origin}/welcome`);
      const [{ login, password } = { login: '', password: '' }] = members;
      const signIn = (credentials: object): Promise<number> =>
        fetch('/club/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(credentials) }).then(({ status }) => status);
      await until(async () => (await tab.evaluate(signIn, { login, password })) === 200, () => 'the club did not let its member in');
    },
    close: () => host.close(),
  };
}
