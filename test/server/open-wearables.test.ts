import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { authorization, createOpenWearables, ids, providers, row } from './open-wearables-rig.js';
import { inTime, membersOf, reply, site, verdictOf } from './rig.js';

const stravaListed = { id: 'row-of-strava', source: 'strava', name: 'Strava', status: 'active', history: 'unknown', connectedAt: '2026-11-01T04:05:05.894Z', evidence: 'listed', message: null };
const kariUser = { id: 'kari', name: null, givenName: null, familyName: null, email: null, registeredAt: null };

describe('the user at Open Wearables', () => {
  it('is one, however many first visits come at once', async () => {
    const { ask, platforms } = createOpenWearables();
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask('GET', '/wearables/connections')));
    assert.deepEqual(answers.map(({ status }) => status), Array(10).fill(200));
    assert.equal(platforms.times('POST /api/v1/users'), 1);
    const body = platforms.asked.find(({ method }) => method === 'POST')?.body;
    assert.deepEqual(JSON.parse(body ?? ''), { external_user_id: 'kari' }, 'without an e-mail address');
  });

  it('is looked up again where somebody else was faster', async () => {
    const rig = createOpenWearables({}, {
      'POST /api/v1/users': () => {
        rig.users.set('kari', ids['kari'] ?? '');
        return reply({ detail: 'User with this email already exists.' }, 409);
      },
    });
    assert.equal((await rig.ask('GET', '/wearables/connections')).status, 200);
  });

  it('is nobody else’s, where an old server does not know the filter', async () => {
    const { ask } = createOpenWearables({}, {
      'GET /api/v1/users': () => reply({ items: [{ id: ids['ola'], external_user_id: 'ola' }] }),
      'POST /api/v1/users': () => reply({ id: ids['ola'], external_user_id: 'ola' }, 201),
    });
    assert.equal(await verdictOf(await ask('GET', '/wearables/connections')), '502 invalid_response');
  });

  it('is whoever was just created, where the answer tells the id alone', async () => {
    const { ask } = createOpenWearables({}, { 'GET /api/v1/users': () => reply({ items: [] }), 'POST /api/v1/users': () => reply({ id: ids['kari'] }, 201) });
    assert.equal((await ask('GET', '/wearables/connections')).status, 200);
  });

  it('is not looked up where the host has stored the id, unless that is none', async () => {
    const { ask, platforms } = createOpenWearables({ authenticate: () => ({ userId: 'k', openWearablesUserId: ids['kari'] ?? '' }) });
    assert.equal((await ask('GET', '/wearables/connections')).status, 200);
    assert.equal(platforms.times('GET /api/v1/users'), 0);
  });

  for (const [given, seen] of [['../users', 'a text of 8'], ['', 'a text of 0'], [5, 'number'], [true, 'boolean'], [{ id: 'canary' }, 'object']] as const)
    it(`is refused where the host gave what is none, and whoever runs the site hears what was expected: ${JSON.stringify(given)}`, async () => {
      const { ask, platforms, thrown } = createOpenWearables({ authenticate: () => ({ userId: 'k', openWearablesUserId: given as string }) });
      assert.equal(await verdictOf(await ask('GET', '/wearables/connections')), '422 misconfigured');
      assert.match(String(thrown[0]), new RegExp(`openWearablesUserId.*\\(${seen}.*expected.*userId`));
      assert.doesNotMatch(String(thrown[0]), /\.\.\/users|canary/);
      assert.equal(platforms.asked.some(({ url }) => url.pathname.includes('connections')), false);
    });

  for (const stored of [null, undefined])
    it(`is looked up where the host has stored none: ${stored}`, async () => {
      const { ask, platforms } = createOpenWearables({ authenticate: () => ({ userId: 'kari', ...(stored === null && { openWearablesUserId: stored }) }) });
      assert.equal((await ask('GET', '/wearables/connections')).status, 200);
      assert.deepEqual([platforms.times('GET /api/v1/users'), platforms.times(`GET /api/v1/users/${ids['kari']}/connections`)], [1, 1]);
    });

  it('is asked for again after a failure, and after ten minutes', async () => {
    const rig = createOpenWearables();
    const usual = rig.answers['GET /api/v1/users'];
    rig.platforms.answers['GET /api/v1/users'] = () => reply('Internal Server Error', 500);
    assert.equal(await verdictOf(await rig.ask('GET', '/wearables/connections')), '502 platform_error');
    if (usual) rig.platforms.answers['GET /api/v1/users'] = usual;
    for (const [minutes, times] of [[0, 2], [5, 2], [6, 3]] as const) {
      await rig.clock.advance(minutes * 60_000);
      assert.equal((await rig.ask('GET', '/wearables/connections')).status, 200);
      assert.equal(rig.platforms.times('GET /api/v1/users'), times);
    }
  });
});

describe('a user who is not known at Open Wearables', () => {
  const route = `GET /api/v1/users/${ids['kari']}`;
  const known = () => reply({ id: ids['kari'], external_user_id: 'kari' });
  const unknown = () => reply({ detail: `User with ID: ${ids['kari']} not found.` }, 404);
  const stored = (answer: Parameters<typeof createOpenWearables>[1] = {}) => createOpenWearables({ authenticate: () => ({ userId: 'k', openWearablesUserId: ids['kari'] ?? '' }) }, answer);
  const begin = async ({ ask }: Pick<ReturnType<typeof createOpenWearables>, 'ask'>) => ask('POST', '/wearables/authorizations', { source: 'strava' });

  for (const [what, answer] of [['was deleted there', unknown], ['has an id of another kind', () => reply({ detail: 'Input should be a valid UUID, canary' }, 400)], ['has one that an older server calls wrong', () => reply({ detail: [] }, 422)]] as const)
    it(`is found out before a window opens, and whoever runs the site hears of it, where the id was stored: it ${what}`, async () => {
      const rig = stored({ [route]: answer });
      const response = await begin(rig);
      assert.equal(response.headers.get('x-wearable-connect-nonce'), null);
      assert.equal(await verdictOf(response), '422 misconfigured');
      assert.match(String(rig.thrown[0]), /openWearablesUserId.*not.*known.*expected/);
      assert.doesNotMatch(String(rig.thrown[0]), /canary|47fdf7a7/);
      assert.equal(rig.platforms.times('POST /api/v1/users'), 0, 'and nobody is created beside them');
    });

  it('is asked for once in ten minutes, however often and at once, and again after a failure', async () => {
    const rig = stored({ [route]: () => reply('canary', 500) });
    assert.equal(await verdictOf(await begin(rig)), '502 platform_error');
    rig.platforms.answers[route] = known;
    assert.deepEqual((await Promise.all([begin(rig), begin(rig), begin(rig)])).map(({ status }) => status), [200, 200, 200]);
    for (const [minutes, times] of [[0, 2], [9, 2], [2, 3]] as const) {
      await rig.clock.advance(minutes * 60_000);
      assert.equal((await begin(rig)).status, 200);
      assert.equal(rig.platforms.times(route), times);
    }
    rig.platforms.answers[route] = unknown;
    await rig.clock.advance(11 * 60_000);
    for (let count = 0; count < 2; count += 1) assert.equal(await verdictOf(await begin(rig)), '422 misconfigured');
    assert.equal(rig.platforms.times(route), 5, 'a no is not kept: it may be mended');
  });

  it('is not asked for in vain where the server has no such route', async () => {
    const rig = stored();
    assert.equal((await begin(rig)).status, 200);
    assert.deepEqual(rig.thrown, []);
  });
});

describe('GET /sources', () => {
  it('lists what connects on the web, with icons, and what is connected', async () => {
    const { read, rows, clock } = createOpenWearables();
    rows['kari'] = [row('strava', clock.now())];
    assert.deepEqual(await read('/sources'), {
      sources: ['Garmin', 'Strava', 'Whoop'].map((name) => ({ id: name.toLowerCase(), name, icon: `https://ow.example/static/provider-icons/${name.toLowerCase()}.svg`, kind: 'web' })),
      connections: [stravaListed],
    });
  });

  it('lists those of the phone where the host has an app of its own', async () => {
    const { read } = createOpenWearables({ token: { appId: 'app_1', appSecret: 'canary-secret' } });
    const { sources } = await read('/sources');
    assert.deepEqual((sources as { id: string; kind: string }[]).map(({ id, kind }) => `${id} ${kind}`), ['apple mobile', 'garmin web', 'strava web', 'whoop web']);
  });

  it('asks for the list once in five minutes, and again after a failure', async () => {
    const { ask, platforms, clock } = createOpenWearables();
    for (const [minutes, times] of [[0, 1], [4, 1], [2, 2]] as const) {
      await clock.advance(minutes * 60_000);
      await ask('GET', '/wearables/sources');
      assert.equal(platforms.times('GET /api/v1/oauth/providers'), times);
    }
  });

  it('leaves out what is switched off or none, and icons of elsewhere', async () => {
    const [, garmin] = providers;
    const odd = [{ ...garmin, is_enabled: false }, { ...garmin, provider: '../x' }, null, 5, { provider: 'hevy', icon_url: 'https://tracker.example/i.svg' }];
    const { read } = createOpenWearables({}, { 'GET /api/v1/oauth/providers': () => reply(odd) });
    assert.deepEqual((await read('/sources'))['sources'], [{ id: 'hevy', name: 'hevy', icon: null, kind: 'web' }]);
  });
});

describe('icons where browsers reach Open Wearables by another address', () => {
  const iconsOf = async (publicUrl: string | undefined, ...icons: (string | null)[]): Promise<unknown[]> => {
    const { read } = createOpenWearables({ openWearables: { url: 'https://open-wearables.internal:8443/ow/api/v1', apiKey: 'sk-canary-key', publicUrl } }, {
      'GET /ow/api/v1/oauth/providers': () => reply(icons.map((icon, index) => ({ provider: `p${index}`, name: null, has_cloud_api: true, is_enabled: true, icon_url: icon }))),
      'GET /ow/api/v1/users': () => reply({ items: [{ id: ids['kari'], external_user_id: 'kari' }] }),
      [`GET /ow/api/v1/users/${ids['kari']}/connections`]: () => reply([]),
    });
    return ((await read('/sources'))['sources'] as { icon: unknown }[]).map(({ icon }) => icon);
  };
  const given = ['/static/i.svg?v=2', 'https://open-wearables.internal:8443/static/i.svg', 'https://wearables.example/static/i.svg', 'https://tracker.example/i.svg', 'javascript:alert(1)', '//tracker.example/i.svg', null];

  it('are asked for there', async () => {
    const there = 'https://wearables.example/static/i.svg';
    assert.deepEqual(await iconsOf('https://wearables.example/api/v1/', ...given), [`${there}?v=2`, there, there, null, null, null, null]);
  });

  it('are below the path that it has', async () => {
    assert.deepEqual(await iconsOf('https://club.example/ow', '/static/i.svg'), ['https://club.example/ow/static/i.svg']);
  });

  it('are asked for where the handler asks, unless told otherwise', async () => {
    const here = 'https://open-wearables.internal:8443/static/i.svg';
    assert.deepEqual(await iconsOf(undefined, ...given), [`${here}?v=2`, here, null, null, null, null, null]);
  });
});

describe('POST /authorizations', () => {
  it('gives the address alone; the return URL is of our own making, and says nothing of whom or what', async () => {
    const { ask, platforms } = createOpenWearables();
    const answer = await membersOf(await ask('POST', '/wearables/authorizations', { source: 'strava', redirectUri: 'https://evil.example/' }));
    assert.deepEqual(answer, { url: authorization('strava').authorization_url });
    const asked = platforms.asked.findLast(({ url }) => url.pathname.endsWith('/authorize'))?.url.searchParams;
    assert.equal(asked?.get('user_id'), ids['kari']);
    assert.match(asked?.get('redirect_uri') ?? '', new RegExp(`^${site}/wearables/return\\?nonce=[\\w.-]+$`));
    assert.doesNotMatch(asked?.get('redirect_uri') ?? '', /kari|strava/);
  });

  const table: Record<string, [answer: unknown, verdict: string]> = {
    'a script': [{ authorization_url: 'javascript:alert(1)' }, '502 invalid_response'],
    'no TLS': [{ authorization_url: 'http://provider.example/?client_id=canary' }, '502 invalid_response'],
    'credentials': [{ authorization_url: 'https://canary:pass@provider.example/?client_id=sc' }, '502 invalid_response'],
    'what is no address': [{ authorization_url: 'canary' }, '502 invalid_response'],
    'an empty client_id': [authorization('whoop', 'response_type=code&client_id=&state=canary'), '422 misconfigured'],
    'a blank client_id': [authorization('whoop', 'client_id=%20&state=canary'), '422 misconfigured'],
    'a blank oauth_token': [authorization('garmin', 'oauth_token=&state=canary'), '422 misconfigured'],
    'no address': [{ state: 'canary' }, '502 invalid_response'],
    'a number': [{ authorization_url: 5 }, '502 invalid_response'],
    'null': [null, '502 invalid_response'],
  };
  for (const [what, [given, verdict]] of Object.entries(table))
    it(`is refused, by the provider’s name, where the address is ${what}: ${verdict} [F24]`, async () => {
      const { ask } = createOpenWearables({}, { 'GET /api/v1/oauth/whoop/authorize': () => reply(given) });
      const response = await ask('POST', '/wearables/authorizations', { source: 'whoop' });
      const said = await response.clone().text();
      assert.match(said, /Whoop/);
      assert.doesNotMatch(said, /canary/);
      assert.equal(await verdictOf(response), verdict);
    });

  it('passes an OAuth 1 address, one of a provider that names its parameters otherwise, and one on a developer’s own machine', async () => {
    for (const address of ['https://connect.garmin.com/oauthConfirm?oauth_token=t', 'https://provider.example/authorize?client_key=k', 'http://garmin.localhost:4001/authorize?client_id=gc']) {
      const { ask } = createOpenWearables({}, { 'GET /api/v1/oauth/garmin/authorize': () => reply({ authorization_url: address }) });
      assert.deepEqual(await membersOf(await ask('POST', '/wearables/authorizations', { source: 'garmin' })), { url: address });
    }
  });

  it('refuses what is not offered, and what only a phone can', async () => {
    const { ask, platforms } = createOpenWearables();
    for (const [source, verdict] of [['polar', '422 misconfigured'], ['apple', '422 unsupported'], ['../users', '400 misconfigured'], [5, '400 misconfigured'], [undefined, '400 misconfigured']])
      assert.equal(await verdictOf(await ask('POST', '/wearables/authorizations', { source })), verdict);
    assert.equal(platforms.asked.some(({ url }) => url.pathname.endsWith('/authorize')), false);
  });

  for (const [what, answer, verdict] of [
    ['falls over', () => reply('Internal Server Error canary', 500), '502 platform_error'],
    ['refuses the key', () => reply({ detail: 'Invalid or missing API key canary' }, 401), '422 misconfigured'],
    ['asks to slow down', () => reply({ detail: 'canary' }, 429), '429 rate_limited'],
    ['answers with a page', () => reply('<p>canary'), '502 invalid_response'],
    ['sends us elsewhere', () => new Response(null, { status: 307, headers: { location: 'https://evil.example/' } }), '502 platform_error'],
    ['cannot be reached', () => Promise.reject(new TypeError('canary')), '502 network'],
  ] as const)
    it(`says so where Open Wearables ${what}: ${verdict} [F24]`, async () => {
      const { ask } = createOpenWearables({}, { 'GET /api/v1/oauth/strava/authorize': answer });
      const response = await ask('POST', '/wearables/authorizations', { source: 'strava' });
      assert.doesNotMatch(await response.clone().text(), /canary|47fdf7a7/);
      assert.equal(await verdictOf(response), verdict);
    });

  it('waits eight seconds where it must, and fifteen at most [F24]', async () => {
    const slow = createOpenWearables({}, { 'GET /api/v1/oauth/strava/authorize': () => slow.clock.wait(8_000, new AbortController().signal).then(() => reply(authorization('strava'))) });
    assert.equal((await inTime(slow.ask('POST', '/wearables/authorizations', { source: 'strava' }), slow.clock)).status, 200);
    let began = 0;
    const unanswered = (): Promise<Response> => {
      began = never.clock.now();
      return new Promise(() => {});
    };
    const never = createOpenWearables({}, { 'GET /api/v1/oauth/strava/authorize': unanswered });
    assert.equal(await verdictOf(await inTime(never.ask('POST', '/wearables/authorizations', { source: 'strava' }), never.clock)), '504 timeout');
    assert.ok(never.clock.now() - began < 16_000);
  });
});

describe('GET /return', () => {
  it('is the same page for everybody: it loads nothing, prints nothing of its address, and may be framed by nobody', async () => {
    const { ask, platforms } = createOpenWearables();
    const response = await ask('GET', '/wearables/return?nonce=canary&error_description=canary', undefined, { 'x-user': null, 'sec-fetch-site': 'cross-site' });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.equal(response.headers.get('referrer-policy'), 'no-referrer');
    const page = await response.text();
    assert.doesNotMatch(page, /canary|src=|href=|'\*'/);
    const [, script = ''] = /<script>([^]*)<\/script>/.exec(page) ?? [];
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(script))).toString('base64');
    assert.equal(response.headers.get('content-security-policy'), `default-src 'none'; script-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`);
    assert.equal(platforms.asked.length, 0);
  });
});

/** In one place, and surely. */
const altered = (nonce: string, at: number): string => `${nonce.slice(0, at)}${nonce[at] === 'A' ? 'B' : 'A'}${nonce.slice(at + 1)}`;

describe('POST /connections', () => {
  it('confirms by the list, starts the history and says who and what', async () => {
    const { nonceFor, connect, rows, clock, platforms } = createOpenWearables();
    const nonce = await nonceFor('strava');
    await clock.advance(60_000);
    rows['kari'] = [row('garmin', 0, { status: 'revoked' }), row('strava', clock.now())];
    const added = { ...stravaListed, history: 'syncing' };
    const answer = await membersOf(await connect('strava', nonce));
    assert.deepEqual(answer, {
      source: 'strava', user: kariUser, added: [added],
      connections: [{ ...stravaListed, id: 'row-of-garmin', source: 'garmin', name: 'Garmin', status: 'revoked', history: 'unavailable' }, added],
    });
    assert.equal(platforms.times(`POST /api/v1/providers/strava/users/${ids['kari']}/sync/historical`), 1);
  });

  it('is not connected by an attempt of somebody else, of another source, altered, or too old [T13, F24]', async () => {
    const { nonceFor, connect, rows, clock, platforms } = createOpenWearables();
    const [mine, theirs] = [await nonceFor('strava'), await nonceFor('strava', 'ola')];
    await clock.advance(1000);
    rows['kari'] = [row('strava', clock.now()), row('garmin', clock.now())];
    for (const [source, nonce] of [['strava', theirs], ['garmin', mine], ['strava', altered(mine, 1)], ['strava', altered(mine, mine.length - 3)]] as const)
      assert.equal(await verdictOf(await connect(source, nonce)), '403 access_denied');
    for (const odd of ['', 'x', 5, undefined, `${mine}.more`]) assert.equal(await verdictOf(await connect('strava', odd as string)), '400 misconfigured');
    assert.equal(platforms.asked.some(({ url }) => url.pathname.endsWith('historical')), false);
    await clock.advance(900_000);
    assert.equal(await verdictOf(await connect('strava', mine)), '403 access_denied');
  });

  it('is not connected by a visit to the return page alone [T14, F24]', async () => {
    const { ask, nonceFor, connect, rows, clock, platforms } = createOpenWearables();
    const before = row('strava', clock.now() - 1000);
    rows['kari'] = [before];
    const nonce = await nonceFor('strava');
    await ask('GET', `/wearables/return?nonce=${nonce}`);
    for (const listed of [[], [before], [row('strava', clock.now() + 1, { status: 'revoked' })], [row('garmin', clock.now() + 1)]]) {
      rows['kari'] = listed;
      assert.equal(await verdictOf(await connect('strava', nonce)), '409 access_denied');
    }
    assert.equal(platforms.asked.some(({ url }) => url.pathname.endsWith('historical')), false);
    rows['kari'] = [row('strava', clock.now() + 1)];
    assert.equal((await connect('strava', nonce)).status, 200, 'a later answer counts');
  });

  describe('where a server leaves the date of a row as it is', () => {
    const old = (clock: { now(): number }, changes: Parameters<typeof row>[2] = {}) => row('strava', clock.now() - 86_400_000, changes);

    for (const [what, status] of [['is new', null], ['was revoked', 'revoked'], ['was expired', 'expired']] as const)
      it(`confirms what was not active when the attempt began: it ${what}`, async () => {
        const { nonceFor, connect, rows, clock } = createOpenWearables();
        rows['kari'] = status ? [old(clock, { status })] : [];
        const nonce = await nonceFor('strava');
        await clock.advance(60_000);
        assert.equal(await verdictOf(await connect('strava', nonce)), '409 access_denied', 'not before it is');
        rows['kari'] = [old(clock)];
        assert.equal((await connect('strava', nonce)).status, 200);
      });

    it('does not confirm what was active already: of that nobody knows', async () => {
      const { nonceFor, connect, rows, clock } = createOpenWearables();
      rows['kari'] = [old(clock), row('garmin', clock.now(), { status: 'revoked' })];
      const nonce = await nonceFor('strava');
      await clock.advance(60_000);
      assert.equal(await verdictOf(await connect('strava', nonce)), '409 access_denied');
    });

    for (const [what, failing] of [['fails', () => reply('canary', 500)], ['tells what is no list', () => reply({})], ['takes too long', () => new Promise<never>(() => {})]] as const)
      it(`takes it for active, and begins all the same, where the list ${what}`, async () => {
        const rig = createOpenWearables();
        const list = `GET /api/v1/users/${ids['kari']}/connections`;
        const usual = rig.platforms.answers[list];
        rig.platforms.answers[list] = failing;
        const began = rig.clock.now();
        const nonce = await inTime(rig.nonceFor('strava'), rig.clock);
        assert.ok(nonce && rig.clock.now() - began < 7_000);
        assert.equal(rig.thrown.length, 1, 'whoever runs the site hears of it');
        if (usual) rig.platforms.answers[list] = usual;
        rig.rows['kari'] = [old(rig.clock)];
        assert.equal(await verdictOf(await rig.connect('strava', nonce)), '409 access_denied');
        rig.rows['kari'] = [row('strava', rig.clock.now() + 1)];
        assert.equal((await rig.connect('strava', nonce)).status, 200);
      });
  });

  it('is confirmed by any instance with the same secret, and by none with another', async () => {
    const one = createOpenWearables();
    const two = createOpenWearables();
    const stranger = createOpenWearables({ secret: 'another secret of the tests' });
    const nonce = await one.nonceFor('strava');
    for (const { rows, clock } of [two, stranger]) rows['kari'] = [row('strava', clock.now() + 1)];
    assert.equal((await two.connect('strava', nonce)).status, 200);
    assert.equal(await verdictOf(await stranger.connect('strava', nonce)), '403 access_denied');
  });

  it('compares by the clock of Open Wearables, where that is not ours', async () => {
    const behind = (): Record<string, string> => ({ date: new Date(rig.clock.now() - 300_000).toUTCString() });
    const rig = createOpenWearables({}, { 'GET /api/v1/oauth/providers': () => reply(providers, 200, behind()) });
    const nonce = await rig.nonceFor('strava');
    rig.rows['kari'] = [row('strava', rig.clock.now() - 290_000)];
    assert.equal((await rig.connect('strava', nonce)).status, 200);
  });

  it('asks for the history of a visitor who has left while the list was being asked, and waits no longer for the list than ever', async () => {
    const rig = createOpenWearables();
    const nonce = await rig.nonceFor('strava');
    rig.rows['kari'] = [row('strava', rig.clock.now())];
    const route = `GET /api/v1/users/${ids['kari']}/connections`;
    const usual = rig.platforms.answers[route];
    let patience = 300;
    rig.platforms.answers[route] = async (asked) => {
      await rig.clock.wait(patience, new AbortController().signal);
      return usual?.(asked) ?? reply([]);
    };
    const leaving = new AbortController();
    const post = (signal?: AbortSignal) => rig.ask('POST', '/wearables/connections', { source: 'strava', nonce }, {}, signal).then(({ status }) => status);
    const answer = post(leaving.signal);
    await rig.clock.advance(100);
    leaving.abort();
    assert.equal(await inTime(answer, rig.clock), 200);
    assert.equal(rig.platforms.times(`POST /api/v1/providers/strava/users/${ids['kari']}/sync/historical`), 1);
    patience = 60_000;
    assert.equal(await inTime(post(), rig.clock), 504);
  });

  it('says that Garmin was connected without its history', async () => {
    const { nonceFor, connect, rows, clock } = createOpenWearables();
    const nonce = await nonceFor('garmin');
    rows['kari'] = [row('garmin', clock.now() + 1, { scope: 'ACTIVITY_EXPORT HEALTH_EXPORT' })];
    const { added } = await membersOf(await connect('garmin', nonce));
    assert.equal((added as { history: string }[])[0]?.history, 'action_required');
  });
});

describe('the history', () => {
  const history = async (source: string, more: object, answers: Parameters<typeof createOpenWearables>[1] = {}, changes: object = {}, waiting = false) => {
    const rig = createOpenWearables({}, answers);
    const nonce = await rig.nonceFor(source);
    rig.rows['kari'] = [row(source, rig.clock.now() + 1, changes)];
    const answer = rig.connect(source, nonce, 'kari', more);
    const response = await (waiting ? inTime(answer, rig.clock) : answer);
    const asked = rig.platforms.asked.filter(({ method, url }) => method === 'POST' && url.pathname.includes('/sync')).map(({ url }) => url.pathname.split('/').slice(7).join('/') + url.search);
    const { added, error } = (await membersOf(response)) as { added?: { history: string }[]; error?: string };
    return { asked, history: added?.[0]?.history ?? error };
  };
  const sync = `POST /api/v1/providers/strava/users/${ids['kari']}/sync`;
  const noRoute = () => reply({ detail: 'Not Found' }, 404);

  it('goes as far back as was asked for and the server gives', async () => {
    assert.deepEqual(await history('strava', {}), { asked: ['sync/historical'], history: 'syncing' });
    assert.deepEqual((await history('strava', { historyDays: 90 })).asked, ['sync/historical?days=90']);
    assert.deepEqual((await history('strava', { historyDays: 900 })).asked, ['sync/historical?days=365']);
    assert.deepEqual((await history('strava', { historyDays: 90 }, {}, { max_historical_days: 30 })).asked, ['sync/historical?days=30']);
    assert.deepEqual((await history('garmin', { historyDays: 90 })).asked, ['sync/historical'], 'Garmin has a window of its own');
    for (const historyDays of [0, -1, 1.5, '90', {}]) assert.equal((await history('strava', { historyDays })).history, 'misconfigured');
  });

  it('is a plain sync on servers before 0.4.2, and nobody waits for one that runs inside the request', async () => {
    assert.deepEqual(await history('strava', {}, { [`${sync}/historical`]: noRoute, [sync]: () => reply({ success: true, async: true, task_id: 't', message: 'm' }) }), { asked: ['sync/historical', 'sync'], history: 'syncing' });
    assert.deepEqual(await history('strava', {}, { [`${sync}/historical`]: noRoute, [sync]: () => new Promise(() => {}) }, {}, true), { asked: ['sync/historical', 'sync'], history: 'syncing' });
  });

  it('is on its way where that takes longer than five seconds: connected it is, and the page waits', async () => {
    let began = 0;
    const rig = createOpenWearables({}, {
      [`${sync}/historical`]: () => {
        began = rig.clock.now();
        return new Promise(() => {});
      },
    });
    const nonce = await rig.nonceFor('strava');
    rig.rows['kari'] = [row('strava', rig.clock.now() + 1)];
    const { added } = await membersOf(await inTime(rig.connect('strava', nonce), rig.clock));
    assert.ok(rig.clock.now() - began < 6_000);
    assert.equal((added as { history: string }[])[0]?.history, 'syncing');
    assert.deepEqual(rig.thrown, []);
    await rig.clock.advance(15_000);
    assert.match(String(rig.thrown[0]), /did not begin: No answer/, 'that it failed after all is told to whoever runs the site');
    assert.equal(rig.clock.pending, 0);
  });

  it('costs no connection where every request takes ten seconds, and another instance has to look up the visitor first', async () => {
    const [one, two] = [createOpenWearables(), createOpenWearables()];
    const nonce = await one.nonceFor('strava');
    two.users.set('kari', ids['kari'] ?? '');
    two.rows['kari'] = [row('strava', two.clock.now() + 1)];
    for (const [route, answer] of Object.entries(two.answers)) two.platforms.answers[route] = (asked) => two.clock.wait(10_000, new AbortController().signal).then(() => answer(asked));
    const began = two.clock.now();
    assert.equal((await inTime(two.connect('strava', nonce), two.clock)).status, 200);
    assert.ok(two.clock.now() - began < 30_000, 'as long as a page waits (src/platforms/wire.ts)');
  });

  it('names the times that the oldest servers insist on: 28 days for Suunto, windows of a day for Garmin', async () => {
    const insists = ({ url }: { url: URL }) => (url.search ? reply({}) : reply({ detail: 'Field required' }, 422));
    const of = (source: string, answer = insists) => ({ [`POST /api/v1/providers/${source}/users/${ids['kari']}/sync/historical`]: noRoute, [`POST /api/v1/providers/${source}/users/${ids['kari']}/sync`]: answer });
    const suunto = await history('strava', {}, of('strava'));
    assert.deepEqual(suunto, { asked: ['sync/historical', 'sync'], history: 'unknown' });
    const garmin = await history('garmin', {}, of('garmin'));
    assert.deepEqual(garmin.asked.slice(2, 4), ['13', '12'].map((day) => `sync?data_type=all&summary_start_time=2026-11-${day}T00%3A00%3A00&summary_end_time=2026-11-${Number(day) + 1}T00%3A00%3A00`));
    assert.equal(garmin.asked.length, 32);
    const provider = { ...providers[1], provider: 'suunto', name: 'Suunto' };
    const offered = { ...of('suunto'), 'GET /api/v1/oauth/providers': () => reply([provider]), 'GET /api/v1/oauth/suunto/authorize': () => reply(authorization('suunto')) };
    for (const [historyDays, since] of [[undefined, Date.UTC(2026, 9, 17)], [90, Date.UTC(2026, 9, 17)], [7, Date.UTC(2026, 10, 7)]] as const)
      assert.deepEqual((await history('suunto', { historyDays }, offered)).asked.slice(1), ['sync', `sync?data_type=all&since=${since / 1000}`]);
    for (const [historyDays, windows] of [[7, 7], [90, 90], [5000, 365]] as const) assert.equal((await history('garmin', { historyDays }, of('garmin'))).asked.length, 2 + windows);
    const forgetful = ({ url }: { url: URL }) => ((url.searchParams.get('summary_start_time') ?? '') >= '2026-11-04' ? reply({}) : reply({ detail: 'too old' }, 400));
    assert.deepEqual(await history('garmin', {}, of('garmin', forgetful)).then(({ asked, history: word }) => [asked.length, word]), [2 + 10 + 1, 'syncing'], 'and no further than the server goes');
  });

  it('asks for no more windows once an hour has gone by: each may take minutes', async () => {
    const path = `/api/v1/providers/garmin/users/${ids['kari']}/sync`;
    const slow = createOpenWearables({}, {
      [`POST ${path}/historical`]: noRoute,
      [`POST ${path}`]: async ({ url }) => {
        if (!url.search) return reply({ detail: 'Field required' }, 422);
        await slow.clock.advance(9 * 60_000);
        return reply({});
      },
    });
    const nonce = await slow.nonceFor('garmin');
    slow.rows['kari'] = [row('garmin', slow.clock.now() + 1)];
    assert.equal((await slow.connect('garmin', nonce)).status, 200);
    for (let turn = 0; turn < 500; turn += 1) await new Promise(setImmediate);
    assert.equal(slow.platforms.times(`POST ${path}`), 1 + 7);
  });

  it('that could not be begun leaves the wearable connected', async () => {
    for (const failing of [() => reply('canary', 500), () => Promise.reject(new TypeError('canary')), () => reply({ detail: 'canary' }, 404)])
      assert.equal((await history('strava', {}, { [`${sync}/historical`]: failing })).history, 'unknown');
  });
});

describe('DELETE /connections/:source', () => {
  const route = (source: string) => `DELETE /api/v1/users/${ids['kari']}/connections/${source}`;
  it('is 204, gone already or never there', async () => {
    const { ask, platforms } = createOpenWearables({}, {
      [route('strava')]: () => reply(null, 204),
      [route('polar')]: () => reply({ detail: 'Connection with ID: 47fdf7a7 not found.' }, 404),
      [route('abacus')]: () => reply({ detail: [{ loc: ['path', 'provider'], type: 'enum' }] }, 400),
    });
    for (const source of ['strava', 'strava', 'polar', 'abacus']) assert.equal((await ask('DELETE', `/wearables/connections/${source}`)).status, 204);
    assert.equal(platforms.times(route('strava')), 2);
  });
  it('is refused where the server cannot, the source is none, or it comes from another site', async () => {
    const { ask } = createOpenWearables();
    assert.equal(await verdictOf(await ask('DELETE', '/wearables/connections/strava')), '422 unsupported');
    assert.equal(await verdictOf(await ask('DELETE', '/wearables/connections/%2e%2e%2f')), '400 misconfigured');
    assert.equal(await verdictOf(await ask('DELETE', '/wearables/connections/strava', undefined, { origin: 'https://evil.example' })), '403 access_denied');
    assert.equal(await verdictOf(await ask('DELETE', '/wearables/connections/')), '404 misconfigured');
  });
});

describe('POST /token', () => {
  const token = { appId: 'app_1', appSecret: 'canary-secret' };
  const route = `POST /api/v1/users/${ids['kari']}/token`;
  const given = { access_token: 'jwt', token_type: 'bearer', refresh_token: 'rt-1', expires_in: 3600 };

  it('is not there unless the host asks for it', async () => {
    assert.equal(await verdictOf(await createOpenWearables().ask('POST', '/wearables/token', {})), '404 misconfigured');
  });
  it('gives the app its token, and renews it', async () => {
    const { ask, clock, platforms, keyless } = createOpenWearables({ token }, { [route]: () => reply(given), 'POST /api/v1/token/refresh': ({ body }) => (body.includes('rt-1') ? reply({ ...given, refresh_token: 'rt-2' }) : reply({ detail: 'Invalid or revoked refresh token' }, 401)) });
    const expiresAt = clock.now() + 3_600_000;
    assert.deepEqual(await membersOf(await ask('POST', '/wearables/token', {})), { accessToken: 'jwt', tokenType: 'Bearer', expiresAt, refreshToken: 'rt-1' });
    assert.deepEqual(await membersOf(await ask('POST', '/wearables/token', { refreshToken: 'rt-1' })), { accessToken: 'jwt', tokenType: 'Bearer', expiresAt, refreshToken: 'rt-2' });
    assert.equal(await verdictOf(await ask('POST', '/wearables/token', { refreshToken: 'rt-0' })), '401 session_expired');
    assert.ok(platforms.asked.filter(({ url }) => url.pathname.includes('token')).every(keyless), 'the key is not needed there');
  });
  for (const [what, answer, verdict] of [
    ['the application is refused', () => reply({ detail: 'Invalid app credentials' }, 401), '422 misconfigured'],
    ['the user is not known there', () => reply('Internal Server Error', 500), '502 platform_error'],
    ['there is no token in the answer', () => reply({}), '502 invalid_response'],
  ] as const)
    it(`says ${verdict} where ${what}`, async () => {
      assert.equal(await verdictOf(await createOpenWearables({ token }, { [route]: answer }).ask('POST', '/wearables/token', {})), verdict);
    });
});

describe('POST /connections with a nonce that was used', () => {
  const start = `/api/v1/providers/strava/users/${ids['kari']}/sync/historical`;
  const starts = ({ platforms }: Pick<ReturnType<typeof createOpenWearables>, 'platforms'>): number => platforms.times(`POST ${start}`);

  it('answers as before, and starts no history again, were it at the same time or written otherwise', async () => {
    const rig = createOpenWearables();
    const nonce = await rig.nonceFor('strava');
    rig.rows['kari'] = [row('strava', rig.clock.now() + 1)];
    // The same bytes: the last letter has bits to spare.
    const spare = nonce.length % 4 === 0 ? nonce : nonce.slice(0, -1) + String.fromCharCode(nonce.charCodeAt(nonce.length - 1) + 1);
    const answers = await Promise.all([rig.connect('strava', nonce), rig.connect('strava', nonce), rig.connect('strava', nonce, 'kari', { historyDays: 90 })]);
    await rig.clock.advance(600_000);
    const later = [await rig.connect('strava', nonce), await rig.connect('strava', spare)];
    const [first, ...rest] = await Promise.all([...answers, ...later].map(async (answer) => (answer.status === 200 ? answer.text() : 'refused')));
    assert.match(first ?? '', /"history":"syncing"/);
    for (const again of rest.slice(0, -1)) assert.equal(again, first);
    assert.ok(rest.at(-1) === first || rest.at(-1) === 'refused');
    assert.equal(starts(rig), 1);
  });

  it('says again that none began, and asks no platform for it a second time', async () => {
    const rig = createOpenWearables({}, { [`POST ${start}`]: () => reply('', 500) });
    const nonce = await rig.nonceFor('strava');
    rig.rows['kari'] = [row('strava', rig.clock.now() + 1)];
    assert.equal(await (await rig.connect('strava', nonce)).text(), await (await rig.connect('strava', nonce)).text());
    assert.equal(starts(rig), 1);
  });

  it('is told from one of another attempt, which starts it', async () => {
    const rig = createOpenWearables();
    for (const nonce of [await rig.nonceFor('strava'), await rig.nonceFor('strava')]) {
      rig.rows['kari'] = [row('strava', rig.clock.now() + 1)];
      assert.equal((await rig.connect('strava', nonce)).status, 200);
    }
    assert.equal(starts(rig), 2);
  });
});
