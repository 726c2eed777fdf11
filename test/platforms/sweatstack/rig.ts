// At hand, as in a page that has had the time: a fake clock does not wait for a fetch.
import '../../../src/platforms/sweatstack/account.js';
import '../../../src/platforms/sweatstack/afterwards.js';
import type { AuthorizeOptions, Confirmed, Grant, Sight, Step } from '../../../src/core/platform.js';
import type { Tokens } from '../../../src/core/nouns.js';
import { answerOf } from '../../../src/oauth/protocol.js';
import { sweatstack } from '../../../src/platforms/sweatstack/platform.js';
import type { SweatstackOptions } from '../../../src/platforms/sweatstack/settings.js';
import { installFakeTime } from '../../core/fake-time.js';
import { stubOpen, surround, until } from '../../oauth/surroundings.js';
import { settled } from '../../sync/fake-clock.js';
import { stubServer } from './stub-server.js';

export type Rig = ReturnType<typeof createRig>;

/** SweatStack with its server, its window, its storage and its time in a test's hand. */
export function createRig() {
  const around = surround();
  const time = installFakeTime();
  const windows = stubOpen();
  const server = stubServer();
  const lives: AbortController[] = [];

  function platform(options: SweatstackOptions = {}) {
    const made = sweatstack({ clientId: 'app', ...options });
    const steps: Step[] = [];
    const told: string[] = [];
    const look = { on: false };
    made.attach?.({
      tokens: ({ accessToken }: Tokens, reason) => void told.push(`${reason} ${accessToken}`),
      forgotten: () => void told.push('forgotten'),
      get step() {
        return look.on ? (step: Step) => void steps.push(step) : null;
      },
    });
    return { platform: made, steps, told, look };
  }

  function life(): AbortController {
    const controller = new AbortController();
    lives.push(controller);
    return controller;
  }

  function authorize(made: ReturnType<typeof platform>['platform'], source: string | null = 'wahoo', way: AuthorizeOptions['way'] = 'popup') {
    const { signal } = life();
    const sights: Sight[] = [];
    const answered = made.authorize(source, { attempt: 'a1', way, signal, onSight: (sight) => void sights.push(sight) });
    answered.catch(() => {});
    return { answered, sights };
  }

  const rig = {
    ...{ around, time, windows, server, platform, authorize, life },
    /** The parameters of the last window that was opened. */
    asked(): Record<string, string> {
      const { searchParams } = new URL(windows.opened.at(-1)?.handle?.location.href ?? windows.opened.at(-1)?.url ?? '');
      const state = searchParams.get('state') ?? '';
      return searchParams.size > 1 ? Object.fromEntries(searchParams) : (JSON.parse(atob(state)) as Record<string, string>);
    },
    /** What comes back from the window: a code, or a refusal. */
    answer(how = 'code=canary-code'): void {
      dispatchEvent(new MessageEvent('message', { data: answerOf(`?${how}&state=${rig.asked()['state'] ?? ''}`), origin: location.origin }));
    },
    async grant(made: ReturnType<typeof platform>['platform'], source: string | null = 'wahoo'): Promise<Grant> {
      await made.prepare(life().signal);
      const { answered } = authorize(made, source);
      rig.answer();
      return answered;
    },
    async signIn(made: ReturnType<typeof platform>['platform'], source: string | null = 'wahoo'): Promise<Confirmed> {
      return made.confirm(await rig.grant(made, source), life().signal);
    },
    /** Everything that could be left behind, once every life is over. */
    async left(): Promise<number> {
      for (const one of lives.splice(0)) one.abort('over');
      const left = (): number => time.pending + around.left + server.left;
      await until(() => left() === 0, 'The end', 500).catch(() => {});
      return left();
    },
    /** Second after second until it holds: what a platform waits for between its requests. */
    async pass(holds: () => unknown): Promise<void> {
      for (let second = 0; second < 100 && !holds(); second++) {
        await time.advance(1000);
        for (let turn = 0; turn < 20; turn++) await settled();
      }
    },
    restore(): void {
      for (const one of lives.splice(0)) one.abort('over');
      server.restore();
      windows.restore();
      time.restore();
      around.restore();
    },
  };
  return rig;
}
