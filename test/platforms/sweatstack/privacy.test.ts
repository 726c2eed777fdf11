import { expect } from '@open-wc/testing';
import { createConnector } from '../../../src/platforms/connector.js';
import type { ConnectorOptions } from '../../../src/platforms/connector.js';
import { detailOf } from '../../core/run.js';
import { until } from '../../oauth/surroundings.js';
import { createRig } from './rig.js';
import type { Rig } from './rig.js';
import { activity, json, statusOf } from './stub-server.js';

const person = { sub: 'person-id', name: 'Person Name', given_name: 'Person', family_name: 'Name', email: 'person@a.example', registered_at: '2025-01-01T00:00:00' };
const sport = { ...activity, id: 'person-run', devices: ['Person’s watch'] };
const personal = /person/i;

/** What is left lying about: in storage, in the address, in the console, in what is sent; looked at in every state there is. */
describe('platforms/sweatstack, what is kept of a person [T24]', () => {
  let rig: Rig;
  let said: unknown[];
  const { log, info, warn, error, debug } = console;
  beforeEach(() => {
    rig = createRig();
    said = [];
    for (const how of ['log', 'info', 'warn', 'error', 'debug'] as const) console[how] = (...what: unknown[]) => void said.push(what);
    Object.assign(rig.server.answers, {
      'GET /api/v1/oauth/userinfo': () => json(person),
      'GET /api/v1/activities/latest': () => json(sport),
      'GET /api/v1/profile/status': () => json(statusOf('syncing', { code: 'x', message: 'Person has a story.' })),
    });
  });
  afterEach(() => {
    Object.assign(console, { log, info, warn, error, debug });
    rig.restore();
  });

  async function begin(options: ConnectorOptions = {}) {
    const events: Event[] = [];
    const snapshots: Record<string, string> = {};
    const look = (phase: string): void => {
      snapshots[phase] = JSON.stringify([rig.around.local, rig.around.session, location.href, document.title, document.cookie, window.name, history.state]);
    };
    const connector = createConnector({ clientId: 'app', ...options, dispatch: (event) => void events.push(event) });
    look(connector.phase);
    connector.subscribe(({ phase }) => look(phase));
    connector.start();
    await until(() => connector.phase === 'choosing');
    return { connector, events, snapshots };
  }
  async function throughEverything(options: ConnectorOptions = {}) {
    const run = await begin(options);
    const ending = run.connector.connect('wahoo');
    rig.answer();
    await ending;
    await until(() => rig.server.streams.length && run.events.some(({ type }) => type === 'wearable-preview'));
    expect([run.connector.state.account?.user?.name, run.connector.state.preview?.id], 'the page knows').to.deep.equal(['Person Name', 'person-run']);
    rig.server.streams.at(-1)?.send('{"backfill_loaded_until": "2021-11-13T00:00:00"}\n');
    await until(() => run.connector.phase === 'connected');
    return run;
  }

  for (const persist of ['memory', 'session', 'local'] as const)
    it(`nothing personal lies anywhere in any state, with persist="${persist}"`, async () => {
      const { connector, snapshots, events } = await throughEverything({ persist });
      expect(Object.keys(snapshots)).to.deep.equal(['loading', 'choosing', 'authorizing', 'confirming', 'syncing', 'connected']);
      for (const [phase, snapshot] of Object.entries(snapshots)) {
        expect(snapshot, phase).not.to.match(personal);
        if (persist === 'memory' || ['loading', 'choosing', 'authorizing', 'confirming'].includes(phase)) expect(snapshot, phase).not.to.contain('canary-token');
        // The code has come and gone with its window; the verifier goes with the attempt.
        expect(snapshot, phase).not.to.contain('canary-code');
        if (['syncing', 'connected'].includes(phase)) expect(snapshot, phase).not.to.match(/verifier|wc1:[pm]:/);
      }
      await connector.disconnect();
      expect(JSON.stringify([rig.around.local, rig.around.session])).to.equal('[{},{}]');
      expect(JSON.stringify(events.filter(({ type }) => type === 'wearable-error').map(detailOf))).not.to.match(personal);
      expect(said).to.deep.equal([]);
      connector.stop();
    });

  it('no address that is asked for tells who or what: that is in bodies and headers alone', async () => {
    const { connector } = await throughEverything({ scope: 'openid profile data:read offline_access' });
    await connector.refresh();
    await connector.disconnect();
    for (const { url, init, bearer } of rig.server.asked) {
      expect(url.href).not.to.match(/canary|person/i);
      expect([init.credentials, init.redirect, init.referrerPolicy, init.cache]).to.deep.equal(['omit', 'error', 'no-referrer', 'no-store']);
      expect([url.origin, bearer === null || bearer === 'canary-token'], 'no token goes anywhere else').to.deep.equal(['https://app.sweatstack.no', true]);
    }
    connector.stop();
  });

  it('no error repeats what an answer said of a person', async () => {
    for (const answer of [() => json({ detail: 'Person has no data.' }, 403), () => json({ error: 'x', error_description: 'person@a.example' }, 500), () => new Response('{"email":"person@a.example"')]) {
      for (const where of ['GET /api/v1/oauth/userinfo', 'GET /api/v1/activities/latest', 'GET /api/v1/profile/status', 'POST /api/v1/oauth/token']) {
        const before = rig.server.answers[where];
        if (before) rig.server.answers[where] = answer;
        const { connector, events } = await begin();
        let isOver = false;
        void connector.connect('wahoo').then(() => (isOver = true));
        rig.answer();
        await rig.pass(() => isOver);
        await connector.refresh();
        const errors = events.filter(({ type }) => type === 'wearable-error').map(detailOf);
        expect(JSON.stringify(errors) + String(connector.error?.stack), where).not.to.match(/person/i);
        if (before) rig.server.answers[where] = before;
        connector.abandon();
      }
    }
    expect(said).to.deep.equal([]);
  });
});
