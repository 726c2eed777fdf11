import type { AuthorizeOptions, Sight } from '../../src/core/platform.js';
import { answerOf } from '../../src/oauth/protocol.js';
import { createSignIn } from '../../src/oauth/sign-in.js';
import type { SignIn, SignInOptions } from '../../src/oauth/sign-in.js';
import { installFakeTime } from '../core/fake-time.js';
import type { FakeTime } from '../core/fake-time.js';
import { settled } from '../sync/fake-clock.js';
import { stubOpen, surround } from './surroundings.js';
import type { Surroundings } from './surroundings.js';

/** A sign-in's surroundings: storage, time and windows, made before each test and gone after it. */
export function useSignIn() {
  let around: Surroundings;
  let time: FakeTime;
  let windows: ReturnType<typeof stubOpen>;
  const lives: AbortController[] = [];

  beforeEach(() => {
    around = surround();
    time = installFakeTime();
    windows = stubOpen();
  });
  afterEach(async () => {
    for (const life of lives.splice(0)) life.abort();
    await settled();
    windows.restore();
    time.restore();
    around.restore();
  });

  const create = (more: Partial<SignInOptions> = {}): SignIn =>
    createSignIn({
      ...{ issuer: 'https://a.example', clientId: 'c', redirectUri: `${location.origin}/cb.html`, popupOnly: false, onOpened: () => {} },
      urlFor: ({ state, challenge }, source) => `https://a.example/authorize?state=${state}&challenge=${challenge}&source=${source ?? ''}`,
      ...more,
    });

  function options(attempt = 'a1', way: AuthorizeOptions['way'] = 'popup') {
    const life = new AbortController();
    lives.push(life);
    const sights: Sight[] = [];
    let show = (): void => {};
    const how: AuthorizeOptions = { attempt, way, signal: life.signal, onSight: (sight, again) => (sights.push(sight), (show = again)) };
    return { how, life, sights, show: () => show() };
  }

  const begin = (signIn: SignIn, run: ReturnType<typeof options>, source: string | null = 'wahoo') => {
    const heard: unknown[] = [];
    const done = signIn.authorize(source, run.how).then((answered) => void heard.push(answered), (error: unknown) => void heard.push(error));
    return { heard, done };
  };

  return {
    ...{ create, options, begin },
    stateIn: (url = ''): string => new URL(url).searchParams.get('state') ?? '',
    answer: (query: string): boolean => dispatchEvent(new MessageEvent('message', { data: answerOf(query), origin: location.origin })),
    last: () => windows.opened[windows.opened.length - 1],
    /** All that lies in either storage. */
    kept: (): string[] => [...Object.keys(around.local), ...Object.keys(around.session)],
    get around() {
      return around;
    },
    get time() {
      return time;
    },
    get windows() {
      return windows;
    },
  };
}

/** Looks at what is pending, and leaves it to others. */
export const looking = AbortSignal.abort();
