/** What of the list of twenty-five a soak does not play: why not, and the test that has it. A test holds that each of these tests says so by its number. */
export interface NotPlayed {
  readonly part: number;
  readonly what: string;
  readonly why: string;
  readonly tests: readonly string[];
}

const driver = 'no driver can tell a browser to; a reload is what the page sees of it';
const once = 'one exact moment, which chance would hardly meet';
const bytes = 'the sandbox sends whole lines, and no more of them than there are';
const answer = 'the sandbox has no such answer';
const page = 'needs a page of its own, on which nothing else can be looked for';

export const notPlayed: readonly NotPlayed[] = [
  { part: 4, what: 'a tab is discarded', why: driver, tests: ['test/situations/away.test.ts'] },
  { part: 7, what: 'the relay window, with the click and without', why: once, tests: ['test/situations/relay.test.ts', 'test/situations/frames.test.ts'] },
  { part: 7, what: 'a sandboxed frame without an origin', why: page, tests: ['test/situations/frames.test.ts'] },
  { part: 11, what: 'a description of ten thousand characters', why: answer, tests: ['test/oauth/protocol.test.ts'] },
  { part: 12, what: 'an issuer with a slash at its end, and twice one', why: answer, tests: ['test/oauth/proof.test.ts'] },
  { part: 13, what: 'messages from a sandboxed frame, and from the origin `null`', why: page, tests: ['test/situations/intruders.test.ts', 'test/oauth/answer.test.ts'] },
  { part: 13, what: 'an object with getters (cloning takes them away: what arrives is an object where text was due)', why: page, tests: ['test/oauth/answer.test.ts'] },
  { part: 13, what: 'the right message twice, and after Cancel', why: once, tests: ['test/situations/intruders.test.ts'] },
  { part: 14, what: 'ten megabytes, another charset, a list, FastAPI’s list of details', why: answer, tests: ['test/oauth/failures.test.ts'] },
  { part: 14, what: 'thirty seconds', why: 'each would take half a minute of the soak', tests: ['test/platforms/sweatstack/token-endpoint.test.ts'] },
  { part: 16, what: '`sub` changes with a refresh', why: answer, tests: ['test/oauth/proof.test.ts'] },
  { part: 18, what: 'the back button onto the landing page', why: once, tests: ['test/situations/away.test.ts'] },
  { part: 19, what: '403 for one wearable alone', why: 'SweatStack has one stream for all of them; at Open Wearables it is a history that was refused (test/server/updates.test.ts)', tests: ['test/platforms/sweatstack/backfill.test.ts'] },
  { part: 20, what: 'cut inside a character or between CR and LF, one byte at a time, a byte order mark, no break at the end', why: bytes, tests: ['test/sync/lines.test.ts'] },
  { part: 20, what: 'a line of more than 64 KiB, 100,000 events at once', why: bytes, tests: ['test/sync/lines.test.ts'] },
  { part: 20, what: 'nothing but heartbeats', why: 'each would take ten minutes', tests: ['test/platforms/sweatstack/backfill-ends.test.ts', 'test/sync/follow.test.ts'] },
  { part: 20, what: 'lines that are called events, and events that are called lines', why: answer, tests: ['test/platforms/sweatstack/backfill.test.ts'] },
  { part: 21, what: '`retry: 0` and a huge one', why: answer, tests: ['test/platforms/sweatstack/backfill.test.ts'] },
  { part: 21, what: 'closed every minute for an hour', why: 'each would take an hour; here it is closed after each line', tests: ['test/sync/endurance.test.ts'] },
  { part: 21, what: 'five other streams over HTTP/1.1', why: 'tested nowhere: the limit of six is the browser’s own, and what waits there looks like an answer that is slow', tests: [] },
  { part: 23, what: 'two versions, and a policy that forbids our name', why: page, tests: ['test/situations/embedding.test.ts'] },
  { part: 23, what: 'inside another shadow tree', why: 'the ledger finds elements in the document alone', tests: ['test/situations/embedding.test.ts'] },
  { part: 24, what: 'an address that is a script, or has no TLS', why: 'the sandbox is no hostile server', tests: ['test/server/open-wearables.test.ts'] },
  { part: 24, what: 'eight seconds', why: 'two are played: each more would be of the soak’s own time', tests: ['test/server/open-wearables.test.ts'] },
];

const parts = [...new Set(notPlayed.map(({ part }) => `F${part}`))];

/** Short, for the first line of a soak. */
export const whatIsNotPlayed = `parts of ${parts.join(', ')}, named in test/soak/not-played.ts with the tests that have them`;
