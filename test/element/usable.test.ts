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
    expect([textOf(of.root.querySelector('h2')), said(of), reachable(of).filter((name) => !name.startsWith('Powered'))], 'what there is to say the part says, once').to.deep.equal(['You’re connected', '', []]);
    expect(of.root.querySelectorAll('i.row').length).to.be.above(0);
    letGo();
    await settled(of.element);
    expect([...of.root.querySelectorAll('[part~=connection] b')].map(textOf)).to.deep.equal(['Garmin', 'Wahoo']);
    expect(lines).to.deep.equal([]);
  });

  const missing = (): Promise<never> => Promise.reject(new Error('404'));
  const rows = (of: Widget): string[] => [...of.root.querySelectorAll('[part~=connection]')].map(textOf);

  it('cannot be had says in few words how things stand, and can be asked for again', async () => {
    const of = await signedIn(missing);
    await settled(of.element);
    expect([rows(of), said(of), of.root.querySelectorAll('i.row').length]).to.deep.equal([['Garmin Connected', 'Wahoo Connected'], 'You’re connected', 0]);
    expect(lines.map(String)).to.deep.equal(['wearable-connect.arrival.js could not be loaded.']);
    press(of, 'Try again');
    await settled(of.element);
    expect(textOf(of.root.querySelector('.account p'))).to.contain('Signed in as');
    expect(reachable(of).join()).to.contain('Add another').and.not.contain('Try again');
  });

  it('cannot be had: nothing is let go before it was asked twice', async () => {
    const of = await signedIn(missing, states.connected(both));
    await settled(of.element);
    press(of, 'Disconnect');
    await settled(of.element);
    expect(of.connector.calls).not.to.include('disconnect');
    press(of, 'Back');
    await settled(of.element);
    expect(reachable(of).join()).not.to.contain('Back');
    press(of, 'Disconnect');
    await settled(of.element);
    press(of, 'Disconnect');
    expect(of.connector.calls).to.include('disconnect');
  });

  it('cannot be had: what is not well is not called well', async () => {
    const of = await signedIn(missing, states.connected({ account: { ...account, connections: [connection({ status: 'expired' })] } }));
    await settled(of.element);
    expect(rows(of)).to.deep.equal(['Garmin Expired']);
    await of.become(states.connected({ ...both, trouble: new ConnectError('sync_failed', 'No.') }));
    const sentence = 'Your history could not be fetched. You are still connected.';
    expect([textOf(part(of, 'error')), said(of)]).to.deep.equal([sentence, sentence]);
    press(of, 'Try again');
    expect(of.connector.calls, 'the history too').to.include('retry');
    await of.become(states.connected({ account: { ...account, connections: [] } }));
    await expect(of.element).to.be.accessible();
  });

  it('cannot be had: what failed can still be tried again', async () => {
    const of = await signedIn(() => Promise.reject(new Error('404')), states.failed({ ...both, error: new ConnectError('network', 'No answer.') }));
    await settled(of.element);
    expect(part(of, 'error')).not.to.equal(null);
    expect(reachable(of).join()).to.include('Try again');
  });
});
