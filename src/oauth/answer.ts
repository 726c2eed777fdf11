import { attemptLifeMs, mailFor } from './attempt.js';
import type { Attempt } from './attempt.js';
import { ConnectError } from '../core/errors.js';
import { stateOf } from './address.js';
import { acknowledged, cut, mailboxKey } from './protocol.js';

const mailEveryMs = 1000;

type Place = Window & typeof globalThis;
export type HearIn = (place: Place) => void;

/**
 * Waits for the one answer to an attempt, on every road home: the channel (kept by COOP), the opener's message (kept in a
 * cross-site frame), the mailbox (kept while this page was away). The first that passes the gate wins; the rest is ignored
 * in silence. Everything it sets up is gone when it settles. `alsoIn` is given a way to listen in one more window of this origin.
 */
export function waitForAnswer(attempt: Attempt, signal: AbortSignal, isCut = (): boolean => false, alsoIn = (_hearIn: HearIn): void => {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const life = new AbortController();
    const during = { signal: life.signal };
    const landingOrigin = new URL(attempt.redirectUri).origin;
    const places: Place[] = [];
    const radios: BroadcastChannel[] = [];

    const settle = (act: () => void): void => {
      if (life.signal.aborted) return;
      life.abort();
      for (const radio of radios) radio.close();
      clearInterval(mailTimer);
      clearTimeout(lifeTimer);
      act();
    };

    /** The gate: version, size and shape, the very `state` of this attempt, once. */
    const hear = (data: unknown, source?: Window): void => {
      const { v, query } = Object(data) as { v?: unknown; query?: unknown };
      if (life.signal.aborted || v !== 1 || typeof query !== 'string' || stateOf(query) !== attempt.state) return;
      const heard = acknowledged + (isCut() ? cut : '');
      try {
        for (const radio of radios) radio.postMessage(heard);
        source?.postMessage(heard, landingOrigin);
      } finally {
        settle(() => resolve(query));
      }
    };

    const hearIn: HearIn = (place) => {
      places.push(place);
      place.addEventListener('message', ({ data, origin, source }) => {
        // An exact comparison of origins (RFC 9700 4.17.2); that `source` is our window proves nothing once COOP has cut it.
        if (origin === landingOrigin) hear(data, source as Window);
      }, during);
      try {
        const radio = new place.BroadcastChannel(attempt.channel);
        radios.push(radio);
        radio.addEventListener('message', ({ data }) => hear(data), during);
      } catch {
        // Firefox forbids channels where cookies are blocked: the opener's message is left.
      }
    };
    hearIn(window);
    alsoIn((place) => {
      hearIn(place);
      lookForMail();
    });
    const lookForMail = (): void => places.forEach((place) => hear({ v: 1, query: mailFor(attempt.channel, place) }));
    addEventListener('storage', (event) => event.key === mailboxKey(attempt.channel) && lookForMail(), during);
    addEventListener('focus', lookForMail, during);
    addEventListener('pageshow', lookForMail, during);
    document.addEventListener('visibilitychange', lookForMail, during);
    const mailTimer = setInterval(lookForMail, mailEveryMs);

    const lifeTimer = setTimeout(
      () => settle(() => reject(new ConnectError('timeout', 'No answer within fifteen minutes.'))),
      Math.max(0, attempt.createdAt + attemptLifeMs - Date.now()),
    );
    signal.addEventListener('abort', () => settle(() => reject(signal.reason)), during);
    if (signal.aborted) settle(() => reject(signal.reason));
    else lookForMail();
  });
}
