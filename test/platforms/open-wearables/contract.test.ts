import { describePlatform } from '../contract.js';
import { createRig } from './rig.js';
import { nonce, progressOf } from './stub-handler.js';

describePlatform('open-wearables', () => {
  const rig = createRig();
  return {
    platform: rig.platform(),
    source: 'garmin',
    reload: () => rig.platform(),
    windows: () => ({ opened: rig.windows.opened.length, open: rig.windows.opened.filter(({ handle }) => handle && !handle.closed).length }),
    // A denial ends on a page of Open Wearables' own, where the visitor closes the window.
    answer: (how) => void rig.pass(() => rig.windows.opened.at(-1)?.handle?.location.href.startsWith('https:')).then(() => (how === 'yes' ? rig.comeBack() : rig.closeWindow())),
    goOffline: () => {
      for (const path of Object.keys(rig.handler.answers)) rig.handler.answers[path] = () => Promise.reject(new TypeError('Failed to fetch'));
    },
    finish: () =>
      void rig.pass(() => rig.handler.streams.length).then(() => {
        rig.handler.send('progress', progressOf('garmin', { ratio: 0.2 }));
        rig.handler.send('progress', progressOf('garmin', { ratio: 0.8 }));
        rig.handler.send('complete', { outcome: 'success', connections: rig.handler.connections });
      }),
    pass: rig.pass,
    remembered: true,
    secrets: [nonce],
    storage: () => JSON.stringify([rig.around.local, rig.around.session]),
    left: rig.left,
    restore: rig.restore,
  };
});
