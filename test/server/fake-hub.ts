/** A hub in memory, as redisHub is one in Redis (redis.test.ts holds both against the same cases), and ways for it to fail. */
import type { Answer, Hub } from '../../src/server/hub.js';
import type { Clock } from '../../src/sync/clock.js';

interface Page {
  epoch: string;
  number: number;
  nudges: number;
  notes: unknown;
  dueAt: number;
  lease: { readonly word: string; readonly until: number } | null;
  posts: Answer['posts'][number][];
  picture: Map<string, Answer['posts'][number]>;
}

const [leaseMs, slackMs, mostPosts] = [5_000, 5_000, 256];

export function createFakeHub(clock: Pick<Clock, 'now'>) {
  const pages = new Map<string, Page>();
  const calls: string[] = [];

  const holder = (page: Page | undefined): string | null => (page?.lease && page.lease.until > clock.now() ? page.lease.word : null);
  const add = (page: Page, about: string, said: Answer['posts'][number]['said']): void => {
    const post = { number: ++page.number, about, said };
    page.posts = [...page.posts, post].slice(-mostPosts);
    if (said) page.picture.set(about, post);
    else page.picture.delete(about);
  };

  const hub: Hub = {
    meet: async (key, { lease, take, epoch, number, turn, newEpoch }) => {
      calls.push(`meet ${take ? 'take' : 'keep'}`);
      let page = pages.get(key);
      if (!page || (page.epoch === epoch && (turn || number > page.number))) {
        page = { epoch: newEpoch, number: 0, nudges: (page?.nudges ?? 0) + 1, notes: page?.notes, dueAt: -Infinity, lease: page?.lease ?? null, posts: [], picture: new Map() };
        pages.set(key, page);
      }
      const leads = holder(page) === lease || (take && holder(page) === null);
      if (leads) page.lease = { word: lease, until: clock.now() + leaseMs };
      const since = page.posts.filter((post) => post.number > number);
      const whole = page.epoch !== epoch || since.length !== page.number - number;
      const first = page.posts[0]?.number ?? Infinity;
      const older = [...page.picture.values()].filter((post) => post.number < first).sort((one, other) => one.number - other.number);
      return {
        epoch: page.epoch, number: page.number, leads, nudges: page.nudges, dueMs: page.dueAt + slackMs > clock.now() ? page.dueAt - clock.now() : null,
        notes: leads || whole ? page.notes : undefined, whole, posts: whole ? [...older, ...page.posts] : since,
      };
    },
    tell: async (key, { lease, epoch, number, nudges, look }) => {
      calls.push('tell');
      const page = pages.get(key);
      if (!page || holder(page) !== lease) return 'lost';
      if (page.epoch !== epoch || page.nudges !== nudges || page.number < number) return 'stale';
      for (const { about, said } of look.said) {
        const told = page.picture.get(about)?.said;
        if (said ? told?.event !== said.event || told.data !== said.data : told) add(page, about, said);
      }
      page.notes = JSON.parse(JSON.stringify(look.notes));
      page.dueAt = clock.now() + look.nextMs;
      return 'told';
    },
    nudge: async (key, abouts) => {
      calls.push('nudge');
      const page = pages.get(key);
      if (!page) return;
      page.nudges += 1;
      page.dueAt = -Infinity;
      for (const about of abouts) if (page.picture.has(about)) add(page, about, null);
    },
    leave: async (key, lease) => {
      calls.push('leave');
      const page = pages.get(key);
      if (page && holder(page) === lease) page.lease = null;
    },
  };
  return { hub, pages, calls, forget: () => pages.clear() };
}

type Fate = 'well' | 'refused' | 'held' | 'late' | 'lost';

/** The way of one instance to the hub: whole, cut (each call fails at once), held up (each waits until it is whole again), or losing what is sent. */
export function createWire(hub: Hub) {
  let fate: Fate = 'well';
  let freed: (() => void)[] = [];
  const sent: string[] = [];
  const through = async <T>(name: string, call: () => Promise<T>): Promise<T> => {
    sent.push(name);
    if (fate === 'refused') throw new Error('canary: connect ECONNREFUSED redis://:canary@db');
    if (fate === 'lost') return new Promise<never>(() => {});
    // Before it is carried out, or after: what comes late has been done all the same.
    const answer = fate === 'late' ? await call() : null;
    if (fate !== 'well') await new Promise<void>((resolve) => freed.push(resolve));
    return answer ?? call();
  };
  const wired: Hub = {
    meet: (...all) => through('meet', () => hub.meet(...all)),
    tell: (...all) => through('tell', () => hub.tell(...all)),
    nudge: (...all) => through('nudge', () => hub.nudge(...all)),
    leave: (...all) => through('leave', () => hub.leave(...all)),
  };
  return {
    hub: wired, sent,
    goes(next: Fate) {
      fate = next;
      if (next !== 'well') return;
      for (const free of freed) free();
      freed = [];
    },
  };
}
