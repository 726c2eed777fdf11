/**
 * Every sentence a visitor reads, in English: the language that every other one is measured against. Where a key ends in the
 * name of a state (`status_active`), it says that state. Where a number decides, there is one sentence for each of its kinds
 * (the categories of `Intl.PluralRules`). Dates, numbers and “two days ago” are no words: those are the browser's. What a bundler
 * serves has each part where it is said (`englishInParts` in test/run/locale-files.ts).
 */

/** Said by what comes later (src/element/parts.ts), and in the file for a script tag brought by it. */
export const late = {
  search: 'Search',
  found: { one: '{count} wearable', other: '{count} wearables' },
  noResults: 'Nothing here is called “{text}”.',
  moreOptions: 'More options',
  close: 'Close',
  scan: 'Scan this with your phone to go on.',
};

/** Said to whoever has signed in, and brought by the part that draws what they have (src/element/arrival.ts). */
export const arriving = {
  notice_source: '{source} is disconnected.',
  signedInAs: 'Signed in as {name}',
  connections: 'Your connections',
  noConnections: 'No wearable is connected yet.',
  historyBackTo: 'History back to {date}',
  arriving: 'Your history is arriving…',
  outcome_success: 'Your history is here.',
  outcome_partial: 'Part of your history is here.',
  outcome_unknown: 'No news for a while. More may follow.',
  attention: 'Sign in to {source} again to keep your activities coming.',
  allowHistory: 'To get your history too, connect again and allow it.',
  reconnect: 'Reconnect',
  history_ready: 'history is here',
  history_syncing: 'history is arriving',
  history_unavailable: 'no history',
  history_action_required: 'history not shared',
  derived: 'Worked out from your sign-in.',
  manage: 'Manage',
  addAnother: 'Add another',
  add: 'Add a wearable',
  disconnectQuestion: 'Disconnect? This site stops receiving your activities.',
  disconnectSource: 'Disconnect {source}? This site stops receiving its activities.',
  keep: 'Keep connected',
  history: 'Your history',
  waiting: 'Waiting for the first activities…',
  processing: 'Putting what has arrived in order…',
  items: { one: '{count} entry so far', other: '{count} entries so far' },
  goOn: 'You can go on, this continues.',
  quiet: 'Nothing new for a moment. That is normal.',
  reconnecting: 'Reconnecting…',
  latest: 'Latest activity',
  recordedWith: 'Recorded with {devices}',
  sport_cycling: 'Cycling',
  sport_running: 'Running',
  sport_walking: 'Walking',
  sport_swimming: 'Swimming',
  sport_rowing: 'Rowing',
  sport_skiing: 'Skiing',
  since: 'since {date}',
};

/** Said in another app’s browser and in a frame of another site, and brought by the part for those. */
export const elsewhere = {
  inApp: 'If a sign-in fails inside this app, open this page in your browser.',
  openInBrowser: 'Open in your browser',
  copyLink: 'Copy the link',
  copied: 'Link copied',
  apart: 'This page can’t hear from that window. Close it and open another.',
  relay: 'One more step: sign in to {source} here.',
  goOnTo: 'Go on to {source}',
  noWindows: 'This page may not open windows here. Copy its link and open it in a tab of its own.',
  openInTab: 'Open in a tab',
};

/** Said once something has moved, and brought by what moves it (src/element/engine.ts). */
export const moving = {
  notice_closed: 'The window was closed before you finished.',
  notice_denied: 'You said no. Nothing was connected.',
  notice_disconnected: 'Disconnected. This site’s access has been taken back.',
  notice_forgotten: 'Disconnected here. {platform} still keeps the connection: remove this site there too.',

  finishTitle: 'Finish signing in',
  finish: 'Finish signing in to {source} in the window we opened.',
  byItself: 'When you are done, this page goes on by itself.',
  whereWindow: 'Can’t see it? It may be behind this window.',
  whereTab: 'Can’t see it? Look among your tabs.',
  lost: 'We can’t see the window any more. If you are still signing in, carry on there.',
  blockedTitle: 'Your browser blocked the window',
  blocked: 'Allow it and try again, or sign in right here.',
  showWindow: 'Show the window',
  openAgain: 'Open it again',
  usePhone: 'Use your phone',
  cancel: 'Cancel',
  back: 'Back',
  confirming: 'Checking your connection…',

  connectedTitle: 'You’re connected',
  status_active: 'Connected',
  status_action_required: 'Needs your attention',
  status_expired: 'Expired',
  status_revoked: 'Disconnected',
  disconnect: 'Disconnect',

  signInAgain: 'Sign in again',
  error_popup_blocked: 'Your browser blocked the window.',
  error_access_denied: 'The connection was not allowed.',
  error_timeout: 'That took too long. Please try again.',
  error_rate_limited: 'There is a lot going on. Please try again soon.',
  error_platform_error: 'The service has a problem. Please try again soon.',
  error_sync_failed: 'Your history could not be fetched. You are still connected.',
  error_session_expired: 'It has been a while. Sign in again to carry on.',
  error_invalid_response: 'The answer could not be trusted.',
  error_misconfigured: 'This connection is not set up yet.',
  error_unsupported: 'This browser can’t connect. Please try another one.',
};

/** Said from the first moment on. */
export const early = {
  title: 'Connect your wearable',
  trigger: 'Connect a wearable',
  newWindow: 'opens a new window',
  poweredBy: 'Powered by {platform}',
  landed: 'You can close this window.',
  loading: 'One moment',
  choose: 'Choose what you wear and sign in: your activities come here.',
  trust: 'This site never sees your password.',
  nothingToChoose: 'There is nothing to connect here yet.',
  inTheApp: 'In the app on your phone',
  otherWays: 'Other ways to sign in',
  tryAgain: 'Try again',
  continueHere: 'Continue in this tab',
  confirmingTitle: 'Almost there',
  failedTitle: 'That did not work',
  error_network: 'We could not reach the service. Please try again.',
};

export const en: typeof early & typeof moving & typeof arriving & typeof late & typeof elsewhere = /* #__PURE__ */ Object.assign({}, early, moving, /* #__PURE__ */ Object.assign({}, late, elsewhere, arriving));

/** As in every other language. @alias */
export default en;

/** A sentence for each kind of number that a language has. */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

export type Strings = { readonly [Key in keyof typeof en]: (typeof en)[Key] extends string ? string : Plural };
