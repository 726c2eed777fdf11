import { expect } from '@open-wc/testing';
import { ConnectError, paused } from '../../src/core/errors.js';
import { useSignIn } from './sign-in-rig.js';
import { until } from './surroundings.js';

/** Two widgets of one page, of one app: a code is good for one use. */
describe('oauth/sign-in, two of one page [F25]', () => {
  const rig = useSignIn();
  const { create, options, begin, stateIn, answer, last, kept } = rig;

  /** The first begins and is taken out of the page; the second looks for what is pending, and finds it. */
  async function lookedAt() {
    const [first, second] = [create(), create()];
    await first.prepare();
    const run = options();
    const { done } = begin(first, run);
    const state = stateIn(last()?.url);
    run.life.abort(paused);
    await done;
    const loading = new AbortController();
    expect(second.pending(loading.signal)).to.include({ attempt: 'a1' });
    loading.abort();
    return { first, second, state };
  }
  /** … and takes it up. */
  async function takenUp() {
    const { first, second, state } = await lookedAt();
    const taken = begin(second, options('a1', 'resume'));
    return { first, state, taken };
  }
  const refused = async (signIn: ReturnType<typeof create>): Promise<unknown> => {
    const run = options('a1', 'resume');
    const { heard } = begin(signIn, run);
    await until(() => heard.length || run.sights.length);
    expect(run.sights, 'it does not listen').to.deep.equal([]);
    return heard[0];
  };

  it('what the second has taken up is not the first one’s any more: neither while it listens nor when it has heard the end', async () => {
    const { first, state, taken } = await takenUp();
    expect(await refused(first), 'while the second listens').to.be.instanceOf(ConnectError).with.property('code', 'timeout');
    expect([taken.heard.length, last()?.handle?.closed, kept().length], 'which goes on').to.deep.equal([0, false, 2]);
    answer(`code=x&state=${state}`);
    await taken.done;
    expect(taken.heard[0]).to.have.property('query', `code=x&state=${state}`);
    answer(`code=x&state=${state}`);
    expect(await refused(first), 'it has ended there').to.be.instanceOf(ConnectError).with.property('code', 'timeout');
    expect([taken.heard.length, kept(), rig.around.left, rig.time.pending]).to.deep.equal([1, [], 0, 0]);
  });

  it('the first one’s goes on where the second has only looked', async () => {
    const { first, state } = await lookedAt();
    const resumed = options('a1', 'resume');
    const back = begin(first, resumed);
    expect(resumed.sights).to.deep.equal(['open']);
    answer(`code=x&state=${state}`);
    await back.done;
    expect(back.heard[0]).to.have.property('query', `code=x&state=${state}`);
    expect([kept(), rig.around.left, rig.time.pending]).to.deep.equal([[], 0, 0]);
  });
});
