import { expect } from '@open-wc/testing';
import { closeAhead, openAhead, takeAhead } from '../../src/oauth/ahead.js';
import { useSignIn } from './sign-in-rig.js';
import { createFakeWindow } from './surroundings.js';

/** A click came before the code that is here now, and has opened a blank window: the click is spent, so no other would open. */
describe('oauth/sign-in, with a window that was opened ahead [A1, F6]', () => {
  const rig = useSignIn();
  const { create, options, begin, stateIn, answer } = rig;
  afterEach(closeAhead);

  const ahead = () => {
    const handle = createFakeWindow('about:blank');
    openAhead(() => handle);
    return handle;
  };

  it('a click takes it', async () => {
    const signIn = create();
    await signIn.prepare();
    const handle = ahead();
    const run = options();
    const { heard, done } = begin(signIn, run);
    expect([rig.windows.opened.length, run.sights]).to.deep.equal([0, ['open']]);
    answer(`code=x&state=${stateIn(handle.location.href)}`);
    await done;
    expect([heard.length, handle.closed, rig.around.left, rig.time.pending]).to.deep.equal([1, true, 0, 0]);
  });

  it('a click that shows a blocked one again takes it, and the answer comes from there', async () => {
    rig.windows.answer = 'null';
    const opened: string[] = [];
    const signIn = create({ onOpened: (url) => opened.push(url) });
    await signIn.prepare();
    const run = options();
    const { heard, done } = begin(signIn, run);
    expect([rig.windows.opened.length, run.sights]).to.deep.equal([1, ['blocked']]);
    const handle = ahead();
    run.show();
    expect([rig.windows.opened.length, run.sights], 'none is asked for').to.deep.equal([1, ['blocked', 'open']]);
    expect([handle.location.href, handle.closed]).to.deep.equal([opened[0], false]);
    expect(handle.name).to.match(/^wc-a1-\d+$/);
    expect(takeAhead('about:blank', 'x'), 'nobody else has it').to.equal(null);
    run.show();
    expect([handle.focused, rig.windows.opened.length], 'from then on it is the window').to.deep.equal([1, 1]);
    answer(`code=x&state=${stateIn(handle.location.href)}`);
    await done;
    expect([heard.length, handle.closed, rig.around.left, rig.time.pending, rig.kept().length]).to.deep.equal([1, true, 0, 0, 0]);
  });

  it('so does one that shows one which was closed; given up, it goes', async () => {
    const signIn = create();
    await signIn.prepare();
    const run = options();
    const { done } = begin(signIn, run);
    rig.windows.opened[0]?.handle?.close();
    const handle = ahead();
    run.show();
    expect([rig.windows.opened.length, handle.location.href]).to.deep.equal([1, rig.windows.opened[0]?.url]);
    run.life.abort('no more');
    await done;
    expect([handle.closed, rig.around.left, rig.time.pending, rig.kept().length]).to.deep.equal([true, 0, 0, 0]);
  });

  it('one that the visitor has closed is none: another is opened', async () => {
    rig.windows.answer = 'null';
    const signIn = create();
    await signIn.prepare();
    const run = options();
    void begin(signIn, run);
    ahead().close();
    rig.windows.answer = 'window';
    run.show();
    expect([rig.windows.opened.length, run.sights]).to.deep.equal([2, ['blocked', 'open']]);
  });
});
