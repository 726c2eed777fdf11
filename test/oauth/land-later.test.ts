import { expect } from '@open-wc/testing';
import { land } from '../../src/oauth/land-later.js';

describe('oauth/land-later', () => {
  const here = location.href;
  afterEach(() => history.replaceState(null, '', here));

  it('is what has come', async () => {
    const said: unknown[] = [];
    await land('?code=x', (what) => void said.push(what), () => Promise.resolve({ land: (query, say) => Promise.resolve(say(query as 'done')) }));
    expect(said).to.deep.equal(['?code=x']);
  });

  it('asks for the real one by itself', async () => {
    const said: unknown[] = [];
    await land('?no=answer', (what) => void said.push(what));
    expect(said).to.deep.equal(['idle']);
  });

  for (const [what, query, address] of [['a query', '?code=x&state=wc1.s', '?code=x&state=wc1.s'], ['a fragment', 'code=x&state=wc1.s', '#code=x&state=wc1.s']] as const)
    it(`puts ${what} back where the code does not come, so that a reload may finish the sign-in, and tells a developer`, async () => {
      const { error } = console;
      const told: unknown[] = [];
      console.error = (line: unknown) => void told.push(line);
      const said: unknown[] = [];
      try {
        history.replaceState(null, '', location.pathname);
        await land(query, (...words) => void said.push(words), () => Promise.reject(new TypeError('Failed to fetch dynamically imported module')));
      } finally {
        console.error = error;
      }
      expect([location.search + location.hash, said]).to.deep.equal([address, [['return']]]);
      expect(String(told[0])).to.match(/could not be loaded/).and.not.contain('code=x');
    });
});
