import { expect } from '@open-wc/testing';
import { paused } from '../../src/core/errors.js';
import { acknowledged, answerOf, cut, mailboxKey } from '../../src/oauth/protocol.js';
import type { SignInOptions } from '../../src/oauth/sign-in.js';
import { looking, useSignIn } from './sign-in-rig.js';

describe('oauth/sign-in, after a reload', () => {
  const rig = useSignIn();
  const { create, options, begin, stateIn, answer, last } = rig;

  async function leftBehind(more: Partial<SignInOptions> = {}) {
    const before = create(more);
    await before.prepare();
    const run = options();
    const { done } = begin(before, run);
    run.life.abort(paused);
    await done;
    return stateIn(last()?.url);
  }

  it('goes on listening to the window that is still open [F4]', async () => {
    const state = await leftBehind();
    const signIn = create();
    expect(signIn.pending(looking)).to.deep.equal({ attempt: 'a1', source: 'wahoo', grant: null });
    const run = options('a1', 'resume');
    const { heard, done } = begin(signIn, run);
    expect([run.sights, rig.windows.opened.length], 'never a window without a click').to.deep.equal([['lost'], 1]);
    answer(`code=x&state=${state}`);
    await done;
    expect(heard[0]).to.have.nested.property('attempt.state', state);
  });

  it('is one’s alone: of two widgets on the page the first takes it up, and the other where that one leaves it [F4, F25]', async () => {
    const state = await leftBehind();
    const first = create();
    const [coming, loading] = [new AbortController(), new AbortController()];
    expect(first.pending(coming.signal)).not.to.equal(null);
    expect(create().pending(looking), 'before it listens').to.equal(null);
    coming.abort();
    expect(create().pending(looking), 'it was taken out of the page before it did').not.to.equal(null);
    expect(first.pending(loading.signal)).not.to.equal(null);
    const run = options('a1', 'resume');
    loading.abort();
    const { heard, done } = begin(first, run);
    expect(create().pending(looking), 'while it listens').to.equal(null);
    answer(`code=x&state=${state}`);
    await done;
    expect(heard).to.have.length(1);
    await leftBehind();
    expect(create().pending(looking), 'the next one is another matter').not.to.equal(null);
  });

  it('takes the answer that came meanwhile, once [F4, F18]', async () => {
    const state = await leftBehind();
    const channel = Object.keys(rig.around.local)[0]?.replace('wc1:p:', '') ?? '';
    rig.around.local.setItem(mailboxKey(channel), JSON.stringify({ ...answerOf(`code=x&state=${state}`), createdAt: Date.now() }));
    const landing = new BroadcastChannel(channel);
    const told = new Promise((resolve) => landing.addEventListener('message', ({ data }) => resolve(data)));
    const signIn = create();
    const { attempt = '' } = signIn.pending(looking) ?? {};
    const answered = await signIn.authorize(null, { attempt, way: 'resume', signal: new AbortController().signal, onSight: () => {} });
    expect(answered.query).to.equal(`code=x&state=${state}`);
    expect(await told, 'the window that left it hears that it was taken').to.equal(acknowledged + cut);
    landing.close();
    expect(signIn.pending(looking)).to.equal(null);
    expect([...Object.keys(rig.around.local), ...Object.keys(rig.around.session)]).to.deep.equal([]);
  });

  it('does not ask for another app’s window, nor after fifteen minutes [F22, T10]', async () => {
    await leftBehind();
    expect(create({ clientId: 'other' }).pending(looking)).to.equal(null);
    expect(create({ issuer: 'https://b.example' }).pending(looking)).to.equal(null);
    expect(create({ redirectUri: `${location.origin}/other.html` }).pending(looking)).to.equal(null);
    expect(create().pending(looking)).not.to.equal(null);
    await rig.time.advance(900_000);
    expect(create().pending(looking)).to.equal(null);
    expect(Object.keys(rig.around.local), 'swept').to.deep.equal([]);
  });

  it('takes a late answer to an attempt that was given up here while this page is there; no storage knows of it any more [F2, T10]', async () => {
    const before = create();
    await before.prepare();
    const { heard, done } = begin(before, options());
    const state = stateIn(last()?.url);
    const channel = Object.keys(rig.around.local)[0]?.replace('wc1:p:', '') ?? '';
    await rig.time.advance(600_000);
    expect([...Object.keys(rig.around.local), ...Object.keys(rig.around.session)], 'ten minutes are over, and that was said').to.deep.equal([]);
    rig.around.local.setItem(mailboxKey(channel), JSON.stringify({ ...answerOf(`code=x&state=${state}`), createdAt: Date.now() }));
    expect(create().pending(looking), 'it is nobody else’s').to.equal(null);
    await rig.time.advance(1000);
    await done;
    expect(heard[0]).to.have.property('query', `code=x&state=${state}`);
    expect([...Object.keys(rig.around.local), ...Object.keys(rig.around.session)]).to.deep.equal([]);
  });

  it('says so where the attempt is no longer known', async () => {
    const { heard, done } = begin(create(), options('gone', 'resume'));
    await done;
    expect(heard[0]).to.have.property('code', 'timeout');
  });
});
