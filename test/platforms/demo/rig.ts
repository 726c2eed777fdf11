import type { AuthorizeOptions, Show, Sight } from '../../../src/core/platform.js';
import { demo } from '../../../src/platforms/demo/platform.js';
import type { DemoOptions } from '../../../src/platforms/demo/platform.js';
import { installFakeTime } from '../../core/fake-time.js';
import { surround, until } from '../../oauth/surroundings.js';
import { settled } from '../../sync/fake-clock.js';
import { openFrames } from './windows.js';

/** The demo with real time in a test's hand, and windows that are frames. */
export function createRig(options: DemoOptions = {}) {
  const around = surround();
  const time = installFakeTime();
  const windows = openFrames();
  const { hasFocus } = document;
  document.hasFocus = () => true;
  const lives: AbortController[] = [];
  const platform = demo(options);

  function life(): AbortController {
    const controller = new AbortController();
    lives.push(controller);
    return controller;
  }

  return {
    ...{ around, time, windows, platform, life },
    authorize(made = platform, way: AuthorizeOptions['way'] = 'popup', attempt = 'a1') {
      const controller = life();
      const seen: Sight[] = [];
      const run = { controller, seen, show: (() => {}) as Show, grant: null as object | null, error: null as unknown, done: false };
      made.authorize('polar', { attempt, way, signal: controller.signal, onSight: (sight, show) => void (seen.push(sight), (run.show = show)) }).then(
        (grant) => Object.assign(run, { grant, done: true }),
        (error: unknown) => Object.assign(run, { error, done: true }),
      );
      return run;
    },
    /** Half a second after the other until it holds. */
    async pass(holds: () => unknown): Promise<void> {
      for (let half = 0; half < 200 && !holds(); half++) {
        await time.advance(500);
        for (let turn = 0; turn < 5; turn++) await settled();
      }
    },
    /** Timers, listeners and windows that are there once all was aborted. */
    async left(): Promise<number> {
      for (const one of lives.splice(0)) one.abort('over');
      const left = (): number => time.pending + around.left + windows.open;
      await until(() => left() === 0, 'The end', 200).catch(() => {});
      return left();
    },
    restore(): void {
      for (const one of lives.splice(0)) one.abort('over');
      document.hasFocus = hasFocus;
      windows.restore();
      time.restore();
      around.restore();
    },
  };
}
