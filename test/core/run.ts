import { createSession } from '../../src/core/session.js';
import type { SessionOptions } from '../../src/core/session.js';
import type { State } from '../../src/core/state.js';
import { settled } from '../sync/fake-clock.js';
import { alice, connectionTo, createFakePlatform, garmin, latest, tokensNamed } from './fake-platform.js';
import type { FakePlatform } from './fake-platform.js';

export type Detail = Readonly<Record<string, unknown>> & { readonly seq: number; readonly attempt?: string };

export const detailOf = (event: Event): Detail => (event as Event & { readonly detail: Detail }).detail;

/** An event as the contract writes it: `change(confirming)`, `tokens`, … */
export function shortOf(event: Event): string {
  const name = event.type.replace('wearable-', '');
  const { phase, reason, code, outcome } = detailOf(event);
  if (name === 'change') return `change(${String(phase)})`;
  if (name === 'cancelled') return `cancelled(${String(reason)})`;
  if (name === 'error') return `error(${String(code)})`;
  return name === 'complete' ? `complete(${String(outcome)})` : name;
}

export const terminal = ['wearable-connected', 'wearable-cancelled', 'wearable-error'];

/** A session on a fake platform, and everything it said. */
export function createRun(fake: FakePlatform = createFakePlatform(), options: Partial<SessionOptions> = {}) {
  const events: Event[] = [];
  const states: State[] = [];
  const session = createSession({ platform: fake.platform, dispatch: (event) => void events.push(event), onState: (state) => void states.push(state), ...options });
  let heard = 0;
  return {
    session,
    events,
    states,
    fake,
    ...fake.jobs,
    /** What was said since it was last asked. */
    news(): string[] {
      const news = events.slice(heard).map(shortOf);
      heard = events.length;
      return news;
    },
    async toList() {
      session.start();
      fake.load();
      await settled();
      this.news();
    },
    async toWindow(source: string | null = garmin.id) {
      await this.toList();
      const ending = session.connect(source, 'popup');
      return { ending, attempt: latest(fake.jobs.authorize).options.attempt };
    },
    async answer(source = garmin) {
      latest(fake.jobs.authorize).resolve({});
      await settled();
      latest(fake.jobs.confirm).resolve({ tokens: tokensNamed('secret'), user: alice, connections: [connectionTo(source)] });
      await settled();
    },
    async toSyncing() {
      const begun = await this.toWindow();
      await this.answer();
      return begun;
    },
    async toConnected() {
      const begun = await this.toSyncing();
      latest(fake.jobs.follow).push({ type: 'finished', outcome: 'success' });
      await settled();
      this.news();
      return begun;
    },
  };
}
