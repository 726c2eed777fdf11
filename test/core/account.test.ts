import { expect } from '@open-wc/testing';
import { accountStatusFrom, userFrom } from '../../src/core/account.js';
import { connectionsFrom } from '../../src/core/derived.js';

const ready = { issue: null, capabilities: { activities: 'ready', activity_history: 'ready', dailies: 'ready', workouts: 'ready' } };
const syncing = {
  issue: { code: 'sync_pending', status: 'syncing', message: 'Garmin Connect data is still arriving.', destination: null },
  capabilities: { activities: 'ready', activity_history: 'syncing', dailies: 'unavailable', workouts: 'ready' },
};
const notShared = {
  issue: {
    code: 'activity_history_not_granted',
    status: 'action_required',
    message: 'Historical data is not shared.',
    destination: 'manage-integrations',
  },
  capabilities: { activities: 'ready', activity_history: 'action_required' },
};
const nothing = {
  issue: { code: 'no_source_connected', status: 'action_required', message: 'Connect a source.', destination: 'manage-integrations' },
  capabilities: { activities: 'unavailable', activity_history: 'unavailable' },
};

describe('platforms/sweatstack/account', () => {
  describe('the user', () => {
    it('is read whole', () => {
      const raw = {
        sub: '01JQ8',
        name: 'Alice Anderson',
        given_name: 'Alice',
        family_name: 'Anderson',
        email: 'a@example.com',
        registered_at: '2025-01-01T00:00:00',
        issue: null,
      };
      expect(userFrom(raw)).to.deep.equal({
        id: '01JQ8',
        name: 'Alice Anderson',
        givenName: 'Alice',
        familyName: 'Anderson',
        email: 'a@example.com',
        registeredAt: '2025-01-01T00:00:00.000Z',
      });
      expect(userFrom({ ...raw, registered_at: '2025-01-01T01:00:00+01:00' })).to.have.property('registeredAt', '2025-01-01T00:00:00.000Z');
    });

    it('is null where unknown', () => {
      const unknown = { id: 'u', name: null, givenName: null, familyName: null, email: null, registeredAt: null };
      expect(userFrom({ sub: 'u' })).to.deep.equal(unknown);
      expect(userFrom({ sub: 'u', name: 7, email: '', given_name: {}, registered_at: 'once' })).to.deep.equal(unknown);
    });

    for (const none of [null, 'u', 7, [], {}, { sub: null }, { sub: '' }, { id: 'u' }])
      it(`is none: ${JSON.stringify(none)}`, () => expect(userFrom(none)).to.equal(null));
  });

  describe('the status', () => {
    it('of an account where all is well', () => {
      expect(accountStatusFrom(ready)).to.deep.equal({
        history: 'ready',
        needsAction: false,
        message: null,
        nothingConnected: false,
        issue: null,
      });
    });

    it('of one still syncing', () => {
      expect(accountStatusFrom(syncing)).to.deep.equal({
        history: 'syncing',
        needsAction: false,
        message: 'Garmin Connect data is still arriving.',
        nothingConnected: false,
        issue: syncing.issue,
      });
    });

    it('of one whose history is not shared', () => {
      expect(accountStatusFrom(notShared)).to.deep.equal({
        history: 'action_required',
        needsAction: false,
        message: 'Historical data is not shared.',
        nothingConnected: false,
        issue: notShared.issue,
      });
    });

    it('of one with nothing connected', () => {
      expect(accountStatusFrom(nothing)).to.include({ nothingConnected: true });
    });

    it('of one whose activities need somebody, or that only says so', () => {
      expect(accountStatusFrom({ issue: { status: 'action_required' }, capabilities: {} })).to.include({ needsAction: true });
      expect(accountStatusFrom({ capabilities: { activities: 'action_required' } })).to.include({ needsAction: true, history: 'unknown' });
    });

    for (const capabilities of [undefined, null, 'ready', [], {}, { activities: 'brand_new', activity_history: 7, sleep: 'ready' }])
      it(`is unknown: ${JSON.stringify(capabilities)}`, () => {
        expect(accountStatusFrom({ issue: null, capabilities })).to.include({ history: 'unknown', needsAction: false });
      });

    for (const none of [null, undefined, 'ok', 7, [], [ready]])
      it(`is none: ${JSON.stringify(none)}`, () => expect(accountStatusFrom(none)).to.equal(null));
  });

  describe('the connections', () => {
    const asked = [
      { id: 'garmin_connect', name: 'Garmin Connect' },
      { id: 'wahoo', name: 'Wahoo' },
    ];
    const derived = {
      id: 'garmin_connect',
      source: 'garmin_connect',
      name: 'Garmin Connect',
      status: 'active',
      history: 'unknown',
      connectedAt: null,
      evidence: 'derived',
      message: null,
    };
    const first = (json: unknown) => connectionsFrom(asked, accountStatusFrom(json))[0];

    it('are what was asked for, where nothing contradicts', () => {
      expect(connectionsFrom(asked, null)).to.deep.equal([derived, { ...derived, id: 'wahoo', source: 'wahoo', name: 'Wahoo' }]);
      expect(connectionsFrom([], accountStatusFrom(ready))).to.deep.equal([]);
    });

    it('know what the status knows', () => {
      expect(first(ready)).to.deep.equal({ ...derived, history: 'ready' });
      expect(first(syncing)).to.deep.equal({ ...derived, history: 'syncing', message: 'Garmin Connect data is still arriving.' });
      // As with Open Wearables: connected, and its history is what somebody has to allow.
      expect(first(notShared)).to.deep.equal({
        ...derived,
        history: 'action_required',
        message: 'Historical data is not shared.',
      });
    });

    it('are none where nothing is connected', () => {
      expect(connectionsFrom(asked, accountStatusFrom(nothing))).to.deep.equal([]);
    });
  });
});
