/** Plain DOM, which is Angular's way too: its compiler checks `(wearable-tokens)="save($event)"` as this `addEventListener`. */
import 'wearable-connect/define';
import { createConnector } from 'wearable-connect';
import type { TokensDetail, WearableConnect, WearableConnectedEvent, WearableTokensEvent } from 'wearable-connect';
import type { WearableAttributes, WearableListeners, WearableProperties } from 'wearable-connect/types/tag';

const made = document.createElement('wearable-connect');
export const found: WearableConnect | null = document.querySelector('wearable-connect');
export const all: NodeListOf<WearableConnect> = document.querySelectorAll('wearable-connect');
// @ts-expect-error -- no such tag
document.createElement('wearable-connects').clientId = 'app';

made.addEventListener('wearable-tokens', ({ detail }) => {
  const token: string = detail.accessToken;
  const whole: TokensDetail = detail;
  // @ts-expect-error -- no such detail
  void [token, whole, detail.token];
});
// DOM takes a listener of any name; of one that nobody knows it says Event, which has no detail and is none of ours.
// @ts-expect-error -- no such event
made.addEventListener('wearable-token', ({ detail }) => void detail);
const save = ({ detail }: WearableTokensEvent): void => void detail.accessToken;
made.addEventListener('wearable-tokens', save);
made.removeEventListener('wearable-tokens', save);
// @ts-expect-error -- no such event
made.addEventListener('wearable-token', save);
// @ts-expect-error -- the listener of another event
made.addEventListener('wearable-complete', save);
// What bubbles is heard anywhere above.
document.body.addEventListener('wearable-connected', (event) => {
  const said: WearableConnectedEvent = event;
  void [said.detail.user?.givenName, said.detail.added[0]?.evidence];
  // @ts-expect-error -- no such detail, of the event of another name
  void event.detail.outcome;
});
document.addEventListener('wearable-connected', ({ detail }) => void detail.user?.givenName);
window.addEventListener('wearable-progress', ({ detail }) => void detail.loadedUntil?.length, { once: true });
document.body.attachShadow({ mode: 'open' }).addEventListener('wearable-error', ({ detail }) => void detail.code.length);
document.createElementNS('http://www.w3.org/2000/svg', 'g').addEventListener('wearable-complete', ({ detail }) => void detail.outcome.length);
const told = ({ detail }: WearableConnectedEvent): void => void detail.added;
document.addEventListener('wearable-connected', told);
document.removeEventListener('wearable-connected', told);
// @ts-expect-error -- no such detail, of the event of another name
document.addEventListener('wearable-connected', ({ detail }) => void detail.outcome);
// @ts-expect-error -- the listener of another event
window.addEventListener('wearable-complete', told);
// Tokens do not bubble: whoever waits for them at the document waits in vain, and has a plain Event without a detail.
// @ts-expect-error -- heard on the element alone
document.addEventListener('wearable-tokens', ({ detail }) => void detail.accessToken);
// @ts-expect-error -- heard on the element alone
window.addEventListener('wearable-tokens', save);
made.addEventListener('wearable-connected', (event) => {
  // @ts-expect-error -- a detail stays as it is
  event.detail.user = null;
});

made.clientId = 'app';
made.sources = ['polar', 'garmin_connect'];
made.strings = { title: 'Hello', items: { one: 'one', other: '{count}' } };
made.fetchSession = async () => 'session';
// @ts-expect-error -- a sentence that there is not
made.strings = { tittle: 'Hello' };
made.mode = 'popup';
// @ts-expect-error -- no such word
made.mode = 'window';
// @ts-expect-error -- no such word
made.signIn = 'fast';
// @ts-expect-error -- no such word, and no platform
made.platform = 'garmin';
// @ts-expect-error -- no such attribute, and no property of that name
made.clientID = 'app';
// @ts-expect-error -- not a number
made.historyDays = '90';
// @ts-expect-error -- read only
made.phase = 'choosing';
// @ts-expect-error -- an array has more than one
made.sources = 5;

const ending = await made.connect('polar', { signal: AbortSignal.timeout(1000) });
const token: string = await made.getAccessToken();
export const heard: string = ending;
void token;
// @ts-expect-error -- takes an id
await made.connect(5);

export const headless = createConnector({ clientId: 'app', mode: 'popup', dispatch: () => {} });
// @ts-expect-error -- no such word
createConnector({ mode: 'window', dispatch: () => {} });
// @ts-expect-error -- no such option
createConnector({ clientID: 'app', dispatch: () => {} });

export const attributes: WearableAttributes = { 'client-id': 'app', 'sign-in': 'express', 'no-preview': '', 'history-days': '90', sources: 'polar wahoo', platform: 'demo', scenario: 'happy' };
export const properties: WearableProperties = { clientId: 'app', mode: 'popup', noPreview: true, historyDays: 90, layout: undefined };
export const listeners: WearableListeners<'on:'> = { 'on:wearable-progress': ({ detail }) => void detail.ratio };
// @ts-expect-error -- no such word
export const wrongWord: WearableAttributes = { mode: 'window' };
// @ts-expect-error -- no such attribute: that is the property's name
export const wrongName: WearableAttributes = { clientId: 'app' };
// @ts-expect-error -- no such event
export const wrongEvent: WearableListeners<'on'> = { 'onwearable-token': () => {} };
// @ts-expect-error -- no such scenario
export const wrongScenario: WearableAttributes = { scenario: 'lucky' };
