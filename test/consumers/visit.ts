/** A visitor of an app: one whole connection, and then what the page has to say. */
import type { Sandbox } from '../../src/sandbox/index.js';
import type { Browser } from '../browsers/engine.js';
import { Visitor } from '../journeys/visitor.js';
import { wrongAnswers, wrongOrder } from './findings.js';

/** What was wrong with each; an empty string where nothing was, undefined where it was not reached. */
export type Findings = Record<'connect' | 'events in order' | 'properties' | 'quiet console', string | undefined>;

type Page = typeof globalThis & { given?: { strings: unknown; fetchSession: unknown } };

/** Runs in the page. Custom Elements Everywhere's questions, and that one tag is still the one that was connected. */
function answers(): Record<string, unknown> {
  const [widget, ...others] = document.querySelectorAll('wearable-connect');
  const { given } = globalThis as Page;
  return {
    'a string (client-id)': widget?.clientId,
    'a switch that is on (no-preview)': widget?.noPreview,
    'a switch that is off (inspector)': widget?.inspector,
    'an object, the very one (strings)': given !== undefined && widget?.strings === given.strings,
    'a function, the very one (fetchSession)': given !== undefined && widget?.fetchSession === given.fetchSession,
    'a child (h2 slot="header")': widget?.querySelector('h2[slot="header"]')?.textContent.trim(),
    'one tag, and no other': others.length === 0,
    'it is the one that connected': widget?.phase,
  };
}

export async function visit(browser: Browser, sandbox: Sandbox, address: string): Promise<Findings> {
  const profile = await browser.visitor();
  const host = { origin: new URL(address).origin, said: [], asked: [], serve: () => {}, mount: () => {}, close: async () => {} };
  const visitor = new Visitor({ host, sandbox, profile });
  const findings: Findings = { connect: undefined, 'events in order': undefined, properties: undefined, 'quiet console': undefined };
  try {
    try {
      visitor.page = await visitor.opensTab(address);
      const window = await visitor.opens(() => visitor.click('Garmin Connect'));
      await visitor.signInAtWearable(window);
      await visitor.closes(window, () => visitor.click('Allow', window));
      await visitor.hearsPhase('connected');
      findings.connect = '';
    } catch (error) {
      findings.connect = `${address} could not be connected: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (findings.connect === '') {
      findings['events in order'] = wrongOrder(await visitor.heard());
      findings.properties = wrongAnswers(await visitor.page.evaluate(answers));
    }
  } finally {
    await profile.close();
  }
  // Now nothing can be added to it.
  if (findings.connect === '' || profile.console.length > 0) findings['quiet console'] = profile.console.length === 0 ? '' : `The console is not quiet:\n${profile.console.join('\n')}`;
  return findings;
}
