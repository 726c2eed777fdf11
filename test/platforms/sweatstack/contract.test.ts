import { describePlatform } from '../contract.js';
import { createRig } from './rig.js';

for (const persist of ['memory', 'local'] as const)
  describePlatform(`sweatstack, with persist="${persist}"`, () => {
    const rig = createRig();
    const made = () => rig.platform({ persist }).platform;
    return {
      platform: made(),
      source: 'wahoo',
      reload: made,
      windows: () => ({ opened: rig.windows.opened.length, open: rig.windows.opened.filter(({ handle }) => handle && !handle.closed).length }),
      answer: (how) => rig.answer(how === 'yes' ? 'code=canary-code' : 'error=access_denied'),
      goOffline: () => {
        for (const path of Object.keys(rig.server.answers)) rig.server.answers[path] = () => Promise.reject(new TypeError('Failed to fetch'));
      },
      finish: () => rig.server.streams.at(-1)?.send('{"backfill_loaded_until": "2026-01-01T00:00:00"}\n{"backfill_loaded_until": "2021-11-13T00:00:00"}\n'),
      pass: rig.pass,
      // With `persist` the tokens are in storage because the page said so.
      get secrets() {
        const body = rig.server.asked.find(({ path }) => path.endsWith('/token'))?.init.body as URLSearchParams;
        return ['canary-code', String(body.get('code_verifier')), ...(persist === 'memory' ? ['canary-token'] : [])];
      },
      storage: () => JSON.stringify([rig.around.local, rig.around.session]),
      left: async () => {
        const left = await rig.left();
        // Another tab's sign-out is listened for as long as something is kept.
        return left - (persist === 'local' && Object.keys(rig.around.local).length ? 1 : 0);
      },
      restore: rig.restore,
    };
  });
