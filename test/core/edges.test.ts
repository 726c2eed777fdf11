import { expect } from '@open-wc/testing';
import { ConnectError, errorCodes } from '../../src/core/errors.js';
import { createThrottle } from '../../src/core/throttle.js';
import { checkedUrl, isLoopback } from '../../src/core/urls.js';
import { installFakeTime } from './fake-time.js';

describe('core/errors', () => {
  it('hides its cause from whoever serialises it [T24]', () => {
    const error = new ConnectError('network', 'Offline.', { token: 'canary' });
    expect(JSON.stringify(error) + Object.values(error).join(' ') + String(error)).not.to.contain('canary');
    expect(error).to.be.instanceOf(Error).and.include({ name: 'ConnectError', code: 'network', retryable: true });
    expect(error.cause).to.deep.equal({ token: 'canary' });
    expect('cause' in new ConnectError('network', 'Offline.')).to.equal(false);
  });

  it('knows the eleven codes of the contract, and which of them a second try can help', () => {
    const retryable = ['popup_blocked', 'access_denied', 'timeout', 'network', 'rate_limited', 'platform_error', 'sync_failed', 'session_expired'];
    expect(errorCodes).to.deep.equal([...retryable, 'invalid_response', 'misconfigured', 'unsupported']);
    for (const code of errorCodes) expect(new ConnectError(code, '').retryable, code).to.equal(retryable.includes(code));
  });

  it('takes whatever was thrown for one of its own, once', () => {
    const own = new ConnectError('timeout', 'Late.');
    expect(ConnectError.from(own)).to.equal(own);
    for (const message of ['Failed to fetch', 'NetworkError when attempting to fetch resource.', 'Load failed'])
      expect(ConnectError.from(new TypeError(message)), message).to.include({ code: 'network' });
    expect(ConnectError.from(new TypeError('x is not a function'))).to.include({ code: 'platform_error', message: 'x is not a function' });
    for (const odd of [null, 5, 'text', {}]) expect(ConnectError.from(odd)).to.include({ code: 'platform_error', cause: odd });
  });
});

describe('core/urls [T11, T23]', () => {
  const good = ['https://a.example/x?y#z', 'http://localhost:3000/', 'http://app.localhost/', 'http://127.0.0.1:1/', 'http://127.9.9.9/', 'http://[::1]/'];
  for (const url of good) it(`lets ${url} pass`, () => expect(checkedUrl(url, 'It', 'misconfigured').href).to.equal(url));

  const bad = [
    ...['', 'nothing', '//no.base', 'javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'java\nscript:alert(1)', ' data:text/html,x', 'blob:https://a.example/x', 'file:///etc', 'about:blank'],
    ...['http://a.example', 'http://localhost.evil.example', 'http://127.0.0.1.evil.example', 'http://evillocalhost', 'ftp://localhost', 'http://[::2]/', 'http://0.0.0.0/'],
    ...['https://canary@a.example', 'https://canary:canary@a.example', 'https://:canary@a.example'],
  ];
  for (const url of bad)
    it(`refuses ${JSON.stringify(url)}`, () => {
      try {
        checkedUrl(url, 'base-url', 'invalid_response');
      } catch (thrown) {
        expect(thrown).to.be.instanceOf(ConnectError).and.include({ code: 'invalid_response' });
        expect((thrown as Error).message).to.match(/^base-url .{10,}/).and.not.contain('canary');
        return;
      }
      throw new Error('It passed.');
    });

  it('reads what is relative against a base, and says what it saw without end', () => {
    expect(checkedUrl('/x', 'It', 'misconfigured', 'https://a.example/y').href).to.equal('https://a.example/x');
    expect(() => checkedUrl('/x', 'It', 'misconfigured', 'http://a.example/')).to.throw(ConnectError);
    expect(() => checkedUrl(`:${'x'.repeat(5000)}`, 'It', 'misconfigured')).to.throw(ConnectError).with.property('message').that.satisfies((text: string) => text.length < 300);
    expect(['localhost', 'x.localhost', '[::1]'].every(isLoopback)).to.equal(true);
  });
});

describe('core/throttle', () => {
  it('holds one timer, and only while something waits', async () => {
    const time = installFakeTime();
    try {
      const told: number[] = [];
      const throttle = createThrottle<number>(100, (value) => told.push(value));
      throttle.push(1);
      expect([told, time.pending]).to.deep.equal([[1], 0]);
      for (const value of [2, 3, 4]) throttle.push(value);
      expect([told, time.pending]).to.deep.equal([[1], 1]);
      await time.advance(100);
      expect([told, time.pending]).to.deep.equal([[1, 4], 0]);
      throttle.push(5);
      throttle.flush();
      throttle.flush();
      expect([told, time.pending]).to.deep.equal([[1, 4, 5], 0]);
      throttle.push(6);
      throttle.cancel();
      await time.advance(500);
      expect([told, time.pending]).to.deep.equal([[1, 4, 5], 0]);
    } finally {
      time.restore();
    }
  });
});
