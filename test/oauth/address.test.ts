import { expect } from '@open-wc/testing';
import { takeAnswer } from '../../src/oauth/address.js';
import { land } from '../../src/oauth/land-later.js';

/** A path alone is read against the page's base, and one that begins with two slashes names a host. */
describe('oauth/address, on pages whose own address is odd', () => {
  const here = location.href;
  let base: HTMLBaseElement | null = null;
  afterEach(() => {
    base?.remove();
    base = null;
    history.replaceState(null, '', here);
  });

  const paths = ['/', '/a/b', '//', '//elsewhere.example', '//elsewhere.example/a', '///a', '//localhost:1/a', '/%2F/a', '//user@elsewhere.example/a', '/a:b'];
  const bases = [null, 'https://elsewhere.example/base/', '//elsewhere.example/', '/deep/', 'data:text/plain,x'];
  const answer = 'code=secret&state=wc1.odd';

  for (const [where, behind] of [['the query', '?'], ['the fragment', '#']] as const)
    for (const href of bases)
      it(`an answer in ${where} is taken out, and put back where its code does not come; base: ${href ?? 'none'}`, async () => {
        const { error } = console;
        for (const path of paths) {
          history.replaceState({ mine: 1 }, '', location.origin + path + behind + answer);
          const full = location.href;
          if (href) document.head.prepend((base = Object.assign(document.createElement('base'), { href })));
          const taken = takeAnswer();
          expect([taken, location.href], path).to.deep.equal([(behind === '?' ? '?' : '') + answer, location.origin + path]);
          expect(history.state, 'the page’s own state stays').to.deep.equal({ mine: 1 });
          const said: string[] = [];
          console.error = () => {};
          try {
            await land(taken, (what) => void said.push(what), () => Promise.reject(new TypeError('Failed to fetch dynamically imported module')));
          } finally {
            console.error = error;
          }
          expect([location.href, said], path).to.deep.equal([full, ['return']]);
          expect(history.state).to.deep.equal({ mine: 1 });
          base?.remove();
        }
      });
});
