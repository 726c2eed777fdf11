/**
 * What has to be shown to hold, row by row. A test that shows one names it at the end of its title, as in `… [F14, T23]`;
 * test/run/rows.ts finds out which rows no test names, and writes test/README.md.
 */
export interface Group {
  readonly letter: string;
  readonly title: string;
  readonly about: string;
  /** In order: the first is number 1. */
  readonly rows: readonly string[];
}

const policies: Group = {
  letter: 'S',
  title: 'Situations of the window',
  about: 'Which pages send which opener policy (COOP), and where the page that asks stands. Each decides which roads home are open.',
  rows: [
    'No page has a policy',
    'The platform is `same-origin`',
    'The platform is `same-origin-allow-popups`',
    'The platform is `noopener-allow-popups`',
    'The host is `same-origin-allow-popups`',
    'The host is `same-origin`',
    'The host is isolated: `same-origin` and COEP',
    'The landing page alone is `same-origin`',
    'Host and landing page are `same-origin-allow-popups`',
    'Host, platform and landing page are `same-origin`',
    'The window was opened with `noopener`',
    'The third hop, the wearable’s own page, is `same-origin`',
    'The host is in a frame of another site',
    'The host is in a frame of another site, and the platform is `same-origin`',
    'The host is in a frame of another site, whose top page is `same-origin-allow-popups`',
    'The host is in a frame of another site, whose top page is `same-origin`',
    'The host is in a frame of the same site, and the platform is `same-origin`',
    'The host is in a sandboxed frame that may not open windows',
  ],
};

const activation: Group = {
  letter: 'A',
  title: 'Between the click and the window',
  about: 'What a page may do between a click and opening a window before a browser calls it a pop-up and blocks it.',
  rows: [
    'Nothing, a settled promise, a timer of 0 ms',
    'A digest',
    'A lock',
    'A turn of a MessageChannel',
    'A fetch',
    'A fetch and the reading of its text',
    'A timer of 900 ms',
    'A timer of 1.5 to 4.5 seconds',
    'A timer of 5.5 seconds and more',
    'A blank window at once, its address six seconds later',
  ],
};

const threats: Group = {
  letter: 'T',
  title: 'Threats',
  about: 'Who could want what, and how; each with the test that it does not work.',
  rows: [
    'A link that carries a foreign code to the landing page',
    'The code is read from history, logs or a referrer',
    'The code is sent to another path of the same site',
    'The page that opened the window has become somebody else',
    'Forged answers from another origin, malformed, replayed or huge',
    'Forged answers from a script of the same origin',
    'A script of the page looks for tokens',
    'A page logs, spreads or stores tokens without meaning to',
    'A refresh token that never ends is stolen',
    'The answer of another platform passes for this one’s (mix-up)',
    'An address to open that is a script, or leads elsewhere',
    'The landing page as a redirector, or as somebody’s notice board',
    'Open Wearables: a visitor finishes somebody else’s sign-in',
    'Open Wearables: a return page that nothing went before',
    'A policy on any hop cuts the window off: no false verdict, no lost answer',
    'Storage is partitioned or blocked',
    'A click is stolen, or made by a script',
    'Our own script breaks its host, or is there twice',
    'The script was altered on its way',
    'Two tabs renew one token',
    'Every visitor reconnects at once after an outage',
    'A stream with an endless line, or endlessly many',
    'A token is sent to an origin that is not the platform’s',
    'What is personal ends up in addresses, errors or storage',
    'A token outlives the goodbye',
  ],
};

const faults: Group = {
  letter: 'F',
  title: 'Faults',
  about: 'What goes wrong around a sign-in; each was made to happen.',
  rows: [
    'Opener policies on any of the pages',
    'The window is closed: before, during, after, in the very moment of the answer',
    'The visitor goes back to the page and finishes later',
    'The page is reloaded, its element moved, its tab discarded meanwhile',
    'The answer lands in a fresh tab, or in another browser',
    'The window is blocked, closes at once, or is asked for twice',
    'The host stands in a frame',
    'Storage, channels or locks throw, are full, or are emptied in mid-flow',
    'No `crypto.subtle`',
    'An address that is no answer, twice one, too long, or garbled',
    'A refusal: each word for it, none of ours, and much to say beside it',
    'An issuer that is right, wrong, missing or doubled',
    'Floods of messages, and the right one twice or too late',
    'The token endpoint answers anything but what it should, late, or not at all',
    'Token answers with odd members',
    'An identity that is not the one that was asked for, or out of time',
    'CORS or a content policy hides an answer',
    'A code is used twice; the landing page is opened again',
    'The access token ends in mid-stream',
    'The stream is cut anywhere, floods, beats, is silent, or is no stream',
    'The server ends the stream, each minute or at once, and says when to return',
    'Offline, asleep, hidden, put away; the clock jumps',
    'Content policies, Trusted Types, the script twice, early or late',
    'The host’s own handler for Open Wearables fails in each way',
    'Two tabs, two widgets, two wearables at once; revoking fails in each way',
  ],
};

export const groups: readonly Group[] = [policies, activation, threats, faults];
