import { expect } from '@open-wc/testing';
import type { State } from '../../src/core/state.js';
import { states } from './fake.js';
import { prepare, widget } from './widget.js';
import type { Widget } from './widget.js';

const news = { sources: 'polar_flow wahoo', scope: 'openid' };

/** A session or an attempt that began with something else than the page says by now, and then ends so. */
async function ended(running: State, end: State): Promise<{ readonly of: Widget; readonly next: ReturnType<typeof prepare> }> {
  const of = await widget(running);
  // Whoever comes after it finds out anew.
  const next = prepare(states.loading());
  Object.assign(of.element, news);
  await of.element.updateComplete;
  await of.become(end);
  return { of, next };
}
const row = ({ root }: Widget, source: string): HTMLButtonElement | null => root.querySelector<HTMLButtonElement>(`button[data-source="${source}"]`);

describe('element: configured otherwise while something ran, once that has ended with a notice', () => {
  const ways: Record<string, (of: Widget) => void> = {
    'a click on a row': (of) => row(of, 'wahoo')?.click(),
    'connect()': ({ element }) => void element.connect('wahoo'),
  };
  const ends: readonly (readonly [what: string, running: State, end: State])[] = [
    ['disconnected', states.syncing(), states.choosing({ notice: 'disconnected' })],
    ['forgotten', states.connected(), states.choosing({ notice: 'forgotten' })],
    ['closed', states.authorizing(), states.choosing({ notice: 'closed' })],
    ['denied', states.authorizing(), states.choosing({ notice: 'denied' })],
  ];
  for (const [what, running, end] of ends)
    for (const [how, begin] of Object.entries(ways))
      it(`${what}: that stands, and ${how} begins with what the page says now`, async () => {
        const { of, next } = await ended(running, end);
        of.element.requestUpdate();
        await of.element.updateComplete;
        expect([of.element.phase, of.made.length, next.length, !!row(of, 'garmin_connect')], 'it stands').to.deep.equal(['choosing', 1, 0, true]);
        begin(of);
        expect(next.length, 'one that knows').to.equal(1);
        expect(next[0]?.options).to.include(news);
        expect(next[0]?.calls).to.deep.equal(['start', 'connect wahoo']);
        expect([of.connector.calls.at(-1), of.connector.listeners, of.connector.calls.filter((call) => call.startsWith('connect'))], 'the former is let go of, and not asked').to.deep.equal(['abandon', 0, []]);
        of.element.requestUpdate();
        await of.element.updateComplete;
        expect(next.length, 'and it stays').to.equal(1);
      });

  it('somebody who is still signed in adds to what began with the former', async () => {
    for (const begin of Object.values(ways)) {
      const { of, next } = await ended(states.syncing(), { ...states.choosing({ notice: 'closed' }), account: states.syncing().account });
      begin(of);
      expect([next.length, of.connector.calls.at(-1)]).to.deep.equal([0, 'connect wahoo']);
    }
  });

  it('where the page says the same as before, the same one goes on', async () => {
    for (const begin of Object.values(ways)) {
      const of = await widget(states.authorizing());
      await of.become(states.choosing({ notice: 'closed' }));
      begin(of);
      expect([of.made.length, of.connector.calls.at(-1)]).to.deep.equal([1, 'connect wahoo']);
    }
  });
});
