import { expect } from '@open-wc/testing';
import { ConnectError, errorCodes } from '../../src/core/errors.js';
import { transition } from '../../src/core/machine.js';
import type { Message } from '../../src/core/machine.js';
import { aimOf, errorOf, initial } from '../../src/core/state.js';
import type { State } from '../../src/core/state.js';
import { alice, connectionTo, garmin, wahoo } from './fake-platform.js';

const account = { user: alice, connections: [connectionTo(garmin)] };
const known = { ...initial, sources: [garmin, wahoo] };
const aim = { attempt: 'a1', source: garmin.id };
const say = (state: State, ...messages: readonly Message[]): State => messages.reduce(transition, state);
const error = (code: ConnectError['code']): ConnectError => new ConnectError(code, 'It was so.');
const choosing: State = { ...known, phase: 'choosing', notice: null };
const authorizing: State = { ...known, ...aim, phase: 'authorizing', way: 'popup', sight: 'open' };
const connected: State = { ...known, account, outcome: 'success', phase: 'connected' };
const pick: Message = { type: 'pick', ...aim, way: 'popup' };

describe('core/machine, the fine points', () => {
  it('says nothing of a sight that is the one there was', () => {
    expect(say(authorizing, { type: 'sighted', sight: 'open' })).to.equal(authorizing);
    expect(say(authorizing, { type: 'sighted', sight: 'blocked' })).to.include({ phase: 'authorizing', sight: 'blocked', attempt: 'a1' });
  });

  it('opens a fresh window for the same attempt', () => {
    const blocked = say(authorizing, { type: 'sighted', sight: 'blocked' }, { type: 'again', way: 'redirect' });
    expect(blocked).to.include({ attempt: 'a1', source: garmin.id, way: 'redirect', sight: 'open' });
  });

  it('says kindly above the list why the visitor sees it again', () => {
    expect(say(authorizing, { type: 'leave', reason: 'closed' })).to.include({ phase: 'choosing', notice: 'closed' });
    expect(say({ ...authorizing, way: 'redirect' }, { type: 'leave', reason: 'closed' }), 'the whole page was away, and no window').to.include({ phase: 'choosing', notice: null });
    expect(say(authorizing, { type: 'leave', reason: 'denied' })).to.include({ phase: 'choosing', notice: 'denied' });
    for (const reason of ['back', 'aborted'] as const) expect(say(authorizing, { type: 'leave', reason })).to.include({ notice: null });
    expect(say(connected, { type: 'forgotten', notice: 'disconnected' })).to.include({ notice: 'disconnected', account: null });
  });

  it('resumes: without an answer it listens on, with one it confirms at once', () => {
    const resumed = { type: 'resumed', ...aim, sources: [garmin], account: null } as const;
    expect(say(initial, { ...resumed, grant: null })).to.include({ phase: 'authorizing', way: 'resume', attempt: 'a1' });
    const grant = {};
    const confirming = say(initial, { ...resumed, account, grant });
    expect(confirming).to.include({ phase: 'confirming', grant, attempt: 'a1', account });
    expect(confirming.sources).to.deep.equal([garmin]);
  });

  it('takes an answer that came late as another attempt', () => {
    const gaveUp = say(authorizing, { type: 'failed', error: error('timeout') });
    expect(gaveUp).to.include({ phase: 'failed', resume: 'authorizing' });
    const late = say(gaveUp, { type: 'answeredLate', attempt: 'a9', source: garmin.id, grant: {} });
    expect(late).to.include({ phase: 'confirming', attempt: 'a9' });
    expect(say(late, { type: 'answeredLate', attempt: 'a10', source: null, grant: {} }), 'one code at a time').to.equal(late);
  });

  it('follows the history anew for a new account, and forgets the old one’s progress', () => {
    const progress = { source: null, stage: 'done', ratio: 1, loadedUntil: null, items: null, live: true } as const;
    const again = say({ ...connected, progress, trouble: error('network') }, pick, { type: 'authorized', grant: {} }, { type: 'confirmed', account });
    expect(again).to.include({ phase: 'syncing', progress: null, outcome: null, trouble: null });
  });

  describe('with an account', () => {
    const browsing = say(connected, { type: 'browse' });

    it('shows the list and goes home again', () => {
      expect(browsing).to.include({ phase: 'choosing', account });
      expect(say(browsing, { type: 'leave', reason: 'back' }), 'all is in').to.include({ phase: 'connected' });
      const half = say({ ...known, account, phase: 'syncing' }, { type: 'browse' }, { type: 'leave', reason: 'back' });
      expect(half, 'the rest is still to come').to.include({ phase: 'syncing' });
    });

    it('goes home after adding another has failed, whatever it failed of', () => {
      for (const code of errorCodes) {
        const failed = say(browsing, pick, { type: 'failed', error: error(code) });
        expect(failed, code).to.include({ phase: 'failed', account });
        expect(say(failed, { type: 'leave', reason: 'back' }), code).to.include({ phase: 'connected', account });
      }
    });

    it('asks the same wearable again when its session is over, and lets go of it on Back', () => {
      const expired = say(connected, { type: 'expired', error: error('session_expired') });
      expect(expired).to.include({ phase: 'failed', source: garmin.id, resume: 'authorizing' });
      expect(say(expired, { type: 'retry', attempt: 'a2', way: 'popup' })).to.include({ phase: 'authorizing', source: garmin.id, attempt: 'a2' });
      expect(say(expired, { type: 'leave', reason: 'back' })).to.include({ phase: 'choosing', account: null, sources: known.sources });
    });

    it('does not call a session over while a new one is on its way', () => {
      const adding = say(browsing, pick);
      expect(say(adding, { type: 'expired', error: error('session_expired') })).to.equal(adding);
    });

    it('stays connected without its history, and can ask for it again', () => {
      const syncing: State = { ...known, account, phase: 'syncing' };
      const without = say(syncing, { type: 'failed', error: error('sync_failed') });
      expect(without).to.include({ phase: 'connected', outcome: 'unknown' });
      expect(errorOf(without)).to.have.property('code', 'sync_failed');
      expect(say(without, { type: 'retry', attempt: 'a2', way: 'popup' })).to.include({ phase: 'syncing', outcome: null, trouble: null });
      const network = say(connected, { type: 'troubled', error: error('network') });
      expect(say(network, { type: 'retry', attempt: 'a2', way: 'popup' }), 'nothing to follow again').to.equal(network);
    });

    it('forgets a failed errand with the next that goes well, and never that a history is missing', () => {
      for (const [code, left] of [['network', null], ['popup_blocked', null], ['unsupported', null], ['sync_failed', 'sync_failed']] as const) {
        const troubled = say(connected, { type: 'troubled', error: error(code) });
        const mended = say(troubled, { type: 'mended' });
        expect(errorOf(mended)?.code ?? null, code).to.equal(left);
        expect(say(mended, { type: 'mended' }), 'and there is nothing more to mend').to.equal(mended);
      }
    });

    it('says of a list only what is new', () => {
      expect(say(connected, { type: 'learnt', connections: [connectionTo(garmin)] })).to.equal(connected);
      const learnt = say(connected, { type: 'learnt', connections: [connectionTo(garmin, { history: 'ready' })] });
      expect(learnt.account?.connections[0]).to.have.property('history', 'ready');
      expect(learnt.phase).to.equal('connected');
    });
  });

  it('retries what can be retried, at the window: a code is good for one use', () => {
    for (const code of errorCodes) {
      const failed = say({ ...known, ...aim, phase: 'confirming', grant: {} }, { type: 'failed', error: error(code) });
      const retried = say(failed, { type: 'retry', attempt: 'a2', way: 'popup' });
      if (error(code).retryable) expect(retried, code).to.include({ phase: 'authorizing', attempt: 'a2', source: garmin.id });
      else expect(retried, code).to.equal(failed);
    }
    const unloaded = say(initial, { type: 'failed', error: error('network') });
    expect(say(unloaded, { type: 'retry', attempt: 'a2', way: 'popup' })).to.include({ phase: 'loading' });
  });

  it('knows its attempt only while one runs, and its error only while there is one', () => {
    expect(aimOf(authorizing)).to.include(aim);
    expect(aimOf(choosing)).to.equal(null);
    expect(errorOf(choosing)).to.equal(null);
  });
});
