import { expect } from '@open-wc/testing';
import { errorCodes } from '../../src/core/errors.js';
import type { State } from '../../src/core/state.js';
import { activity, account, connection, failure, progress, sources, states, user } from './fake.js';
import { part, press, reachable, said, textOf, widget } from './widget.js';
import type { Widget } from './widget.js';

const opens = ', opens a new window';
const footer = `Powered by SweatStack${opens}`;

/** Of every phase: whoever uses it without eyes, without a mouse, and what its buttons ask for. */
function everyPhase(state: State, expected: { readonly heading: string; readonly keyboard: readonly string[]; readonly said: string }): void {
  for (const scheme of ['light', 'dark'])
    it(`passes the accessibility audit in ${scheme}`, async () => {
      document.documentElement.style.colorScheme = scheme;
      document.body.style.background = 'Canvas';
      const { element } = await widget(state);
      await expect(element).to.be.accessible();
      document.documentElement.style.colorScheme = '';
    });

  it('passes the accessibility audit from right to left', async () => {
    document.documentElement.dir = 'rtl';
    const { element } = await widget(state);
    await expect(element).to.be.accessible();
    document.documentElement.dir = '';
  });

  it('says where one is', async () => {
    const of = await widget(state);
    expect(textOf(of.root.querySelector('h2'))).to.equal(expected.heading);
    expect(said(of)).to.equal(expected.said);
  });

  it('can be reached by keyboard', async () => {
    expect(reachable(await widget(state))).to.deep.equal([...expected.keyboard, footer]);
  });
}

const calls = ({ connector }: Widget): readonly string[] => connector.calls.filter((call) => call !== 'start');

describe('element: loading', () => {
  everyPhase(states.loading(), { heading: 'Connect your wearable', keyboard: [], said: 'One moment' });

  it('shows as many rows as a list has, to nobody but eyes', async () => {
    const { root } = await widget(states.loading());
    expect(root.querySelectorAll('[aria-hidden=true] .row')).to.have.length(3);
    expect(root.querySelector('section')?.getAttribute('aria-busy')).to.equal('true');
  });
});

describe('element: choosing', () => {
  const names = sources.map(({ name }) => name + opens);
  everyPhase(states.choosing(), { heading: 'Connect your wearable', keyboard: [...names, `Other ways to sign in${opens}`], said: '' });

  it('asks to connect what was pressed', async () => {
    const of = await widget();
    press(of, 'Wahoo');
    expect(calls(of)).to.deep.equal(['connect wahoo']);
  });

  it('asks to sign in without a source', async () => {
    const of = await widget();
    press(of, 'Other ways');
    expect(calls(of)).to.deep.equal(['connect null']);
  });

  it('offers no other way where there is none', async () => {
    const of = await widget(states.choosing(), { name: 'open-wearables' });
    expect(reachable(of)).to.deep.equal(names);
  });

  const notices = { closed: /closed before you finished/, denied: /said no/, disconnected: /access has been taken back/, forgotten: /SweatStack still keeps the connection/ };
  for (const [notice, sentence] of Object.entries(notices))
    it(`says kindly why one is here again: ${notice}`, async () => {
      const of = await widget(states.choosing({ notice: notice as keyof typeof notices }));
      expect(textOf(part(of, 'status'))).to.match(sentence);
      expect(said(of)).to.match(sentence);
    });

  it('says in words what is connected already, and leads back', async () => {
    const of = await widget(states.choosing({ account }));
    expect(reachable(of)[0]).to.equal(`Garmin Connected${opens}`);
    press(of, 'Back');
    expect(calls(of)).to.deep.equal(['back']);
  });

  it('shows what lives on a phone, but not as something to press', async () => {
    const of = await widget(states.choosing({ sources: [{ id: 'apple', name: 'Apple Health', kind: 'mobile' }] }));
    expect(textOf(part(of, 'source'))).to.equal('Apple Health In the app on your phone');
    expect(reachable(of)).not.to.include('Apple Health');
  });

  it('says so when there is nothing to choose', async () => {
    const of = await widget(states.choosing({ sources: [] }), { name: 'open-wearables' });
    expect(of.root.textContent).to.include('There is nothing to connect here yet.');
    await expect(of.element).to.be.accessible();
  });

  it('gives each source a slot for the page’s own picture', async () => {
    const { root } = await widget();
    const slots = [...root.querySelectorAll('li slot')].map((slot) => slot.getAttribute('name'));
    expect(slots).to.deep.equal(['icon-garmin_connect', 'icon-wahoo', 'icon-intervals_icu']);
  });
});

describe('element: authorizing', () => {
  const sentence = 'Finish signing in to Garmin in the window we opened.';
  everyPhase(states.authorizing(), { heading: 'Finish signing in', keyboard: ['Show the window', 'Use your phone', 'Cancel'], said: sentence });

  it('shows the window, and gives up', async () => {
    const of = await widget(states.authorizing());
    press(of, 'Show the window');
    press(of, 'Cancel');
    expect(calls(of)).to.deep.equal(['show', 'back']);
  });

  it('is no verdict on a window out of sight', async () => {
    const of = await widget(states.authorizing({ sight: 'lost' }));
    expect(said(of)).to.equal('We can’t see the window any more. If you are still signing in, carry on there.');
    expect(part(of, 'error')).to.equal(null);
    press(of, 'Open it again');
    expect(calls(of)).to.deep.equal(['show']);
    await expect(of.element).to.be.accessible();
  });

  it('offers two ways on where the browser blocked the window', async () => {
    const of = await widget(states.authorizing({ sight: 'blocked' }));
    expect(textOf(of.root.querySelector('h2'))).to.equal('Your browser blocked the window');
    expect(reachable(of)).to.deep.equal([`Try again${opens}`, 'Continue in this tab', 'Cancel', footer]);
    press(of, 'Try again');
    press(of, 'Continue in this tab');
    expect(calls(of)).to.deep.equal(['again false', 'again true']);
    await expect(of.element).to.be.accessible();
  });

  it('names the platform where no source was chosen', async () => {
    expect(said(await widget(states.authorizing({ source: null })))).to.equal('Finish signing in to SweatStack in the window we opened.');
  });

  it('has nothing to finish here where the whole page goes, and shows no window', async () => {
    const of = await widget(states.authorizing({ way: 'redirect' }));
    expect(said(of)).to.equal('One moment');
    expect(reachable(of)).to.deep.equal(['Cancel', footer]);
    await expect(of.element).to.be.accessible();
  });
});

describe('element: confirming', () => {
  everyPhase(states.confirming(), { heading: 'Almost there', keyboard: ['Cancel'], said: 'Checking your connection…' });
});

describe('element: with the whole page instead of a window', () => {
  const expired = { user, connections: [connection({ status: 'expired' })] };
  const table: Readonly<Record<string, readonly [state: State, keyboard: readonly string[]]>> = {
    'to choose': [states.choosing(), [...sources.map(({ name }) => name), 'Other ways to sign in']],
    'to connect again': [states.connected({ account: expired }), ['Reconnect Garmin', 'Add another', `Manage${opens}`, 'Disconnect']],
    'to try again': [states.failed(), ['Try again', 'Back']],
  };
  for (const [what, [state, keyboard]] of Object.entries(table))
    it(`promises no new window ${what}, but where there is one`, async () => {
      const of = await widget(state);
      of.element.mode = 'redirect';
      await of.element.updateComplete;
      expect(reachable(of)).to.deep.equal([...keyboard, footer]);
    });
});

const accountButtons = ['Add another', `Manage${opens}`, 'Disconnect'];

describe('element: syncing', () => {
  everyPhase(states.syncing(), { heading: 'You’re connected', keyboard: accountButtons, said: 'You’re connected. History back to 2023' });

  it('draws a bar where there is an honest fraction', async () => {
    const of = await widget(states.syncing());
    const bar = of.root.querySelector('progress');
    expect(bar?.value).to.equal(0.62);
    expect(bar?.getAttribute('aria-valuetext')).to.equal('History back to March 2023');
    expect(bar?.getAttribute('aria-label')).to.equal('Your history');
    await of.become(states.syncing({ progress: progress({ ratio: null }) }));
    expect(bar?.matches(':indeterminate'), 'no fraction, no number').to.equal(true);
  });

  it('tells a screen reader of years, not of ticks', async () => {
    const of = await widget(states.syncing());
    const live = of.root.querySelector('[role=status]');
    let changes = 0;
    const observer = new MutationObserver((records) => (changes += records.length));
    observer.observe(live as Element, { childList: true, characterData: true, subtree: true });
    for (const month of ['02', '01']) await of.become(states.syncing({ progress: progress({ loadedUntil: `2023-${month}-14T00:00:00Z` }) }));
    expect(observer.takeRecords().length + changes).to.equal(0);
    await of.become(states.syncing({ progress: progress({ loadedUntil: '2022-12-31T00:00:00Z' }) }));
    expect(observer.takeRecords().length + changes).to.be.greaterThan(0);
    expect(said(of)).to.include('2022');
    expect(of.root.querySelector('[role=status]'), 'the region itself stays').to.equal(live);
  });

  it('says that it is reconnecting, and that one can go on', async () => {
    const of = await widget(states.syncing());
    expect(of.root.textContent).to.include('You can go on, this continues.');
    await of.become(states.syncing({ progress: progress({ live: false }) }));
    expect(of.root.textContent).to.include('Reconnecting…');
  });

  it('says what is happening before anything has arrived', async () => {
    const of = await widget(states.syncing({ progress: null, preview: undefined }));
    expect(textOf(part(of, 'status'))).to.equal('Waiting for the first activities…');
    expect(part(of, 'preview')).to.equal(null);
    await expect(of.element).to.be.accessible();
  });
});

describe('element: connected', () => {
  everyPhase(states.connected(), { heading: 'You’re connected', keyboard: accountButtons, said: 'Your history is here.' });

  it('shows who is connected', async () => {
    const { root } = await widget(states.connected());
    expect(root.textContent).to.include('Signed in as Alice Anderson').and.to.include('alice@example.com');
  });

  it('makes do with an address, or with nobody', async () => {
    const nameless = { ...user, name: null, givenName: null, familyName: null };
    const of = await widget(states.connected({ account: { ...account, user: nameless } }));
    expect(of.root.textContent).to.include('Signed in as alice@example.com');
    await of.become(states.connected({ account: { ...account, user: null } }));
    expect(of.root.textContent).not.to.include('Signed in');
  });

  it('shows the latest activity as it was written down', async () => {
    const of = await widget(states.connected());
    of.element.lang = 'en-GB';
    await of.element.updateComplete;
    const text = textOf(part(of, 'preview')).replace(/\s/g, ' ');
    expect(text).to.include('Road cycling').and.to.include('31 Oct 2026, 08:12').and.to.include('Edge 540, HRM-Pro');
    expect(part(of, 'preview')?.querySelector('time')?.getAttribute('datetime')).to.equal(activity.startLocal);
  });

  it('shows of an activity only what is known', async () => {
    const bare = { ...activity, start: null, startLocal: null, durationSeconds: null, distanceMeters: null, devices: [] };
    expect(textOf(part(await widget(states.connected({ preview: bare })), 'preview'))).to.equal('Latest activity Road cycling');
  });

  const outcomes = { success: 'Your history is here.', partial: /^Part of your history/, unknown: /^No news for a while/ };
  for (const [outcome, sentence] of Object.entries(outcomes))
    it(`says how the history ended: ${outcome}`, async () => {
      const of = await widget(states.connected({ outcome: outcome as keyof typeof outcomes, progress: progress() }));
      expect(textOf(part(of, 'status'))).to.match(new RegExp(sentence));
    });

  it('promises no history where everything has come and that was nothing', async () => {
    const of = await widget(states.connected({ preview: null, progress: null }));
    expect(textOf(part(of, 'status'))).to.equal('Connected · no history');
    expect(part(of, 'progress'), 'a bar of nothing').to.equal(null);
    await of.become(states.connected({ preview: null, progress: progress() }));
    expect(textOf(part(of, 'status'))).to.equal('Your history is here.');
  });

  it('calls nothing arriving that nobody waits for any more', async () => {
    const of = await widget(states.syncing({ account: { user, connections: [connection({ history: 'syncing' })] } }));
    expect(textOf(of.root.querySelector('[part=connection]'))).to.include('history is arriving');
    await of.become(states.connected({ outcome: 'unknown', account: { user, connections: [connection({ history: 'syncing' })] } }));
    expect(textOf(of.root.querySelector('[part=connection]'))).not.to.include('history is arriving');
  });

  it('says openly what was worked out, and keeps quiet about what was listed', async () => {
    const of = await widget(states.connected());
    expect(of.root.textContent).to.include('Worked out from your sign-in.');
    await of.become(states.connected({ account: { user, connections: [connection({ evidence: 'listed' })] } }));
    expect(of.root.textContent).not.to.include('Worked out');
  });

  it('tells every connection in words, the platform’s own as text', async () => {
    const message = 'Not shared. <b>Allow</b> it in Garmin Connect.';
    const connections = [
      connection({ status: 'action_required', history: 'action_required', message }),
      connection({ id: 'c2', source: 'wahoo', name: 'Wahoo', status: 'expired', history: 'unknown' }),
      connection({ id: 'c3', source: 'x', name: 'X', status: 'revoked', history: 'unavailable' }),
    ];
    const of = await widget(states.connected({ account: { user, connections } }));
    const { root, element } = of;
    expect([...root.querySelectorAll('[part=connection]')].map((row) => textOf(row).replaceAll(' ,', ','))).to.deep.equal([
      `Garmin Needs your attention · history not shared Sign in to Garmin again to keep your activities coming. ${message} Reconnect Garmin, opens a new window`,
      'Wahoo Expired · since Oct 1, 2026 Sign in to Wahoo again to keep your activities coming. Reconnect Wahoo, opens a new window',
      'X Disconnected · no history Sign in to X again to keep your activities coming. Reconnect X, opens a new window',
    ]);
    press(of, 'Reconnect Wahoo');
    expect(calls(of)).to.deep.equal(['connect wahoo']);
    await expect(element).to.be.accessible();
  });

  it('tells once what the platform says of all of them', async () => {
    const message = 'Data from Garmin Connect is on its way.';
    const both = [connection({ message }), connection({ id: 'c2', source: 'wahoo', name: 'Wahoo', message })];
    const of = await widget(states.connected({ account: { user, connections: both } }));
    const times = (): number => (of.root.querySelector('.account')?.textContent ?? '').split(message).length - 1;
    const ofRows = (): readonly boolean[] => [...of.root.querySelectorAll('[part=connection]')].map((row) => row.textContent.includes(message));
    expect([times(), ofRows()]).to.deep.equal([1, [false, false]]);
    await of.become(states.connected({ account: { user, connections: both.map((one) => ({ ...one, message: one.source === 'wahoo' ? null : message })) } }));
    expect([times(), ofRows()], 'of one alone').to.deep.equal([1, [true, false]]);
    await of.become(states.connected({ account: { user, connections: both.slice(0, 1) } }));
    expect([times(), ofRows()], 'the only one').to.deep.equal([1, [true]]);
  });

  it('promises no history where nothing is connected', async () => {
    const of = await widget(states.connected({ account: { user, connections: [] }, preview: null }));
    expect(of.root.textContent).to.include('No wearable is connected yet.');
    expect(part(of, 'status')).to.equal(null);
    press(of, 'Add a wearable');
    expect(calls(of)).to.deep.equal(['browse']);
  });

  it('says nothing to a visitor of what the page asked for and the platform does not offer', async () => {
    const of = await widget(states.connected({ trouble: failure('unsupported') }));
    expect([part(of, 'error'), said(of)]).to.deep.equal([null, said(await widget(states.connected()))]);
  });

  it('says trouble in one line, and offers the history again', async () => {
    const of = await widget(states.connected({ outcome: 'unknown', trouble: failure('sync_failed') }));
    expect(textOf(part(of, 'error'))).to.equal('Your history could not be fetched. You are still connected.');
    expect(said(of)).to.include('could not be fetched');
    press(of, 'Try again');
    expect(calls(of)).to.deep.equal(['retry']);
    await expect(of.element).to.be.accessible();
  });

  it('adds another, and manages', async () => {
    const of = await widget(states.connected());
    press(of, 'Add another');
    press(of, 'Manage');
    expect(calls(of)).to.deep.equal(['browse', 'manage']);
  });

  it('offers only what the platform can', async () => {
    const of = await widget(states.connected(), { manage: undefined, disconnect: undefined });
    expect(reachable(of)).to.deep.equal(['Add another', footer]);
  });

  it('disconnects only when asked twice [T17]', async () => {
    const of = await widget(states.connected());
    press(of, 'Disconnect');
    await of.element.updateComplete;
    expect(calls(of)).to.deep.equal([]);
    expect(textOf(of.root.activeElement)).to.equal('Disconnect? This site stops receiving your activities.');
    await expect(of.element).to.be.accessible();
    press(of, 'Keep connected');
    await of.element.updateComplete;
    expect(calls(of)).to.deep.equal([]);
    expect(textOf(of.root.activeElement)).to.equal('Disconnect');
    press(of, 'Disconnect');
    await of.element.updateComplete;
    press(of, 'Disconnect');
    expect(calls(of)).to.deep.equal(['disconnect null']);
  });

  it('disconnects one of several where the platform can', async () => {
    const connections = [connection(), connection({ id: 'c2', source: 'wahoo', name: 'Wahoo' })];
    const of = await widget(states.connected({ account: { user, connections } }), { name: 'open-wearables', disconnectsSources: true });
    expect(reachable(of)).to.deep.equal(['Disconnect Garmin', 'Disconnect Wahoo', 'Add another', `Manage${opens}`]);
    press(of, 'Disconnect Wahoo');
    await of.element.updateComplete;
    expect(textOf(of.root.activeElement)).to.equal('Disconnect Wahoo? This site stops receiving its activities.');
    of.root.querySelector<HTMLButtonElement>('[role=group] button')?.click();
    expect(calls(of)).to.deep.equal(['disconnect wahoo']);
  });

  describe('says that one of several is disconnected, and then what is newer', () => {
    const wahoo = connection({ id: 'c2', source: 'wahoo', name: 'Wahoo' });
    const left = { user, connections: [connection()] };
    const isOut = 'Wahoo is disconnected.';
    const newer: Readonly<Record<string, readonly [State, State, RegExp]>> = {
      'the history is here': [states.syncing({ account: left }), states.connected({ account: left }), /^Your history is here/],
      'something failed': [states.connected({ account: left }), states.connected({ account: left, trouble: failure('network') }), /^We could not reach/],
      'it failed while the history arrives': [states.syncing({ account: left }), states.syncing({ account: left, trouble: failure('network') }), /^We could not reach/],
    };
    for (const [what, [before, after, sentence]] of Object.entries(newer))
      it(what, async () => {
        const of = await widget({ ...before, account: { user, connections: [connection(), wahoo] } }, { disconnectsSources: true });
        press(of, 'Disconnect Wahoo');
        await of.element.updateComplete;
        of.root.querySelector<HTMLButtonElement>('[role=group] button')?.click();
        await of.become(before);
        expect(said(of)).to.equal(isOut);
        await of.become({ ...before, preview: null });
        expect(said(of), 'as long as there is nothing newer').to.equal(isOut);
        await of.become(after);
        expect(said(of)).to.match(sentence);
        await of.become(states.choosing({ account: left }));
        await of.become(before);
        expect(said(of), 'and it is old when one is back').not.to.equal(isOut);
      });

    it('also where another failed before it', async () => {
      const of = await widget(states.connected({ account: { user, connections: [connection(), wahoo] }, trouble: failure('network') }), { disconnectsSources: true });
      press(of, 'Disconnect Wahoo');
      await of.element.updateComplete;
      of.root.querySelector<HTMLButtonElement>('[role=group] button')?.click();
      await of.become(states.connected({ account: left }));
      expect(said(of)).to.equal(isOut);
    });
  });

  it('forgets the question when something else happens', async () => {
    const of = await widget(states.connected());
    press(of, 'Disconnect');
    await of.become(states.choosing({ notice: 'disconnected' }));
    await of.become(states.connected());
    expect(of.root.querySelectorAll('#question').length).to.equal(0);
  });
});

describe('element: failed', () => {
  // What a developer is told, another file tests.
  const { error: log } = console;
  before(() => (console.error = () => {}));
  after(() => (console.error = log));

  const sentence = 'We could not reach the service. Please try again.';
  everyPhase(states.failed(), { heading: 'That did not work', keyboard: [`Try again${opens}`, 'Back'], said: sentence });

  it('tries again, and goes back', async () => {
    const of = await widget(states.failed());
    press(of, 'Try again');
    press(of, 'Back');
    expect(calls(of)).to.deep.equal(['retry', 'back']);
  });

  for (const code of errorCodes)
    it(`has a sentence for ${code}, and never shows the developer’s`, async () => {
      const of = await widget(states.failed({ error: failure(code) }));
      expect(textOf(part(of, 'error')).length).to.be.greaterThan(20);
      expect(of.root.textContent).not.to.include('What a developer reads');
      expect(reachable(of).some((name) => /^(Try|Sign in) again/.test(name))).to.equal(failure(code).retryable);
    });

  it('asks quietly to sign in again, and still shows who was here', async () => {
    const of = await widget(states.failed({ error: failure('session_expired'), account }));
    expect(textOf(of.root.querySelector('h2'))).to.equal('Sign in again');
    expect(of.root.querySelector('.bad')).to.equal(null);
    expect(of.root.textContent).to.include('Alice Anderson');
    expect(reachable(of)[0]).to.equal(`Sign in again${opens}`);
    await expect(of.element).to.be.accessible();
  });

  it('asks nothing that it could not do', async () => {
    const of = await widget(states.failed({ account }), { disconnectsSources: true });
    expect(reachable(of)).to.deep.equal([`Try again${opens}`, 'Back', footer]);
  });

  it('offers nothing where nothing can be done', async () => {
    const of = await widget(states.failed({ error: failure('misconfigured'), sources: null, resume: 'loading' }));
    expect(textOf(part(of, 'error'))).to.equal('This connection is not set up yet.');
    expect(reachable(of)).to.deep.equal([footer]);
  });
});
