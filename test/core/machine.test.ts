import { expect } from '@open-wc/testing';
import { ConnectError } from '../../src/core/errors.js';
import { transition } from '../../src/core/machine.js';
import type { Message } from '../../src/core/machine.js';
import { initial } from '../../src/core/state.js';
import type { State } from '../../src/core/state.js';
import { alice, connectionTo, garmin, ride, wahoo } from './fake-platform.js';

const account = { user: alice, connections: [connectionTo(garmin)] };
const more = [connectionTo(garmin), connectionTo(wahoo)];
const network = new ConnectError('network', 'Offline.');
const lost = new ConnectError('session_expired', 'Over.');
const known = { ...initial, sources: [garmin, wahoo] };
const mine = { ...known, account, outcome: 'success' } as const;
const aim = { attempt: 'a1', source: garmin.id };

const messages: Record<Message['type'], Message> = {
  pick: { type: 'pick', attempt: 'a2', source: wahoo.id, way: 'popup' },
  again: { type: 'again', way: 'popup' },
  browse: { type: 'browse' },
  retry: { type: 'retry', attempt: 'a2', way: 'popup' },
  leave: { type: 'leave', reason: 'back' },
  restart: { type: 'restart' },
  loaded: { type: 'loaded', sources: [garmin] },
  restored: { type: 'restored', sources: [garmin], account },
  resumed: { type: 'resumed', ...aim, sources: [garmin], account: null, grant: null },
  sighted: { type: 'sighted', sight: 'lost' },
  authorized: { type: 'authorized', grant: {} },
  answeredLate: { type: 'answeredLate', attempt: 'a3', source: garmin.id, grant: {} },
  confirmed: { type: 'confirmed', account },
  learnt: { type: 'learnt', connections: more },
  previewed: { type: 'previewed', activity: ride },
  progressed: { type: 'progressed', progress: { source: null, stage: 'fetching', ratio: 0.5, loadedUntil: null, items: null, live: true } },
  finished: { type: 'finished', outcome: 'partial' },
  failed: { type: 'failed', error: network },
  troubled: { type: 'troubled', error: network },
  mended: { type: 'mended' },
  expired: { type: 'expired', error: lost },
  released: { type: 'released', source: garmin.id, connections: [connectionTo(wahoo)] },
  forgotten: { type: 'forgotten', notice: 'forgotten' },
};

const states: Record<string, State> = {
  loading: initial,
  choosing: { ...known, phase: 'choosing', notice: null },
  authorizing: { ...known, ...aim, phase: 'authorizing', way: 'popup', sight: 'open' },
  confirming: { ...known, ...aim, phase: 'confirming', grant: {} },
  failed: { ...known, phase: 'failed', error: network, source: garmin.id, resume: 'authorizing' },
  'loading, with an account': { ...mine, sources: null, phase: 'loading' },
  'choosing, with an account': { ...mine, phase: 'choosing', notice: null },
  'authorizing, with an account': { ...mine, ...aim, phase: 'authorizing', way: 'popup', sight: 'open' },
  'confirming, with an account': { ...mine, ...aim, phase: 'confirming', grant: {} },
  'failed, with an account': { ...mine, phase: 'failed', error: network, source: wahoo.id, resume: 'authorizing' },
  syncing: { ...mine, outcome: null, phase: 'syncing' },
  connected: { ...mine, phase: 'connected' },
};

/** Where each message leads; what is not named is ignored, and the very same object comes back. `troubled` is heard everywhere. */
const always = { restart: 'loading' };
const onAccount = (phase: string) => ({ learnt: phase, previewed: phase, released: phase, forgotten: 'choosing' });
const late = { answeredLate: 'confirming' };
const table: Record<string, Partial<Record<Message['type'], string>>> = {
  loading: { ...always, ...late, pick: 'authorizing', loaded: 'choosing', restored: 'syncing', resumed: 'authorizing', failed: 'failed' },
  choosing: { ...always, ...late, pick: 'authorizing' },
  authorizing: { ...always, ...late, pick: 'authorizing', again: 'authorizing', leave: 'choosing', sighted: 'authorizing', authorized: 'confirming', failed: 'failed' },
  confirming: { ...always, leave: 'choosing', confirmed: 'syncing', failed: 'failed' },
  failed: { ...always, ...late, pick: 'authorizing', retry: 'authorizing', leave: 'choosing' },
  'loading, with an account': {
    ...always,
    ...late,
    ...onAccount('loading'),
    ...{ pick: 'authorizing', loaded: 'choosing', restored: 'syncing', resumed: 'authorizing', failed: 'failed', expired: 'failed' },
  },
  'choosing, with an account': { ...always, ...late, ...onAccount('choosing'), pick: 'authorizing', leave: 'connected', expired: 'failed' },
  'authorizing, with an account': {
    ...always,
    ...late,
    ...onAccount('authorizing'),
    ...{ pick: 'authorizing', again: 'authorizing', leave: 'choosing', sighted: 'authorizing', authorized: 'confirming', failed: 'failed' },
  },
  'confirming, with an account': { ...always, ...onAccount('confirming'), leave: 'choosing', confirmed: 'syncing', failed: 'failed' },
  'failed, with an account': { ...always, ...late, ...onAccount('failed'), pick: 'authorizing', retry: 'authorizing', leave: 'connected', expired: 'failed' },
  syncing: {
    ...always,
    ...late,
    ...onAccount('syncing'),
    ...{ pick: 'authorizing', browse: 'choosing', progressed: 'syncing', finished: 'connected', failed: 'connected', expired: 'failed' },
  },
  // What is learnt there is a connection with a history to come.
  connected: { ...always, ...late, ...onAccount('connected'), learnt: 'syncing', pick: 'authorizing', browse: 'choosing', expired: 'failed' },
};

describe('core/machine', () => {
  for (const [name, state] of Object.entries(states))
    it(`${name}: every message leads where the table says, and nowhere else`, () => {
      for (const message of Object.values(messages)) {
        const next = transition(state, message);
        const expected = message.type === 'troubled' ? state.phase : table[name]?.[message.type];
        if (expected === undefined) expect(next, message.type).to.equal(state);
        else {
          expect(next, message.type).not.to.equal(state);
          expect(next.phase, message.type).to.equal(expected);
        }
      }
    });

  it('tells the loss of a session once', () => {
    const expired: Message = { type: 'expired', error: network };
    const lost = transition(states['connected'] as State, expired);
    expect(lost.phase).to.equal('failed');
    expect(transition(lost, expired)).to.equal(lost);
  });

  it('changes no state that was handed in', () => {
    for (const state of Object.values(states)) {
      const before = JSON.stringify(state);
      for (const message of Object.values(messages)) transition(state, message);
      expect(JSON.stringify(state)).to.equal(before);
    }
  });

  it('keeps the list through every phase, so that Back never asks for it again', () => {
    for (const [name, state] of Object.entries(states)) {
      if (!state.sources) continue;
      for (const message of Object.values(messages))
        if (message.type !== 'restart') expect(transition(state, message).sources, `${name}, ${message.type}`).to.equal(state.sources);
    }
  });

  it('goes back to loading where nothing had loaded', () => {
    const picked = transition(initial, messages.pick);
    expect(transition(picked, messages.leave).phase).to.equal('loading');
    const connected: State = { ...mine, sources: null, phase: 'connected' };
    expect(transition(connected, messages.browse).phase, 'the list is still to come').to.equal('loading');
  });

  it('never holds a token or a code outside of the grant, which no later phase keeps', () => {
    const confirming = transition(states['authorizing'] as State, { type: 'authorized', grant: { code: 'canary' } });
    for (const message of Object.values(messages)) {
      const next = transition(confirming, message);
      if (next.phase !== 'confirming') expect(JSON.stringify(next)).not.to.contain('canary');
    }
  });
});

