/** The file for a script tag, on a site that has not put its parts beside it, or whose parts are slow. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { it } from 'node:test';
import { orderOf } from './heard.js';
import { inEveryEngine, type Stage } from './rig.js';

/** What is done about a part that is asked for. */
function answerParts({ host }: Stage, answer: (name: string, outgoing: ServerResponse) => void): void {
  host.mount(({ url = '' }, outgoing) => {
    const [, name] = /^\/wearable-connect\.([\w-]+)\.js$/.exec(url) ?? [];
    if (name) answer(name, outgoing);
    return !!name;
  });
}

inEveryEngine('a visitor connects with the one file', (stage) => {
  it('and nothing beside it: the page has its tokens and its connections, the history its end, and the visitor a way to leave', async () => {
    await stage.begin({ historySeconds: 2 });
    const asked = new Set<string>();
    answerParts(stage, (name, outgoing) => {
      asked.add(name);
      outgoing.writeHead(404).end();
    });
    const visitor = await stage.arrive();
    visitor.forgives(/wearable-connect\.(arrival|afterwards)\.js(” was blocked| could not be loaded)|status of 404/);
    await visitor.connects('Garmin Connect');
    const heard = await visitor.heard();
    assert.deepEqual(orderOf(heard.filter(({ name }) => name !== 'connections')), [
      ...['change(choosing)', 'change(authorizing)', 'change(confirming)', 'tokens(connected)', 'connected', 'change(syncing)', 'complete', 'change(connected)'],
    ]);
    assert.equal(heard.find(({ name }) => name === 'complete')?.['outcome'], 'success');
    assert.deepEqual([...asked].sort(), ['afterwards', 'arrival']);
    await visitor.sees('You’re connected');
    await visitor.click('Disconnect');
    await visitor.sees('Back');
    await visitor.click('Disconnect');
    await visitor.hears('change', { phase: 'choosing' });
    await visitor.sees('SweatStack still keeps the connection');
  });

  it('whose parts come late: there is room for the account, and then it is there', async () => {
    const waiting: (() => void)[] = [];
    answerParts(stage, (name, outgoing) => void waiting.push(() => outgoing.writeHead(200, { 'content-type': 'text/javascript' }).end(readFileSync(`dist/wearable-connect.${name}.js`))));
    const visitor = await stage.arrive();
    await visitor.passesThroughAgreeing(() => visitor.click('Garmin Connect'));
    await visitor.hears('change', { phase: 'syncing' });
    await visitor.sees('You’re connected');
    await visitor.noLongerSees('Signed in as');
    for (const letGo of waiting) letGo();
    await visitor.sees('Signed in as Alex Rivers');
    await visitor.hears('change', { phase: 'connected' });
    await visitor.sees('Your history is here');
    assert.ok((await visitor.heard()).some(({ name }) => name === 'progress'), 'the stream was read as soon as there was something to read it with');
  });
});
