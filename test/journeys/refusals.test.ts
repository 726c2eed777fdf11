/** What does not end in a connection, or not in the usual way. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { inEveryEngine } from './rig.js';

inEveryEngine('a visitor does not connect', (stage) => {
  it('because they said no', async () => {
    const visitor = await stage.arrive();
    const window = await visitor.opens(() => visitor.click('Garmin Connect'));
    await visitor.signInAtWearable(window);
    await visitor.closes(window, () => visitor.click('Deny', window));
    const cancelled = await visitor.hears('cancelled', { reason: 'denied' });
    assert.equal(cancelled['source'], 'garmin_connect');
    await visitor.hears('change', { phase: 'choosing' });
    await visitor.sees('You said no');
    assert.ok(!(await visitor.heard()).some(({ name }) => name === 'error'), 'a no is no error');
    // And may change their mind at once.
    await visitor.connects('Garmin Connect');
  });

  it('because they closed the window', async () => {
    const visitor = await stage.arrive();
    const window = await visitor.opens(() => visitor.click('Wahoo'));
    await visitor.reaches(window, /^wahoo\./);
    await visitor.looksAround();
    await visitor.closesWindow(window);
    await visitor.hears('cancelled', { reason: 'closed', source: 'wahoo' });
    await visitor.sees('The window was closed');
    assert.equal(await visitor.page.evaluate(() => document.querySelector('wearable-connect')?.phase), 'choosing');
  });

  it('because they cancelled here; a later answer is ignored', async () => {
    const visitor = await stage.arrive();
    const window = await visitor.opens(() => visitor.click('Garmin Connect'));
    await visitor.reaches(window, /^(garmin|wahoo)\./);
    await visitor.closes(window, () => visitor.click('Cancel'));
    await visitor.hears('cancelled', { reason: 'back' });
    const left = await visitor.page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]);
    assert.deepEqual(left, [], 'nothing of the attempt is left');
  });

  it('because the page withdrew its wish', async () => {
    const visitor = await stage.arrive();
    await visitor.page.evaluate(() => {
      document.body.insertAdjacentHTML('beforeend', '<button>Go</button>');
      document.querySelector('button')?.addEventListener('click', () => {
        const controller = new AbortController();
        Object.assign(globalThis, { controller });
        void document.querySelector('wearable-connect')?.connect('wahoo', { signal: controller.signal }).then((ending) => Object.assign(globalThis, { ending }));
      });
    });
    const window = await visitor.opens(() => visitor.click('Go'));
    // WebKitGTK does not always close a window that is on its way from one site to the next.
    await visitor.reaches(window, /^wahoo\./);
    await visitor.closes(window, () => visitor.page.evaluate(() => (globalThis as unknown as { controller: AbortController }).controller.abort()));
    await visitor.hears('cancelled', { reason: 'aborted', source: 'wahoo' });
    assert.equal(await visitor.page.evaluate(() => (globalThis as unknown as { ending: string }).ending), 'cancelled');
  });

  it('when nothing was clicked: the browser blocks, and this tab is offered', async () => {
    const visitor = await stage.arrive();
    await visitor.withoutClick('garmin_connect');
    await visitor.sees('Continue in this tab');
    await visitor.click('Continue in this tab');
    await visitor.signInAtWearable(visitor.page);
    await visitor.click('Allow', visitor.page);
    await visitor.hears('connected', { source: 'garmin_connect' });
  });

  it('when nothing was clicked and only a window will do: popup_blocked, and it can be tried again', async () => {
    const visitor = await stage.arrive({ mode: 'popup' });
    await visitor.withoutClick('garmin_connect');
    const error = await visitor.hears('error', { code: 'popup_blocked' });
    assert.equal(error['retryable'], true);
    const window = await visitor.opens(() => visitor.click('Try again'));
    await visitor.signInAtWearable(window);
    await visitor.closes(window, () => visitor.click('Allow', window));
    await visitor.hears('connected');
  });

  it('when the page has set it up wrong: said in the element and in the console, never thrown', async () => {
    const visitor = await stage.arrive({ 'client-id': '' });
    await visitor.sees('This connection is not set up yet');
    const lines = await visitor.reads(/client-id is missing/);
    assert.equal(lines, 1, 'one line for the developer');
  });
});
