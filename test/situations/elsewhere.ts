/** Signing in without the window: the same person with another browser, or an attacker with their own. */
import type { Sites } from './sites.js';
import { connectWith, Visitor } from '../sandbox/visitor.js';
import type { Tab } from '../browsers/engine.js';

/** Goes through the platform's pages as somebody who was never here; gives the landing page's address, with the code in it. */
export async function answerTo(sites: Sites, authorize: string): Promise<string> {
  const visitor = await new Visitor(sites.host).open(authorize);
  if (visitor.heading === 'Connect your wearable') await connectWith(visitor, 'Garmin Connect');
  else if (visitor.heading.startsWith('Sign in to Garmin')) {
    await visitor.press('Sign in');
    await visitor.press('Allow');
  }
  if (visitor.heading.startsWith('Allow ')) await visitor.press('Allow');
  return visitor.url;
}

/** The sign-in page of the attempt whose consent a window shows: where the link of a mail leads, in whichever browser it is opened. */
export async function signInPageOf(sites: Sites, window: Tab): Promise<string> {
  const request = new URL(await window.url()).searchParams.get('request');
  return `${sites.sandbox.sweatstack}/sign-in?request=${String(request)}`;
}
