import { expect } from '@open-wc/testing';
import { ConnectError, paused } from '../../src/core/errors.js';
import type { Connection, Tokens } from '../../src/core/nouns.js';
import type { AuthorizeOptions, Confirmed, Grant, Platform, Sight, Step, SyncUpdate } from '../../src/core/platform.js';

/** One visitor with one platform, and the world around it in the test's hand. */
export interface PlatformRig {
  readonly platform: Platform;
  /** A source that can be connected here. */
  readonly source: string;
  /** The platform as the next page of the same visitor makes it. */
  reload(): Platform;
  /** How many windows have been opened so far, and how many of them are open; null where a platform needs none. */
  windows(): { readonly opened: number; readonly open: number } | null;
  /** What the visitor does in the window. */
  answer(how: 'yes' | 'no'): void;
  /** From now on no request arrives anywhere; null where a platform makes none. */
  readonly goOffline: (() => void) | null;
  /** Brings the history to its end. */
  finish(): void;
  /** Time passes until it holds. */
  pass(holds: () => unknown): Promise<void>;
  /** What is connected is known to a server, which no page can make forget. */
  readonly remembered?: boolean;
  /** What must never be seen outside of the tokens themselves; asked for once it has been used. */
  readonly secrets: readonly string[];
  /** Everything in any storage, as text. */
  storage(): string;
  /** Timers, listeners, channels and requests that are still there once all was aborted. */
  left(): Promise<number>;
  restore(): void;
}

const statuses = ['active', 'action_required', 'expired', 'revoked'];
const histories = ['ready', 'syncing', 'unavailable', 'action_required', 'unknown'];

/** What every platform promises the session, whoever wrote it. */
export function describePlatform(name: string, make: () => PlatformRig): void {
  describe(`the contract of a platform: ${name}`, () => {
    let rig: PlatformRig;
    let lives: AbortController[];
    beforeEach(() => {
      lives = [];
      rig = make();
    });
    afterEach(async () => {
      for (const life of lives) life.abort('over');
      await rig.left();
      rig.restore();
    });

    const life = (): AbortController => {
      const controller = new AbortController();
      lives.push(controller);
      return controller;
    };
    const outcome = <T>(promise: Promise<T>): { readonly promise: Promise<T>; error: unknown; done: boolean } => {
      const one = { promise, error: null as unknown, done: false };
      promise.then(() => (one.done = true), (error: unknown) => ((one.error = error), (one.done = true)));
      return one;
    };
    function authorize(platform: Platform, way: AuthorizeOptions['way'] = 'popup') {
      const controller = life();
      const sights: Sight[] = [];
      const options: AuthorizeOptions = { attempt: 'a1', way, signal: controller.signal, onSight: (sight) => void sights.push(sight) };
      return Object.assign(outcome(platform.authorize(rig.source, options)), { controller, sights });
    }
    async function grant(): Promise<Grant> {
      await rig.platform.prepare(life().signal);
      const { promise } = authorize(rig.platform);
      rig.answer('yes');
      let granted = false;
      void promise.then(() => (granted = true));
      await rig.pass(() => granted);
      return promise;
    }
    async function confirm(): Promise<{ tokens: Tokens | null; user: Awaited<Confirmed['user']>; connections: readonly Connection[] }> {
      const whole = outcome(
        rig.platform.confirm(await grant(), life().signal).then(async ({ tokens, user, connections }) => ({ tokens, user: await user, connections: await connections })),
      );
      await rig.pass(() => whole.done);
      return whole.promise;
    }
    async function follow(connections: readonly Connection[], controller = life()) {
      const updates: SyncUpdate[] = [];
      const end = outcome((async () => {
        for await (const update of rig.platform.follow(connections, controller.signal)) updates.push(update);
      })());
      return { updates, end, controller };
    }

    it('has a name, and sources with an id and a name each', async () => {
      const sources = await rig.platform.sources(life().signal);
      expect(rig.platform.name).to.match(/^[a-z-]+$/);
      expect(sources.map(({ id }) => id)).to.include(rig.source);
      expect(new Set(sources.map(({ id }) => id)).size).to.equal(sources.length);
      for (const { id, name: called } of sources) expect([id.length > 0, called.length > 0]).to.deep.equal([true, true]);
    });

    it('says that nobody is there yet', async () => {
      const restored = await rig.platform.restore?.(life().signal);
      expect([restored?.account, restored?.pending]).to.deep.equal([undefined, undefined]);
    });

    it('opens its window in the caller’s task, one for one click, and never before', async () => {
      await rig.platform.prepare(life().signal);
      await rig.platform.sources(life().signal);
      expect(rig.windows()?.opened ?? 0).to.equal(0);
      authorize(rig.platform);
      if (rig.windows()) expect(rig.windows()?.opened).to.equal(1);
    });

    it('resolves with a grant that is an object, and closes its window', async () => {
      expect(await grant()).to.be.an('object');
      expect(rig.windows()?.open ?? 0).to.equal(0);
    });

    it('rejects with access_denied when the visitor says no, or sees the window closed where nobody tells', async () => {
      await rig.platform.prepare(life().signal);
      const run = authorize(rig.platform);
      rig.answer('no');
      await rig.pass(() => run.done || run.sights.includes('closed'));
      if (run.done) expect(run.error).to.be.instanceOf(ConnectError).and.include({ code: 'access_denied' });
      else expect(run.sights.at(-1)).to.equal('closed');
    });

    it('gives up when it is aborted, and leaves nothing: no window, no timer, no listener, no record', async () => {
      await rig.platform.prepare(life().signal);
      const run = authorize(rig.platform);
      run.controller.abort('no more');
      await rig.pass(() => run.done);
      expect(run.error).to.equal('no more');
      expect([rig.windows()?.open ?? 0, await rig.left()]).to.deep.equal([0, 0]);
      const next = await rig.reload().restore?.(life().signal);
      expect(next?.pending).to.equal(undefined);
    });

    it('continues an attempt that was only paused, without another window', async () => {
      await rig.platform.prepare(life().signal);
      const before = authorize(rig.platform);
      before.controller.abort(paused);
      await rig.pass(() => before.done);
      const opened = rig.windows()?.opened ?? 0;
      const after = authorize(rig.platform, 'resume');
      rig.answer('yes');
      await rig.pass(() => after.done);
      expect([after.error, rig.windows()?.opened ?? 0]).to.deep.equal([null, opened]);
    });

    it('confirms who it is and what is connected, in the words of the contract', async () => {
      const { tokens, user, connections } = await confirm();
      if (tokens) expect(tokens.accessToken).to.be.a('string').that.is.not.empty;
      if (user) expect(user.id).to.be.a('string').that.is.not.empty;
      expect(connections.map(({ source }) => source)).to.include(rig.source);
      expect(new Set(connections.map(({ id }) => id)).size).to.equal(connections.length);
      for (const one of connections) {
        expect(Object.keys(one).sort()).to.deep.equal(['connectedAt', 'evidence', 'history', 'id', 'message', 'name', 'source', 'status']);
        expect(statuses).to.include(one.status);
        expect(histories).to.include(one.history);
        expect(['listed', 'derived']).to.include(one.evidence);
        if (one.connectedAt !== null) expect(new Date(one.connectedAt).toISOString()).to.equal(one.connectedAt);
      }
    });

    it('gives no secret away: not to storage, not to whoever looks on, not in who it is', async () => {
      const steps: Step[] = [];
      rig.platform.attach?.({ tokens: () => {}, forgotten: () => {}, step: (step) => void steps.push(step) });
      const { user, connections } = await confirm();
      const seen = JSON.stringify([user, connections, steps]) + rig.storage();
      for (const secret of rig.secrets) expect(seen).not.to.contain(secret);
    });

    it('follows the history to exactly one end, forward only', async () => {
      const { connections } = await confirm();
      const { updates, end } = await follow(connections);
      rig.finish();
      await rig.pass(() => end.done);
      expect(end.error).to.equal(null);
      expect(updates.filter(({ type }) => type === 'finished').length).to.equal(1);
      expect(updates.at(-1)?.type).to.equal('finished');
      const ratios = updates.flatMap((update) => (update.type === 'progress' && update.progress.ratio !== null ? [update.progress.ratio] : []));
      expect(ratios.every((ratio) => ratio >= 0 && ratio <= 1)).to.equal(true);
      expect(ratios).to.deep.equal([...ratios].sort((a, b) => a - b));
      expect(await rig.left()).to.equal(0);
    });

    it('stops following when it is aborted, and leaves nothing', async () => {
      const { connections } = await confirm();
      const { updates, end, controller } = await follow(connections);
      controller.abort(paused);
      await rig.pass(() => end.done);
      expect([null, paused], 'in silence, or with the reason').to.include(end.error);
      expect(updates.some(({ type }) => type === 'finished')).to.equal(false);
      expect(await rig.left()).to.equal(0);
    });

    it('says "network" when nothing arrives any more', async () => {
      if (!rig.goOffline) return;
      const granted = await grant();
      rig.goOffline();
      const run = outcome(rig.platform.confirm(granted, life().signal));
      await rig.pass(() => run.done);
      expect(run.error).to.be.instanceOf(ConnectError);
      expect(run.error).to.include({ code: 'network' });
    });

    it('has the latest activity, or none', async () => {
      await confirm();
      const preview = outcome(Promise.resolve(rig.platform.preview?.(life().signal) ?? null));
      await rig.pass(() => preview.done);
      const activity = await preview.promise;
      if (activity) expect(Object.keys(activity).sort()).to.deep.equal(['devices', 'distanceMeters', 'durationSeconds', 'id', 'sport', 'sportName', 'start', 'startLocal']);
      if (activity) expect(activity.sportName).not.to.equal('');
    });

    it('forgets: nothing is held, stored or restored', async () => {
      await confirm();
      rig.platform.forget?.();
      if (!rig.remembered) expect((await rig.reload().restore?.(life().signal))?.account).to.equal(undefined);
      const asked = outcome(Promise.resolve(rig.platform.accessToken?.(life().signal)));
      await rig.pass(() => asked.done);
      if (rig.platform.accessToken) expect(asked.error).to.be.instanceOf(ConnectError);
      expect(await rig.left()).to.equal(0);
    });
  });
}
