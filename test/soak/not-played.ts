/** What of the list of twenty-five a soak does not play: why not, and the test that has it. A test holds that each of these tests is there, in a file that says so by its number. */
export interface NotPlayed {
  readonly part: number;
  readonly what: string;
  readonly why: string;
  /** By file: how the titles of the tests there begin, as they stand in it. */
  readonly tests: Readonly<Record<string, readonly string[]>>;
}

const driver = 'no driver can tell a browser to; a reload is what the page sees of it';
const once = 'one exact moment, which chance would hardly meet';
const bytes = 'the sandbox sends whole lines, and no more of them than there are';
const answer = 'the sandbox has no such answer';
const page = 'needs a page of its own, on which nothing else can be looked for';

export const notPlayed: readonly NotPlayed[] = [
  { part: 4, what: 'a tab is discarded', why: driver, tests: { 'test/situations/away.test.ts': ['the page is discarded with its tab and restored'] } },
  { part: 7, what: 'the relay window, with the click and without', why: once, tests: { 'test/situations/relay.test.ts': ['goes on through a window of our own, by a click in there', 'takes the answer that the window it could not hear has left behind'], 'test/situations/frames.test.ts': ['of another site, and the platform is same-origin: the window can tell nothing'] } },
  { part: 7, what: 'a sandboxed frame without an origin', why: page, tests: { 'test/situations/frames.test.ts': ['of another site, sandboxed without an origin'] } },
  { part: 11, what: 'a description of ten thousand characters', why: answer, tests: { 'test/oauth/protocol.test.ts': ['a no with ten thousand characters to say'] } },
  { part: 12, what: 'an issuer with a slash at its end, and twice one', why: answer, tests: { 'test/oauth/proof.test.ts': ['the issuer ${iss} is ours', 'two issuers'] } },
  { part: 13, what: 'messages from a sandboxed frame, and from the origin `null`', why: page, tests: { 'test/situations/intruders.test.ts': ['messages flood in from other origins'], 'test/oauth/answer.test.ts': ['from the null origin', 'from no origin'] } },
  { part: 13, what: 'an object with getters (cloning takes them away: what arrives is an object where text was due)', why: page, tests: { 'test/oauth/answer.test.ts': ['as an object'] } },
  { part: 13, what: 'the right message twice, and after Cancel', why: once, tests: { 'test/situations/intruders.test.ts': ['messages from the page’s own origin with a wrong state, a wrong shape, or twice', 'the right message after Cancel is ignored'] } },
  { part: 14, what: 'ten megabytes, another charset, a list, FastAPI’s list of details', why: answer, tests: { 'test/oauth/failures.test.ts': ['200 of ten megabytes', '200 in another charset', '200 list', '422 with FastAPI’s list'] } },
  { part: 14, what: 'thirty seconds', why: 'each would take half a minute of the soak', tests: { 'test/platforms/sweatstack/token-endpoint.test.ts': ['that takes thirty seconds is given up after fifteen'] } },
  { part: 16, what: '`sub` changes with a refresh', why: answer, tests: { 'test/oauth/proof.test.ts': ['and takes no token for somebody else'] } },
  { part: 18, what: 'the back button onto the landing page', why: once, tests: { 'test/situations/away.test.ts': ['by the whole page, and then the back button'] } },
  { part: 19, what: '403 for one wearable alone', why: 'SweatStack has one stream for all of them; at Open Wearables it is a history that was refused (test/server/updates.test.ts)', tests: { 'test/platforms/sweatstack/backfill.test.ts': ['ends in sync_failed on 403'] } },
  { part: 20, what: 'cut inside a character or between CR and LF, one byte at a time, a byte order mark, no break at the end', why: bytes, tests: { 'test/sync/lines.test.ts': ['reads one byte at a time', 'reads however it is cut', 'CRLF cut in two', 'drops a byte order mark', 'no break at the end'] } },
  { part: 20, what: 'a line of more than 64 KiB, 100,000 events at once', why: bytes, tests: { 'test/sync/lines.test.ts': ['refuses a line that is too long', 'reads a hundred thousand lines'] } },
  { part: 20, what: 'nothing but heartbeats', why: 'each would take ten minutes', tests: { 'test/platforms/sweatstack/backfill-ends.test.ts': ['after ten minutes of heartbeats'], 'test/sync/follow.test.ts': ['is live again with the first byte, be it a heartbeat'] } },
  { part: 20, what: 'lines that are called events, and events that are called lines', why: answer, tests: { 'test/platforms/sweatstack/backfill.test.ts': ['lines of JSON that are called events', 'events that are called lines of JSON'] } },
  { part: 21, what: '`retry: 0` and a huge one', why: answer, tests: { 'test/platforms/sweatstack/backfill.test.ts': ['events that are called lines of JSON', 'what is called nothing at all'] } },
  { part: 21, what: 'closed every minute for an hour', why: 'each would take an hour; here it is closed after each line', tests: { 'test/sync/endurance.test.ts': ['a server that ends its stream every minute for an hour'] } },
  { part: 21, what: 'five other streams over HTTP/1.1', why: 'the limit of six is the browser’s own, and a soak that fills it slows down everything else on the page', tests: { 'test/situations/streams.test.ts': ['five other streams of the page and the widget’s own'] } },
  { part: 23, what: 'two versions, and a policy that forbids our name', why: page, tests: { 'test/situations/embedding.test.ts': ['in two versions', 'which forbids our policy'] } },
  { part: 23, what: 'inside another shadow tree', why: 'the ledger finds elements in the document alone', tests: { 'test/situations/embedding.test.ts': ['inside a shadow tree of theirs'] } },
  { part: 24, what: 'an address that is a script, or has no TLS', why: 'the sandbox is no hostile server', tests: { 'test/server/open-wearables.test.ts': ['a script', 'no TLS'] } },
  { part: 24, what: 'eight seconds', why: 'two are played: each more would be of the soak’s own time', tests: { 'test/server/open-wearables.test.ts': ['waits eight seconds where it must'] } },
  { part: 24, what: 'an address of a foreign origin', why: 'the sandbox is no hostile server', tests: { 'test/server/window-and-list.test.ts': ['an address of a foreign origin is opened'] } },
  { part: 24, what: 'a connection that appears before the return', why: once, tests: { 'test/server/window-and-list.test.ts': ['a connection that appears before the return is only listed'] } },
];

const parts = [...new Set(notPlayed.map(({ part }) => `F${part}`))];

/** Short, for the first line of a soak. */
export const whatIsNotPlayed = `parts of ${parts.join(', ')}, named in test/soak/not-played.ts with the tests that have them`;
