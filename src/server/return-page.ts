import { answer } from './answers.js';

/**
 * Takes the nonce out of the address before anything else, tells it to the page that opened the window, on this origin alone
 * (RFC 9700 4.17.2), and closes. It shows nothing of its address.
 */
const script = `(() => {
  const query = location.search.slice(1);
  history.replaceState(null, '', location.pathname);
  try { opener.postMessage({ v: 1, query }, location.origin); } catch {}
  close();
})();`;

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Sign-in</title>
    <meta name="viewport" content="width=device-width">
    <meta name="color-scheme" content="light dark">
    <script>${script}</script>
  </head>
  <body>
    <p>You can close this window.</p>
    <p>Go back to the page where you started.</p>
  </body>
</html>
`;

let policy: Promise<string> | null = null;

async function policyOf(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return `default-src 'none'; script-src 'sha256-${btoa(String.fromCharCode(...digest))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}

/** `GET /return`: the same for everybody, whoever comes here and however. Whether it went well is asked of the list of connections. */
export const returnPage = async (): Promise<Response> =>
  answer(page, 'text/html; charset=utf-8', 200, { 'content-security-policy': await (policy ??= policyOf(script)), 'x-robots-tag': 'noindex' });
