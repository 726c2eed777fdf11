/** A channel of many instances: one of them watches, all of them read from the hub what it tells. Without the hub, each goes on alone. */
import { backOffMs } from '../sync/back-off.js';
import { within } from '../sync/clock.js';
import type { Clock } from '../sync/clock.js';
import type { Alarm } from './alarms.js';
import { createBoard } from './board.js';
import { createPresence, createVigil, newEpoch } from './channel.js';
import type { Channel } from './channel.js';
import type { Answer, Hub } from './hub.js';
import type { Health } from './hub-health.js';
import { startRounds } from './rounds.js';
import type { Rounds, Watch } from './rounds.js';

/** How late an update reaches the listeners of another instance at most. */
const meetEveryMs = 1_000;
/** Twice, one after the other: where this process was held up, its answers have come behind the first. */
const patienceMs = 1_000;
/** A question that is still open after so long has got lost with its connection; a client that keeps it has one more to keep. */
const lostMs = 30_000;
/** Asking a hub that is gone costs nothing, and waiting for it costs a poller an instance. */
const mostDoublings = 3;

export interface SharedChannelOptions {
  readonly clock: Clock;
  readonly hub: Hub;
  readonly health: Health;
  readonly key: string;
  readonly watch: Watch;
  readonly kept: Alarm;
  readonly onEmpty: () => void;
}

interface Asked {
  readonly at: number;
  readonly lease: string;
  readonly turn: boolean;
  readonly answer: Promise<Answer | null>;
}

export function createSharedChannel({ clock, hub, health, key, watch, kept, onEmpty }: SharedChannelOptions): Channel {
  let life = new AbortController();
  /** One question at a time: a client that queues while it has no connection would keep every one of them. */
  let asked: Asked | null = null;
  let [epoch, number, nudges] = ['', 0, 0];
  let lease = crypto.randomUUID();
  let leading: Rounds | null = null;
  let alone = false;
  /** Here, or by another instance; and nobody has looked since. */
  let nudged = false;
  let pause: AbortController | null = null;
  let soon = false;
  let met = (): void => {};

  const vigil = createVigil(clock, watch, () => board);
  const presence = createPresence(begin, end, kept, onEmpty);
  const board = createBoard((came) => {
    if (came && !alone) {
      // What is here may be a second old, and what somebody nudged meanwhile must not be shown.
      board.hide();
      hurry();
    }
    presence(came);
  });

  function begin(): void {
    life = new AbortController();
    share(life.signal).catch(() => {});
  }

  function end(): void {
    life.abort();
    vigil.stop();
    alone = false;
    if (leading) hub.leave(key, lease).catch(() => {});
    resign();
  }

  function resign(): void {
    leading?.stop();
    leading = null;
    lease = crypto.randomUUID();
  }

  /** Meet now, and once more where that is under way. */
  function hurry(): void {
    soon = true;
    pause?.abort();
  }

  const nextMeeting = (): Promise<void> =>
    new Promise((resolve) => {
      const earlier = met;
      met = () => {
        earlier();
        resolve();
      };
    });

  async function share(signal: AbortSignal): Promise<void> {
    for (let failures = 0; ; ) {
      const answer = await meet(signal);
      signal.throwIfAborted();
      if (answer) heed(answer);
      else goAlone();
      failures = answer ? 0 : Math.min(failures + 1, mostDoublings);
      met();
      met = () => {};
      const mine = (pause = within(signal));
      if (soon) mine.abort();
      await clock.wait(meetEveryMs + (answer ? 0 : backOffMs(failures)), mine.signal).catch(() => {});
      mine.abort();
      signal.throwIfAborted();
    }
  }

  async function meet(signal: AbortSignal): Promise<Answer | null> {
    for (;;) {
      soon = false;
      const mine = (asked ??= ask());
      const inTime = await patiently(mine.answer);
      if (inTime === undefined && !signal.aborted) goAlone();
      // It comes when the hub is back.
      const answer = inTime === undefined ? await outwait(mine, signal) : inTime;
      if (signal.aborted) return null;
      if (answer === undefined && asked === mine) asked = null;
      if (!answer) return null;
      // Of what we have told alone since it was asked, the hub has not heard yet.
      if (mine.turn || !vigil.hasTold()) return { ...answer, leads: answer.leads && mine.lease === lease };
    }
  }

  function ask(): Asked {
    const asking = { lease, take: !leading, epoch, number, turn: vigil.hasTold(), newEpoch: newEpoch() };
    const mine: Asked = { at: clock.now(), lease, turn: asking.turn, answer: hub.meet(key, asking).catch(() => null) };
    void mine.answer.then((answer) => {
      if (asked === mine) asked = null;
      // Nobody is waiting for it any more.
      if (answer?.leads && mine.lease !== lease) hub.leave(key, mine.lease).catch(() => {});
    });
    return mine;
  }

  function heed(answer: Answer): void {
    health.back();
    if (alone) vigil.stop();
    alone = false;
    if (vigil.hasTold()) vigil.renew();
    if (answer.whole) board.turn();
    for (const { number: at, about, said } of answer.posts)
      board.post({ about, update: said && { id: `${answer.epoch}-${at}`, ...said } }, answer.epoch === epoch && at <= number);
    const isNews = nudges !== answer.nudges && epoch !== '';
    [epoch, number, nudges] = [answer.epoch, answer.number, answer.nudges];
    if (answer.notes !== undefined) vigil.note(answer.notes);
    if (isNews) nudged = true;
    else if (answer.dueMs !== null) nudged = false;
    if (!answer.leads) {
      if (leading) resign();
    } else if (!leading) lead(answer);
    else if (isNews) leading.nudge();
    if (answer.dueMs === null) board.hide();
    else if (!soon) board.show();
  }

  function lead({ notes, dueMs }: Answer): void {
    const mine = lease;
    let began = nudges;
    leading = startRounds({
      clock, watch, notes, nudged, afterMs: dueMs ?? 0,
      begin: () => void (began = nudges),
      async publish(look) {
        vigil.note(look.notes);
        const verdict = await patiently(hub.tell(key, { lease: mine, epoch, number, nudges: began, look }).catch(() => undefined));
        hurry();
        if (verdict === 'told') return true;
        // What has changed is learnt first; then it looks again, or is not the one to look any more.
        await nextMeeting();
        return false;
      },
    });
  }

  function goAlone(): void {
    if (alone) return;
    alone = true;
    health.lost();
    resign();
    vigil.start();
  }

  /** Undefined: not in time. */
  async function patiently<T>(promise: Promise<T>): Promise<T | undefined> {
    const over = new AbortController();
    const late = clock.wait(patienceMs, over.signal).then(() => clock.wait(patienceMs, over.signal));
    return promiseOr(promise, late, over);
  }

  function outwait({ at, answer }: Asked, signal: AbortSignal): Promise<Answer | null | undefined> {
    const over = within(signal);
    return promiseOr(answer, clock.wait(Math.min(lostMs, Math.max(0, at + lostMs - clock.now())), over.signal), over);
  }

  return {
    listen: (lastId) => board.listen(lastId),
    async nudge(abouts) {
      nudged = true;
      if (alone) vigil.nudge(abouts);
      else board.hide();
      hurry();
    },
  };
}

async function promiseOr<T>(promise: Promise<T>, end: Promise<void>, over: AbortController): Promise<T | undefined> {
  try {
    return await Promise.race([promise, end.then(() => undefined, () => undefined)]);
  } finally {
    over.abort();
  }
}
