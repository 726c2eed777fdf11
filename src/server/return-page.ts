import { answer } from './answers.js';
import { page, script } from './return-text.js';

let policy: Promise<string> | null = null;

async function policyOf(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return `default-src 'none'; script-src 'sha256-${btoa(String.fromCharCode(...digest))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}

/** Takes the answer out of its address and tells the page that asked, on this origin alone; shows nothing of either. */
export const returnPage = async (): Promise<Response> =>
  answer(`${page}<script>${script}</script>`, 'text/html; charset=utf-8', 200, { 'content-security-policy': await (policy ??= policyOf(script)), 'x-robots-tag': 'noindex' });
