import { pause } from '../../sync/back-off.js';
import { within } from '../../sync/clock.js';
import type { Wake } from '../../sync/wakeful.js';
import { membersOf, textOf } from '../../core/json.js';
import { channelOf } from './other-tabs.js';
import type { Told } from './updates.js';

export interface OneStreamOptions {
  /** The same for one visitor at one handler in every tab; null keeps the stream to this one. */
  readonly name: string | null;
  readonly stream: (lastId: string | null, signal: AbortSignal) => AsyncIterable<Told>;
  readonly wake: Wake;
}

/** Between tabs: news, or a newcomer that asks for everything so far, or what that one is answered. */
type Word = { readonly told: readonly Told[]; readonly to?: string } | { readonly newcomer: string };

/** A lock comes by another way than words, and can overtake the last ones of the tab that had it: that this was the end, for one. */
const lastWordsMs = 100;

/**
 * One stream for all tabs of an origin: six open ones over HTTP/1.1 leave a page no connection for anything else. Whoever holds
 * the lock streams and tells the others; a tab that closes, or falls asleep, lets go of it, and the next goes on from the last
 * update that all of them have heard.
 */
export async function* oneStream({ name, stream, wake }: OneStreamOptions, signal: AbortSignal): AsyncGenerator<Told, void, undefined> {
  const channel = name ? channelOf(name) : null;
  if (!name || !channel || !globalThis.navigator?.locks) {
    yield* stream(null, signal);
    return;
  }

  const life = within(signal);
  const me = crypto.randomUUID();
  const picture = new Map<string, Told>();
  const pending: Told[] = [];
  let lastId: string | null = null;
  let leads = false;
  let over = null as Promise<void> | null;
  let poke = (): void => {};

  const say = (word: Word): void => channel.postMessage(word);

  function hear(told: Told): void {
    // What a later one replaces: the progress of one source, the list, the end.
    const about = `${told.event} ${textOf(membersOf(told.data)['source']) ?? ''}`;
    // A newcomer may hear it twice: when it was told, and in the answer to its question.
    if (told.id && picture.get(about)?.id === told.id) return;
    lastId = told.id ?? lastId;
    picture.delete(about);
    picture.set(about, told);
    pending.push(told);
    poke();
  }

  channel.onmessage = ({ data }: MessageEvent<Word>) => {
    if ('told' in data) {
      if (!data.to || data.to === me) data.told.forEach(hear);
    } else if (leads) say({ to: data.newcomer, told: [...picture.values()] });
  };

  async function lead(here: AbortSignal): Promise<void> {
    await pause(lastWordsMs, here);
    leads = true;
    try {
      for await (const told of stream(lastId, here)) {
        say({ told: [told] });
        hear(told);
      }
    } finally {
      leads = false;
    }
  }

  async function compete(lock: string): Promise<void> {
    for (;;) {
      await wake.whenAwake(life.signal);
      // Asleep, it would hold the lock and hear nothing while another tab is being looked at.
      const here = wake.untilAsleep(life.signal);
      try {
        await navigator.locks.request(lock, { signal: here }, () => lead(here));
        if (!here.aborted) return;
      } catch (thrown) {
        if (!here.aborted) throw thrown;
      }
    }
  }

  life.signal.addEventListener('abort', () => poke());
  const competing = compete(name);
  competing.catch(() => {}).finally(() => {
    over = competing;
    poke();
  });
  say({ newcomer: me });
  try {
    for (;;) {
      if (life.signal.aborted) return;
      const told = pending.shift();
      if (told) yield told;
      // Ended by itself, or by throwing what ends this too.
      else if (over) return await over;
      else await new Promise<void>((resolve) => (poke = resolve));
    }
  } finally {
    life.abort();
    channel.close();
  }
}
