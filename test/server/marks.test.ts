import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { createMark } from '../../src/server/sealed.js';

const secret = 'a secret of the tests';

describe('the mark of a visitor', () => {
  it('is the same on every instance with the same secret, for the same purpose, and another one else', async () => {
    const mark = createMark(secret, 'one');
    const kari = await mark('kari');
    assert.match(kari, /^[\w-]{22}$/);
    assert.equal(await createMark(secret, 'one')('kari'), kari);
    for (const other of [mark('ola'), createMark(secret, 'two')('kari'), createMark('another secret', 'one')('kari')]) assert.notEqual(await other, kari);
  });

  it('is signed once, and remembered of so many', async () => {
    const sign = mock.method(crypto.subtle, 'sign');
    try {
      const mark = createMark(secret, 'one');
      const kari = await mark('kari');
      assert.equal(await mark('kari'), kari);
      assert.equal(sign.mock.callCount(), 1);
      await Promise.all(Array.from({ length: 10_000 }, (_, user) => mark(`user-${user}`)));
      await mark('user-9999');
      assert.equal(sign.mock.callCount(), 10_001);
      assert.equal(await mark('kari'), kari, 'who has not been here for long is signed anew');
      assert.equal(sign.mock.callCount(), 10_002);
    } finally {
      sign.mock.restore();
    }
  });
});
