import { expect } from '@open-wc/testing';
import { stateOf } from '../../src/oauth/address.js';
import { attemptKey, channelOf, mailboxKey } from '../../src/oauth/protocol.js';

describe('oauth/protocol', () => {
  describe('an answer of ours [F10, F11]', () => {
    const ours: Record<string, string> = {
      'a code': 'code=x&state=wc1.s',
      'with a question mark': '?code=x&state=wc1.s',
      'an error': 'error=access_denied&state=wc1.s',
      'an error with much to say': `error=access_denied&error_description=${encodeURIComponent('<img onerror=alert(1)> \u202e')}&state=wc1.s`,
      'an unknown error': 'error=odd_thing&state=wc1.s',
      'with an issuer, and the page’s own parameters twice': 'tab=1&tab=2&iss=https%3A%2F%2Fa.example&code=x&state=wc1.s',
      'percent-garbage beside it': 'x=%E0%A4%A&code=%&state=wc1.s',
      'an empty code': 'code=&state=wc1.s',
      'NUL, and half a character': 'code=%00%ED%A0%80\u0000\ud800&state=wc1.s',
      'each word there is for a no': 'state=wc1.s&error=login_required',
      'as long as may be': `code=${'x'.repeat(8192 - 'code=&state=wc1.s'.length)}&state=wc1.s`,
    };
    for (const [what, query] of Object.entries(ours)) it(what, () => expect(stateOf(query)).to.equal('wc1.s'));
  });

  describe('none of ours [F10, F11, T1]', () => {
    const others: Record<string, string> = {
      'nothing': '',
      'no state': 'code=x',
      'somebody else’s state': 'code=x&state=abc',
      'a state that only ends like ours': 'code=x&state=xwc1.s',
      'an empty state': 'code=x&state=',
      'a state alone': 'state=wc1.s',
      'two states': 'code=x&state=wc1.s&state=wc1.s',
      'two codes': 'code=x&code=x&state=wc1.s',
      'a code and a no': 'code=x&error=access_denied&state=wc1.s',
      'a no without a state': 'error=access_denied',
      'a no with ten thousand characters to say': `error=access_denied&state=wc1.s&error_description=${'x'.repeat(10_000)}`,
      'a state cut by a NUL': 'code=x&state=%00wc1.s',
      'two issuers': 'code=x&state=wc1.s&iss=a&iss=a',
      'two states, the other first': 'state=abc&code=x&state=wc1.s',
      'an access token': 'access_token=t&code=x&state=wc1.s',
      'an id token': 'id_token=t&code=x&state=wc1.s',
      '8 KiB and one': `code=${'x'.repeat(8193 - 'code=&state=wc1.s'.length)}&state=wc1.s`,
      'a megabyte': `state=wc1.s&code=${'x'.repeat(1_000_000)}`,
    };
    for (const [what, query] of Object.entries(others)) it(what, () => expect(stateOf(query)).to.equal(null));
  });

  it('names a channel that nobody guesses who does not know the state [T6]', async () => {
    const [one, same, other] = await Promise.all([channelOf('wc1.a'), channelOf('wc1.a'), channelOf('wc1.b')]);
    expect(one).to.equal(same);
    expect(one).not.to.equal(other);
    expect(one.split(',').map(Number), 'all of a SHA-256').to.have.length(32);
    expect(one).not.to.contain('wc1.a');
    expect(attemptKey(one)).not.to.equal(mailboxKey(one));
  });
});
