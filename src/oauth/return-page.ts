/**
 * The script of the page that Open Wearables sends the visitor back to, which the handler serves with it in the page. The answer
 * is the nonce of the handler's making; it goes home as a code does, so the page that asked waits for it in the same way. Nothing
 * imports this: `test/run/return-page.ts` makes it a text for src/server.
 */
import { land } from './landing.js';
import { say } from './landing-words.js';

const given = new URLSearchParams(location.search);
const [code, state] = [given.get('nonce'), given.get('state')];
// At once: nothing that runs later, and no history entry, may see them.
history.replaceState(history.state, '', location.pathname);
// Without both it is no answer, and the page says no more than that it can be closed.
void land(code && state ? String(new URLSearchParams({ code, state })) : '', say);
