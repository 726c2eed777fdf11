/** “Block all cookies” as the visitor's own setting: in Chromium and Firefox storage then throws, in Firefox channels do, too. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { answerTo } from './elsewhere.js';
import { inEveryEngine, watchRequests } from './rig.js';
import type { Ground } from './rig.js';
import { goes, Visit } from './visit.js';

inEveryEngine('all cookies are blocked', (ground: Ground) => {
  it('storage throws where it is touched, the widget does not: connected by the opener’s message [F8, T16]', async () => {
    const { sites, profile } = ground;
    const visit = await Visit.to(profile, sites.page());
    const thrown = await visit.run(() => {
      try {
        return String(localStorage.length);
      } catch (error) {
        return (error as Error).name;
      }
    });
    assert.equal(thrown, 'SecurityError', 'the setting holds');
    const requests = watchRequests(sites);
    const window = await visit.picks('Garmin Connect', '//garmin.');
    // The platform's own pages need a cookie: what they would have led to is had by other means, and the window is sent there by its page.
    const { path } = requests().find(({ path }) => path.startsWith('/express-login')) ?? { path: '' };
    const landing = await answerTo(sites, sites.sandbox.sweatstack + path);
    await window.evaluate((landing) => void setTimeout(() => location.assign(landing)), landing);
    await goes(window);
    await visit.isConnected();
    assert.deepEqual(profile.console.filter((line) => /SecurityError|[Uu]ncaught/.test(line)), []);
  });
}, { storageBlocked: true, isNew: true, only: ['Chromium', 'Firefox'] });
