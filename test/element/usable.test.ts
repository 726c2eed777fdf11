import { expect } from '@open-wc/testing';
import { ConnectError } from '../../src/core/errors.js';
import { parts } from '../../src/element/parts.js';
import { account, connection, states } from './fake.js';
import { part, press, reachable, said, settled, textOf, widget } from './widget.js';
import type { Widget } from './widget.js';

const { arrival } = parts;
const { warn } = console;
const both = { account: { ...account, connections: [connection(), connection({ id: 'c2', source: 'wahoo', name: 'Wahoo' })] } };

/** Somebody has just signed in, and the part that draws what they have comes as told. Only the element's own asking is met by that. */
async function signedIn(load: typeof arrival, state = states.syncing(both)): Promise<Widget> {
  const of = await widget(states.loading());
  parts.arrival = load;
  of.connector.become(state);
  await of.element.updateComplete;
  parts.arrival = arrival;
  return of;
}

describe('element: an account whose part', () => {
  let lines: unknown[];
  beforeEach(() => {
    lines = [];
    console.warn = (line: unknown) => lines.push(line);
  });
  afterEach(() => {
    parts.arrival = arrival;
    console.warn = warn;
  });

  it('is on its way has room, no button yet, and its words; then it is there', async () => {
    let letGo = (): void => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const of = await signedIn(async () => (await held, arrival()));
    expect([textOf(of.root.querySelector('h2')), said(of), reachable(of).filter((name) => !name.startsWith('Powered'))]).to.deep.equal(['You’re connected', 'Your history is arriving…', []]);
    expect(of.root.querySelectorAll('i.row').length).to.be.above(0);
    letGo();
    await settled(of.element);
    expect([...of.root.querySelectorAll('[part~=connection] b')].map(textOf)).to.deep.equal(['Garmin', 'Wahoo']);
    expect(lines).to.deep.equal([]);
  });

  it('cannot be had is a sentence, by name what is connected, and a way to leave', async () => {
    const of = await signedIn(() => Promise.reject(new Error('404')));
    await settled(of.element);
    expect([textOf(part(of, 'status')), said(of)]).to.deep.equal(['Your history is arriving…', 'Your history is arriving…']);
    expect(of.root.querySelectorAll('i.row').length, 'nothing more is to come').to.equal(0);
    await of.become(states.connected(both));
    expect([textOf(part(of, 'status')), said(of)]).to.deep.equal(['Garmin, Wahoo', 'You’re connected']);
    press(of, 'Disconnect');
    expect(of.connector.calls).to.include('disconnect');
    expect(lines.map(String)).to.deep.equal(['wearable-connect.arrival.js could not be loaded.']);
  });

  it('cannot be had: what failed can still be tried again', async () => {
    const of = await signedIn(() => Promise.reject(new Error('404')), states.failed({ ...both, error: new ConnectError('network', 'No answer.') }));
    await settled(of.element);
    expect(part(of, 'error')).not.to.equal(null);
    expect(reachable(of).join()).to.include('Try again');
  });
});
