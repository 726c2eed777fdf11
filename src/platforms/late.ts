import { ConnectError } from '../core/errors.js';
import { inTime, sent } from '../core/once.js';
import type { Outlet, Platform } from '../core/platform.js';

type Ability = 'attend' | 'restore' | 'preview' | 'accessToken' | 'refresh' | 'disconnect' | 'manage' | 'forget';

/**
 * A platform whose code is fetched when a page first names it. What it can do is known beforehand, how is not. A click that comes
 * sooner than the code opens its window a moment later, which most browsers still take for part of the click.
 */
export function late(name: string, abilities: readonly Ability[], load: () => Promise<Platform>, disconnectsSources = true): Platform {
  let outlet: Outlet | null = null;
  let here: Platform | null = null;
  let isForgotten = false;

  const arrive = sent(() =>
    inTime(load).then(
      (platform) => {
        if (outlet) platform.attach?.(outlet);
        // Before anything else: what was kept is not to be found by whoever waits.
        if (isForgotten) platform.forget?.();
        return (here = platform);
      },
      (thrown: unknown) => {
        throw new ConnectError('network', `The code of platform="${name}" could not be loaded: is the file served beside the script?`, thrown);
      },
    ),
  );

  // Each is called as it was: the types of what comes and goes are the method's own.
  const call =
    (method: keyof Platform) =>
    (...given: unknown[]): unknown => {
      const run = (platform: Platform): unknown => (platform[method] as (...all: unknown[]) => unknown)(...given);
      if (here) return run(here);
      return method === 'forget' ? void (isForgotten = true) : arrive().then(run);
    };

  return {
    name,
    disconnectsSources,
    attach(hears) {
      outlet = hears;
    },
    ...(Object.fromEntries(['prepare', 'sources', 'authorize', 'confirm', ...abilities].map((method) => [method, call(method as keyof Platform)])) as unknown as Pick<Platform, 'prepare' | 'sources' | 'authorize' | 'confirm'>),
    async *follow(connections, signal) {
      yield* (await arrive()).follow(connections, signal);
    },
  };
}
