/**
 * Everything the doctor can find, in one table: how bad it is, and what helps. What was seen is said where it was seen. The
 * table of the README is this one (a test compares them).
 */
export type Severity = 'error' | 'warning' | 'note';

const table = {
  'no-page': ['note', 'Call `doctor()` in the page that shows the element.'],
  'no-element': ['note', 'Give `doctor()` the element, or the same options: `doctor({ redirectUri, baseUrl })`.'],
  'not-defined': ['error', 'Load `wearable-connect.js`, or import `wearable-connect/define`; look into the console for why it did not run.'],
  'no-origin': ['error', 'Serve the page over `https:` (or from `localhost`), not from a file. A sandboxed frame needs `allow-same-origin`.'],
  'insecure-context': ['error', 'Serve the page over `https:`, or from `localhost` while you develop: without it browsers have no `crypto.subtle`, so no PKCE.'],
  'extension-page': ['error', 'Put the element on a page of a web site: an extension’s page cannot be a redirect URI, and its popup closes when a window opens.'],
  'frame-sandbox': ['error', 'Add what is missing to the `sandbox` attribute of the frame.'],
  'csp-sandbox': ['error', 'Add what is missing to the `sandbox` directive, or leave the directive out.'],
  'csp-connect-src': ['error', 'Add the platform’s origin to `connect-src`.'],
  'csp-script-src': ['error', 'Let the landing page run its script: for that one address `script-src \'self\'` is enough.'],
  'trusted-types': ['error', 'Add to `trusted-types`: `wearable-connect` with the script tag, `lit-html` with the npm package (it is Lit’s there).'],
  'redirect-uri-invalid': ['error', 'Write a path of your site, or an `https:` address without credentials and fragment (`http:` on loopback only).'],
  'callback-other-origin': ['error', 'Put `wearable-callback.html` and `callback.js` on the origin of the page itself, and name that address in `redirect-uri`.'],
  'callback-missing': ['error', 'Put `wearable-callback.html` where `redirect-uri` points to; it must answer 200 to whoever is not signed in.'],
  'callback-script-missing': ['error', 'Put `callback.js` beside `wearable-callback.html`, served as JavaScript.'],
  'callback-not-ours': ['error', 'Serve our `wearable-callback.html` there, or a page of your own that loads `callback.js` first.'],
  'callback-unrecognised': ['warning', 'Nothing to do where one of these scripts contains `wearable-connect/callback` or `wearable-connect/define`; else serve our `wearable-callback.html`.'],
  'redirect-uri-refused': ['error', 'Register the full address of the landing page, character by character, for your application at the platform.'],
  misconfigured: ['error', 'Correct what is named. Else look at `client-id`, `base-url` and `scope`, and at whether your application is a public client.'],
  'framed-cross-site': ['warning', 'Open the page by itself where you can. Where the platform sends `Cross-Origin-Opener-Policy` the visitor has to click once more, in a window of this site; where the outer page sends it as `same-origin` nothing comes home. A sandboxed frame needs `allow-same-origin allow-popups allow-popups-to-escape-sandbox`.'],
  'framed-same-site': ['note', 'Nothing to do; if the frame is sandboxed it needs `allow-same-origin allow-popups allow-popups-to-escape-sandbox`.'],
  'in-app-browser': ['warning', 'Leave `mode` at `auto`, or offer the visitor to open the page in their browser: windows do not work here, and Google’s sign-in refuses (`disallowed_useragent`).'],
  'home-screen-app': ['warning', 'Leave `mode` at `auto`: the whole page goes to sign in and comes back. A window would open elsewhere, with another storage.'],
  'storage-blocked': ['warning', 'Allow cookies and site data for this site. Without them `persist`, `mode="redirect"` and reloads in mid-sign-in do not work.'],
  'channel-blocked': ['warning', 'Allow cookies and site data for this site (Firefox blocks `BroadcastChannel` with them). Without it the answer comes by the opener’s message alone.'],
  'other-version': ['warning', 'Load one version: the first that is defined is the one that runs.'],
  'loaded-twice': ['warning', 'Remove all but one of these scripts.'],
  'clock-off': ['warning', 'Set the clock of this device: tokens look as if they had expired, or as if they never would.'],
  coop: ['note', 'Nothing has to be done: the answer comes home by a channel. `same-origin-allow-popups` keeps the window in sight, so that a closed one is noticed at once.'],
  'check-failed': ['note', 'Nothing is wrong with your page for that; please report it.'],
  'page-unread': ['note', 'Let the server answer `HEAD`, or look at Content-Security-Policy and Cross-Origin-Opener-Policy yourself.'],
} as const satisfies Record<string, readonly [Severity, string]>;

/** Stable names: safe to compare with. */
export type FindingCode = keyof typeof table;

export interface Finding {
  readonly code: FindingCode;
  /** `error`: it cannot work so. `warning`: it works in part, or for some. `note`: good to know. */
  readonly severity: Severity;
  /** What was seen. */
  readonly message: string;
  /** What helps. */
  readonly fix: string;
}

export const findingCodes = Object.keys(table) as readonly FindingCode[];

export function found(code: FindingCode, message: string): Finding {
  const [severity, fix] = table[code];
  return { code, severity, message, fix };
}

const order: readonly Severity[] = ['error', 'warning', 'note'];

export const byWeight = (one: Finding, other: Finding): number => order.indexOf(one.severity) - order.indexOf(other.severity);
