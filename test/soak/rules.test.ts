/** Each rule finds what it is there for, and finds nothing in a journey as the contract has it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Entry } from './ledger.js';
import { endingsOf, openAttempts, violationsOf } from './rules.js';

type Short = readonly [name: string, more?: Readonly<Record<string, unknown>>];

/** As the ledger would have them: numbered, and each change with what was before it. */
function heard(...some: readonly Short[]): Entry[] {
  let [seq, phase] = [0, 'loading'];
  return some.map(([name, more = {}]) => {
    const previous = phase;
    if (name === 'change') phase = String(more['phase']);
    return { page: 'p', ...(name !== 'uncaught' && name !== 'gone' && { on: 0, seq: ++seq }), name, ...(name === 'change' && { previous }), ...more };
  });
}

const to = (phase: string, attempt?: string): Short => ['change', { phase, ...(attempt !== undefined && { attempt }) }];
const of = (attempt: string, ...names: readonly string[]): Short[] => names.map((name): Short => [name, { attempt }]);
const begun = [to('choosing'), to('authorizing', 'a')];
const success = (attempt: string): Short[] => [to('confirming', attempt), ...of(attempt, 'tokens', 'connections', 'connected'), to('syncing')];
const closed: Short[] = [['cancelled', { attempt: 'a', reason: 'closed' }], to('choosing')];

const rules = { tellsTokens: true, isSettled: true };

describe('soak: what is held against everything that was heard', () => {
  const right: Readonly<Record<string, readonly Short[]>> = {
    'a success': [...begun, ...success('a'), ['progress'], ['complete'], to('connected')],
    'a no': [...begun, ['cancelled', { attempt: 'a', reason: 'denied' }], to('choosing')],
    'a failure': [...begun, ['error', { attempt: 'a', code: 'network' }], to('failed')],
    'a late answer to a window that was closed': [...begun, ...closed, ...success('b')],
    'a late answer after the time was over': [...begun, ['error', { attempt: 'a', code: 'timeout' }], to('failed'), ...success('b')],
    'an attempt that went with its page': [...begun, ['gone']],
    'trouble that belongs to no attempt': [...begun, ...success('a'), ['error', { code: 'sync_failed' }], ['complete'], to('connected')],
  };
  for (const [what, some] of Object.entries(right)) it(`nothing is wrong with ${what}`, () => assert.deepEqual(violationsOf(heard(...some), rules), []));

  it('nothing is wrong with a success whose tokens the page asks for', () => {
    assert.deepEqual(violationsOf(heard(...begun, to('confirming', 'a'), ...of('a', 'connections', 'connected'), to('syncing')), { ...rules, tellsTokens: false }), []);
  });

  const wrong: Readonly<Record<string, readonly [some: readonly Short[], finds: RegExp]>> = {
    'a second end': [[...begun, ...success('a'), ...of('a', 'connected')], /ended 2 times: connected, connected/],
    'an end of each kind': [[...begun, ['cancelled', { attempt: 'a', reason: 'closed' }], ['error', { attempt: 'a', code: 'network' }], to('failed')], /ended 2 times/],
    'no end': [begun, /attempt a never ended/],
    'something after the end': [[...begun, ['cancelled', { attempt: 'a', reason: 'back' }], ...of('a', 'tokens')], /went on after its end: tokens/],
    'connections before tokens': [[...begun, to('confirming', 'a'), ...of('a', 'connections', 'tokens', 'connected'), to('syncing')], /succeeded by change\(confirming\), connections, tokens/],
    'no tokens': [[...begun, to('confirming', 'a'), ...of('a', 'connections', 'connected'), to('syncing')], /expected change\(confirming\), tokens/],
    'a success that leads nowhere': [[...begun, to('confirming', 'a'), ...of('a', 'tokens', 'connections', 'connected'), to('choosing')], /came change\(choosing\)/],
    'an answer after Cancel': [[...begun, ['cancelled', { attempt: 'a', reason: 'back' }], to('choosing'), ...success('b')], /taken after the attempt had been given up/],
    'a late answer under the old name': [[...begun, ...closed, ...success('a')], /goes by the attempt a/],
    'an error nobody caught': [[...begun, ...success('a'), ['uncaught', { what: 'unhandled rejection: x' }]], /uncaught: unhandled rejection: x/],
    'a change from where it was not': [[...begun, ['change', { phase: 'syncing', previous: 'choosing', attempt: 'a' }], ...of('a', 'error')], /while it was authorizing/],
  };
  for (const [what, [some, finds]] of Object.entries(wrong)) it(`finds ${what}`, () => assert.match(violationsOf(heard(...some), rules).join('\n'), finds));

  it('finds an event that is missing, or that comes twice', () => {
    const all = heard(...begun, ...success('a'));
    assert.match(violationsOf(all.filter((_, at) => at !== 3), rules).join('\n'), /came as number 4 says it is 5/);
    assert.match(violationsOf([...all.slice(0, 4), ...all.slice(3)], rules).join('\n'), /came as number 5 says it is 4/);
  });

  it('finds a second end on the page that comes after a reload', () => {
    const [before, after] = [heard(...begun, ...closed), heard(to('choosing'), ...success('a')).map((entry) => ({ ...entry, page: 'q' }))];
    assert.match(violationsOf([...before, ...after], rules).join('\n'), /ended 2 times: cancelled, connected/);
  });

  it('knows how each attempt ended', () => {
    const all = heard(...begun, ...success('a'), ['error', { code: 'sync_failed' }], ['cancelled', { attempt: 'b', reason: 'closed' }], ['error', { attempt: 'c', code: 'network' }]);
    assert.deepEqual(endingsOf(all), ['connected', 'cancelled closed', 'error network'], 'and what belongs to no attempt ends none');
  });

  it('knows which attempts still run', () => {
    assert.deepEqual(openAttempts(heard(...begun)), ['a']);
    assert.deepEqual(openAttempts(heard(...begun, ...closed)), []);
    assert.deepEqual(openAttempts(heard(...begun, ['gone'])), []);
  });
});
