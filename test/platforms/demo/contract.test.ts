import type { Clock } from '../../../src/sync/clock.js';
import { demo } from '../../../src/platforms/demo/platform.js';
import { settled } from '../../sync/fake-clock.js';
import { describePlatform } from '../contract.js';
import { createRig } from './rig.js';

/** Every wait is over with the next turn of the event loop. */
const hasty: Clock = {
  now: () => Date.now(),
  wait: async (_, signal) => {
    signal.throwIfAborted();
    await settled();
    signal.throwIfAborted();
  },
};

describePlatform('demo', () => {
  const options = { clock: hasty, popup: true, scope: 'data:read offline_access' };
  const rig = createRig(options);
  return {
    platform: rig.platform,
    source: 'polar',
    reload: () => demo(options),
    windows: () => ({ opened: rig.windows.opened, open: rig.windows.open }),
    answer: (how) => rig.windows.press(how === 'yes' ? 'Allow' : 'Not now'),
    goOffline: null,
    finish: () => {},
    pass: rig.pass,
    secrets: ['demo-access-token', 'demo-refresh-token'],
    storage: () => JSON.stringify([rig.around.local, rig.around.session]),
    left: rig.left,
    restore: rig.restore,
  };
});
