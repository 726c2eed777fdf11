import type { AuthorizeOptions, Confirmed, Grant, Sight, Step } from '../../../src/core/platform.js';
import { answerOf } from '../../../src/oauth/protocol.js';
import { openWearables } from '../../../src/platforms/open-wearables/platform.js';
import type { OpenWearablesOptions } from '../../../src/platforms/open-wearables/settings.js';
import { installFakeTime } from '../../core/fake-time.js';
import { stubOpen, surround, until } from '../../oauth/surroundings.js';
import { settled } from '../../sync/fake-clock.js';
import { bodyOf } from '../stub-fetch.js';
import { nonce, stubHandler } from './stub-handler.js';

export type Rig = ReturnType<typeof createRig>;

/** Open Wearables with its handler, its window, its storage and its time in a test's hand. */
export function createRig() {
  const around = surround();
  const time = installFakeTime();
  const windows = stubOpen();
  const handler = stubHandler();
  const lives: AbortController[] = [];

  function life(): AbortController {
    const controller = new AbortController();
    lives.push(controller);
    return controller;
  }

  function platform(options: OpenWearablesOptions = {}) {
    const made = openWearables(options);
    const steps: Step[] = [];
    made.attach?.({ tokens: () => {}, forgotten: () => {}, step: (step) => void steps.push(step) });
    return Object.assign(made, { steps });
  }

  type Made = ReturnType<typeof platform>;

  const rig = {
    ...{ around, time, windows, handler, platform, life },
    authorize(made: Made, source: string | null = 'garmin', way: AuthorizeOptions['way'] = 'popup') {
      const controller = life();
      const sights: Sight[] = [];
      const run = { sights, controller, grant: null as Grant | null, error: null as unknown };
      made.authorize(source, { attempt: 'a1', way, signal: controller.signal, onSight: (sight) => void sights.push(sight) }).then(
        (grant) => (run.grant = grant),
        (error: unknown) => (run.error = error),
      );
      return run;
    },
    /** The `state` that the last sign-in was begun with. */
    state(): string {
      const asked = handler.asked.filter(({ path, method }) => method === 'POST' && path.endsWith('/authorizations')).at(-1);
      return (bodyOf(asked) as { state: string }).state;
    },
    /** The return page tells that the window is back. */
    comeBack(query = `code=${nonce}&state=${rig.state()}`): void {
      dispatchEvent(new MessageEvent('message', { data: answerOf(query), origin: location.origin }));
    },
    /** Onto the provider's page, and closed there by hand: the focus comes back to this page. */
    async closeWindow(): Promise<void> {
      const handle = windows.opened.at(-1)?.handle;
      handle?.goAway();
      await time.advance(300);
      handle?.close();
      dispatchEvent(new Event('focus'));
    },
    async signIn(made: Made, source = 'garmin'): Promise<Confirmed> {
      await made.prepare(life().signal);
      const run = rig.authorize(made, source);
      await rig.pass(() => windows.opened.at(-1)?.handle?.location.href.startsWith('https:'));
      rig.comeBack();
      await rig.pass(() => run.grant);
      return made.confirm(run.grant ?? {}, life().signal);
    },
    /** Everything that could be left behind, once every life is over. */
    async left(): Promise<number> {
      for (const one of lives.splice(0)) one.abort('over');
      const left = (): number => time.pending + around.left + handler.left;
      await until(() => left() === 0, 'The end', 500).catch(() => {});
      return left();
    },
    /** A tenth of a second after the other until it holds. */
    async pass(holds: () => unknown): Promise<void> {
      for (let tenth = 0; tenth < 300 && !holds(); tenth++) {
        for (let turn = 0; turn < 10 && !holds(); turn++) await settled();
        if (!holds()) await time.advance(100);
      }
      // A lock is another thread's to give: on a machine that has much else to do it comes when no more of this time is to pass.
      await until(holds, 'What was waited for');
    },
    restore(): void {
      for (const one of lives.splice(0)) one.abort('over');
      handler.restore();
      windows.restore();
      time.restore();
      around.restore();
    },
  };
  return rig;
}
