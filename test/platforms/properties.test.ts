import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import { ConnectError } from '../../src/core/errors.js';
import { checkedUrl, isLoopback } from '../../src/core/urls.js';
import { redactedBody, redactedUrl } from '../../src/platforms/redact.js';
import { accountStatusFrom, userFrom } from '../../src/core/account.js';
import { connectionsFrom } from '../../src/core/derived.js';
import { activityFrom } from '../../src/platforms/sweatstack/activity.js';
import { repairFrom } from '../../src/platforms/sweatstack/repair.js';
import { newHistory, verdict, withLine } from '../../src/platforms/sweatstack/history.js';
import { authorizeParameters, settingsFrom, signInUrl } from '../../src/platforms/sweatstack/settings.js';
import { jsonFrom } from '../../src/platforms/wire.js';
import { holds, mostly, oddJson, oddRecord, readable } from '../core/property.js';

const isText = (value: unknown): boolean => value === null || (typeof value === 'string' && value.trim() !== '');
const isInstant = (value: unknown): boolean => value === null || (typeof value === 'string' && new Date(value).toISOString() === value);
const isAmount = (value: unknown): boolean => value === null || (typeof value === 'number' && Number.isFinite(value) && value >= 0);
const instants = fc.oneof(oddJson, fc.date({ noInvalidDate: true }).map((date) => date.toISOString()), fc.constantFrom('2026-11-01T08:00:00.123456', '2026-11-01 08:00+01:00', '2026-11-01', '+010000-01-01T00:00:00Z'));

describe('platforms/sweatstack, whatever it answers [F14, F15, T24]', () => {
  it('a user is known or not, and of nothing but texts', () =>
    holds(oddRecord({ sub: mostly('u1'), name: oddJson, given_name: oddJson, family_name: oddJson, email: oddJson, registered_at: instants }), (json) => {
      const user = userFrom(json);
      if (!user) return;
      expect(Object.keys(user).sort()).to.deep.equal(['email', 'familyName', 'givenName', 'id', 'name', 'registeredAt']);
      expect(Object.values(user).every(isText) && isInstant(user.registeredAt)).to.equal(true);
    }));

  it('an account says one of five things of its history, and a button leads to a safe place', () =>
    holds(
      oddRecord({
        capabilities: oddRecord({ activities: mostly('ready'), activity_history: fc.oneof(fc.constantFrom<unknown>('ready', 'syncing', 'unavailable', 'action_required'), oddJson) }),
        issue: oddRecord({ code: mostly('no_source_connected'), status: mostly('action_required'), message: oddJson, destination: oddJson, action_url: fc.oneof(oddJson, fc.webUrl(), fc.constantFrom('javascript:alert(1)', 'https://u:p@a.example/', '//a.example')) }),
      }),
      (json) => {
        const status = accountStatusFrom(json);
        expect(connectionsFrom([{ id: 'wahoo', name: 'Wahoo' }], status).every(({ message }) => isText(message))).to.equal(true);
        if (!status) return;
        expect(['ready', 'syncing', 'unavailable', 'action_required', 'unknown']).to.include(status.history);
        expect([typeof status.needsAction, typeof status.nothingConnected, isText(status.message)]).to.deep.equal(['boolean', 'boolean', true]);
        const repair = repairFrom(status.issue);
        if (repair && 'url' in repair) expect(new URL(repair.url).protocol).to.match(/^https?:$/);
        else if (repair) expect(isText(repair.destination)).to.equal(true);
      },
    ));

  it('an activity is known or not; what it does not say is null, and no name is endless', () =>
    holds(
      oddRecord({
        ...{ id: mostly('act1'), sport: fc.oneof(oddJson, fc.string({ unit: 'binary' }), fc.constantFrom('running.trail+race', '+++', '....', 'running.'.repeat(50))), start: instants, start_local: oddJson, distance: oddJson },
        ...{ duration: fc.oneof(oddJson, fc.constantFrom('PT1H', 'P1DT1S', 'PT', 'P', '-PT1S', `PT${'9'.repeat(400)}H`, 'PT1.2.3S')), summary: oddRecord({ distance: oddRecord({ sum: oddJson }) }), devices: fc.oneof(oddJson, fc.array(oddJson, { maxLength: 20 })) },
      }),
      (json) => {
        const activity = activityFrom(json);
        if (!activity) return;
        expect([isText(activity.id), isText(activity.sport), isText(activity.startLocal), isInstant(activity.start)]).to.deep.equal([true, true, true, true]);
        expect([isAmount(activity.durationSeconds), isAmount(activity.distanceMeters)]).to.deep.equal([true, true]);
        expect(activity.devices.length <= 10 && activity.devices.every((device) => isText(device) && device !== null)).to.equal(true);
        expect(activity.sportName.length).to.be.within(1, 200);
      },
      400,
    ));

  it('a history only ever goes back, and is never more than whole', () => {
    const now = Date.UTC(2026, 10, 14);
    const ago = fc.integer({ min: -3, max: 2500 }).map((days) => new Date(now - days * 86_400_000).toISOString());
    const line = fc.oneof({ weight: 4, arbitrary: oddRecord({ backfill_loaded_until: fc.oneof(instants, ago, fc.constant<unknown>(null)), error: mostly(null) }).map((json) => JSON.stringify(json)) }, { weight: 1, arbitrary: fc.string() }, { weight: 1, arbitrary: ago.map((at) => `data: {"backfill_loaded_until":"${at}"}`) });
    return holds(fc.array(fc.tuple(line, fc.integer({ min: -86_400_000, max: 86_400_000 })), { maxLength: 20 }), (lines) => {
      let history = newHistory('wahoo', now);
      for (const [text, jump] of lines) {
        const before = history.progress;
        history = withLine(history, text, now + jump);
        const { ratio, loadedUntil, stage } = history.progress;
        expect(ratio === null || (ratio >= (before.ratio ?? 0) && ratio <= 1)).to.equal(true);
        expect(isInstant(loadedUntil) && (before.loadedUntil === null || Date.parse(String(loadedUntil)) <= Date.parse(before.loadedUntil))).to.equal(true);
        expect([loadedUntil === null, stage]).to.deep.equal([ratio === null, loadedUntil === null ? 'waiting' : 'fetching']);
        if (verdict(history, null, false, now) === 'success') expect(Date.parse(String(loadedUntil))).to.be.below(now - 1824 * 86_400_000);
      }
    });
  });

  it('what is no JSON is one of our errors, without a word of what it was', () =>
    holds(fc.tuple(fc.oneof(fc.constantFrom('canary', '{"access_token":"canary', '<p>canary', '', '\u0000canary'), fc.json()), fc.constantFrom(200, 201, 400, 401, 403, 404, 410, 422, 429, 500, 503)), async ([body, status]) => {
      const outcome: unknown = await jsonFrom(new Response(body, { status }), 'It').catch((thrown: unknown) => thrown);
      if (!(outcome instanceof Error)) return expect([status < 300, JSON.stringify(outcome)]).to.deep.equal([true, JSON.stringify(JSON.parse(body))]);
      expect(outcome).to.be.instanceOf(ConnectError);
      return expect(readable(outcome)).not.to.contain('canary');
    }));
});

describe('platforms, whatever an address is', () => {
  const urls = fc.oneof(
    ...[fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string(), fc.string({ unit: 'binary' })],
    fc.tuple(fc.constantFrom('https:', 'http:', 'HTTPS:', 'java\tscript:', 'javascript:', 'data:', 'blob:https:', 'ws:', ' https:', '\u0000https:', ''), fc.constantFrom('//', '/', '', '\\\\', '///'), fc.constantFrom('', 'canary@', 'u:canary@', ':canary@', '@', '%40'), fc.constantFrom('a.example', 'localhost', 'x.localhost', '127.0.0.1', '2130706433', '0x7f.1', '[::1]', 'аpp.example', 'localhost.evil.example', 'a.example:99999', ''), fc.constantFrom('', '/p?code=1#x', '/\ud800', '/\n')).map((parts) => parts.join('')),
  );

  it('only https: passes, and http: to this very machine; never with credentials, which are not repeated either [T11, T23]', () => {
    let passed = 0;
    return holds(fc.tuple(urls, fc.constantFrom(undefined, 'https://base.example/x')), ([value, base]) => {
      try {
        const url = checkedUrl(value, 'It', 'invalid_response', base);
        passed++;
        expect(url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)), url.href).to.equal(true);
        expect([url.username, url.password]).to.deep.equal(['', '']);
      } catch (thrown) {
        expect(thrown).to.be.instanceOf(ConnectError).with.property('code', 'invalid_response');
        expect((thrown as Error).message.length).to.be.below(1000);
        if (URL.canParse(value, base)) expect((thrown as Error).message).not.to.contain('canary');
      }
    }, 1000).then(() => expect(passed, 'some do').to.be.above(50));
  });

  it('the sign-in says what it was told, letter by letter, by either way', () =>
    holds(fc.record({ clientId: fc.string({ unit: 'binary', minLength: 1 }).filter((id) => id.trim() !== ''), scope: fc.array(fc.stringMatching(/^[a-z:_]{1,12}$/), { minLength: 1, maxLength: 4 }), state: fc.string({ unit: 'binary' }), source: fc.option(fc.string({ unit: 'binary', minLength: 1 })), signIn: fc.constantFrom('express', 'standard') }), ({ clientId, scope, state, source, signIn }) => {
      const settings = settingsFrom({ clientId, scope: scope.join(' '), signIn });
      const parameters = authorizeParameters(settings, { state, nonce: 'n', verifier: 'canary-verifier', challenge: 'c', channel: 'x', madeAt: 0 }, source, 'none');
      const url = new URL(signInUrl(settings, parameters));
      const told = signIn === 'standard' ? Object.fromEntries(url.searchParams) : (JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(atob(url.searchParams.get('state') ?? ''), (char) => char.charCodeAt(0)))) as Record<string, unknown>);
      // An address cannot carry half a character: there, and only there, it is replaced.
      const written = signIn === 'standard' ? Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, new TextDecoder().decode(new TextEncoder().encode(value))])) : { ...parameters, scope };
      expect(told).to.deep.equal(written);
      expect(url.origin).to.equal('https://app.sweatstack.no');
      expect(JSON.stringify(told)).not.to.contain('canary');
    }));

  it('what a developer sees has no secret in it, however deep it lies [T7, T24]', () => {
    const names = fc.constantFrom('access_token', 'refresh_token', 'id_token', 'token', 'code', 'code_verifier', 'verifier', 'client_secret');
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({ tree: fc.oneof({ maxDepth: 5 }, fc.jsonValue({ maxDepth: 1 }), names.map((name) => ({ [name]: 'canary' })), fc.array(tie('tree'), { maxLength: 3 }), fc.tuple(fc.string(), tie('tree')).map(([name, value]) => ({ [name]: value })), fc.tuple(names, tie('tree')).map(([name, value]) => ({ [name]: { value, canary: 'canary' } }))) }));
    return holds(fc.tuple(tree, names, fc.string({ unit: 'binary' })), ([body, name, other]) => {
      const shown = [redactedBody(JSON.stringify(body)), redactedBody(new URLSearchParams([[name, 'canary'], [other, 'x'], [name, 'canary']])), redactedUrl(`https://a.example/?${new URLSearchParams([[name, 'canary'], [other, 'x'], [name, 'canary']]).toString()}#canary`)];
      expect(JSON.stringify(shown)).not.to.contain('canary');
    });
  });
});
