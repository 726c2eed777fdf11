import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import { waitForAnswer } from '../../src/oauth/answer.js';
import type { Attempt } from '../../src/oauth/attempt.js';
import { land } from '../../src/oauth/landing.js';
import { stateOf, takeAnswer } from '../../src/oauth/address.js';
import { acknowledged, answerOf, channelOf, mailboxKey } from '../../src/oauth/protocol.js';
import { installFakeTime } from '../core/fake-time.js';
import type { FakeTime } from '../core/fake-time.js';
import { holds, oddJson } from '../core/property.js';
import { isAnswerTo, queries } from './queries.js';
import { surround, until } from './surroundings.js';
import type { Surroundings } from './surroundings.js';

const state = 'wc1.property';
const query = `code=secret&state=${state}`;

describe('oauth, whatever comes back', () => {
  let around: Surroundings;
  let time: FakeTime;
  let channel: string;
  const here = location.href;
  const { close } = globalThis;

  before(async () => (channel = await channelOf(state)));
  beforeEach(() => {
    around = surround();
    time = installFakeTime();
    globalThis.close = () => {};
  });
  afterEach(() => {
    history.replaceState(null, '', here);
    globalThis.close = close;
    time.restore();
    around.restore();
  });

  describe('in an address [F10, F11, F12, T1]', () => {
    it('only what answers the attempt has its state', () =>
      holds(queries(state), (address) => expect(stateOf(address) === state).to.equal(isAnswerTo(state, address)), 1000));

    it('is taken out of it, query and fragment, whichever of them it was', () =>
      holds(
        fc.tuple(queries(state), queries(state)),
        ([search, hash]) => {
          history.replaceState(null, '', `${location.pathname}?${search}#${hash}`);
          const [asked, fragment] = [location.search, location.hash.slice(1)];
          const taken = takeAnswer();
          expect(location.href).to.equal(location.origin + location.pathname);
          expect(taken).to.equal(stateOf(asked) ? asked : fragment);
        },
        100,
      ));

    it('is told to nobody where it answers nothing; else as it is; and kept nowhere while no attempt is known', () =>
      holds(queries(state), async (address) => {
        const said: string[] = [];
        const posted: unknown[][] = [];
        Object.defineProperty(globalThis, 'opener', { configurable: true, writable: true, value: { postMessage: (...args: unknown[]) => posted.push(args) } });
        await land(address, (what) => said.push(what));
        await time.advance(300);
        // Whoever asked may have begun with any state of ours.
        const told = stateOf(address) !== null;
        expect([said, posted.length, Object.keys(around.local).length]).to.deep.equal([told ? [] : ['idle'], told ? 2 : 0, 0]);
        for (const [data, target] of posted) expect([data, target]).to.deep.equal([answerOf(address), location.origin]);
        if (told) dispatchEvent(new MessageEvent('message', { data: acknowledged, origin: location.origin }));
        expect([around.left, time.pending, Object.keys(around.local).length]).to.deep.equal([0, 0, 0]);
      }));
  });

  describe('to the page that asked [F13, T5, T6]', () => {
    const attempt = (): Attempt => ({
      ...{ v: 1, id: 'a1', channel, source: null, state, nonce: 'n', verifier: 'v', issuer: 'https://a.example', clientId: 'c' },
      ...{ redirectUri: `${location.origin}/cb.html`, mode: 'popup', returnTo: '/', url: 'https://a.example/', createdAt: Date.now() },
    });
    function wait() {
      const life = new AbortController();
      const heard: unknown[] = [];
      const done = waitForAnswer(attempt(), life.signal).then((answer) => void heard.push(answer), () => {});
      return { life, heard, done };
    }
    const anything = fc.anything({ withDate: true, withMap: true, withSet: true, withTypedArray: true, withSparseArray: true, withBigInt: true, withNullPrototype: true });
    const almost = fc.record(
      { v: fc.oneof({ weight: 4, arbitrary: fc.constant<unknown>(1) }, { weight: 1, arbitrary: fc.constantFrom<unknown>(2, '1', true, null) }), query: fc.oneof({ weight: 3, arbitrary: queries(state) }, anything) },
      { requiredKeys: [] },
    );
    const origins = fc.oneof({ weight: 3, arbitrary: fc.constant(location.origin) }, { weight: 2, arbitrary: fc.constantFrom('', 'null', 'https://evil.example', `${location.origin}.evil.example`, location.origin.toUpperCase(), `${location.origin}/`, '*') });
    const right = (data: unknown): data is { query: string } => {
      const { v, query: said } = Object(data) as { v?: unknown; query?: unknown };
      return v === 1 && typeof said === 'string' && isAnswerTo(state, said);
    };

    it('a message counts only as the right answer, from the right origin, once', () =>
      holds(fc.array(fc.tuple(fc.oneof({ weight: 3, arbitrary: almost }, anything), origins), { minLength: 1, maxLength: 8 }), async (messages) => {
        const run = wait();
        for (const [data, origin] of messages) dispatchEvent(new MessageEvent('message', { data: structuredClone(data), origin }));
        const [first] = messages.filter(([data, origin]) => origin === location.origin && right(data));
        run.life.abort();
        await run.done;
        expect(run.heard).to.deep.equal(first ? [(first[0] as { query: string }).query] : []);
        expect([around.left, time.pending]).to.deep.equal([0, 0]);
      }));

    it('mail counts only as the right answer, whatever else lies in the box', () =>
      holds(fc.oneof(fc.string(), almost.map((mail) => JSON.stringify(mail, (_name, value: unknown) => (typeof value === 'bigint' ? null : value)) ?? ''), oddJson.map((json) => JSON.stringify(json))), async (mail) => {
        around.local.setItem(mailboxKey(channel), mail);
        const run = wait();
        run.life.abort();
        await run.done;
        // The version of mail is not looked at: nobody but this package writes there.
        const said = ((): unknown => { try { return (Object(JSON.parse(mail)) as { query?: unknown }).query; } catch { return null; } })();
        expect(run.heard).to.deep.equal(right({ v: 1, query: said }) ? [said] : []);
        around.local.removeItem(mailboxKey(channel));
      }));

    it('what is looked at is what is taken, though every look at it be answered otherwise', async () => {
      for (const answers of [[query, 'code=evil&state=wc1.other'], ['code=evil&state=wc1.other', query]]) {
        const run = wait();
        const looks: string[] = [];
        const data = { v: 1, get query() { return looks.push('query'), answers[looks.length - 1]; } };
        dispatchEvent(new MessageEvent('message', { data, origin: location.origin }));
        run.life.abort();
        await run.done;
        expect([run.heard, looks.length]).to.deep.equal([answers[0] === query ? [query] : [], 1]);
      }
    });

    it('the right answer is heard behind a flood of ten thousand wrong ones', async () => {
      const run = wait();
      const wrong = [null, { v: 1, query: 'code=x&state=wc1.other' }, { v: 1, query: `${query}&x=${'x'.repeat(9000)}` }, { v: 2, query }];
      for (let round = 0; round < 10_000; round++) dispatchEvent(new MessageEvent<unknown>('message', { data: wrong[round % wrong.length], origin: location.origin }));
      dispatchEvent(new MessageEvent('message', { data: answerOf(query), origin: location.origin }));
      await until(() => run.heard.length);
      expect([run.heard, around.left, time.pending]).to.deep.equal([[query], 0, 0]);
    });
  });
});
