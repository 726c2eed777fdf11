import { expect } from '@open-wc/testing';
import { waitForAnswer } from '../../src/oauth/answer.js';
import { dropAttempt } from '../../src/oauth/attempt.js';
import type { Attempt } from '../../src/oauth/attempt.js';
import { attemptKey, channelOf, mailboxKey } from '../../src/oauth/protocol.js';
import { createSignIn } from '../../src/oauth/sign-in.js';

/** Looks at what is pending, and leaves it to others. */
const looking = AbortSignal.abort();

const page = new URL('./landing-page.html', import.meta.url).href.replace(/\?.*/, '');

/** The real landing page, in a frame: no opener, so the channel is its only road. */
function landAt(query: string): { frame: HTMLIFrameElement; loaded: Promise<void> } {
  const frame = document.createElement('iframe');
  frame.src = `${page}${query}`;
  const loaded = new Promise<void>((resolve) => frame.addEventListener('load', () => resolve(), { once: true }));
  document.body.append(frame);
  return { frame, loaded };
}

/** What can be read there, in whatever language. */
const visible = (frame: HTMLIFrameElement): string =>
  [...(frame.contentDocument?.querySelectorAll('p, button') ?? [])].filter((line) => line.checkVisibility()).map(({ textContent }) => textContent).join(' | ');

/** Until the page shows this; observed, not polled. */
function shows(frame: HTMLIFrameElement, text: string): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => void (visible(frame).includes(text) && resolve());
    new MutationObserver(look).observe(frame.contentDocument as Document, { subtree: true, attributes: true });
    look();
  });
}

describe('oauth, the landing page', () => {
  const frames: HTMLIFrameElement[] = [];
  afterEach(() => frames.splice(0).forEach((frame) => frame.remove()));

  async function attemptOf(more: Partial<Attempt> = {}): Promise<Attempt> {
    const state = `wc1.page-${Math.random()}`;
    return {
      ...{ v: 1, id: 'a1', channel: await channelOf(state), source: null, state, nonce: 'n', verifier: 'v', issuer: 'https://a.example', clientId: 'page-test' },
      ...{ redirectUri: page, mode: 'popup', returnTo: '/', url: page, createdAt: Date.now() },
      ...more,
    };
  }

  it('brings the answer home, with a clean address behind it [T2]', async () => {
    const attempt = await attemptOf();
    const home = waitForAnswer(attempt, new AbortController().signal);
    const { frame, loaded } = landAt(`?code=secret&state=${attempt.state}`);
    frames.push(frame);
    expect(await home).to.equal(`?code=secret&state=${attempt.state}`);
    await loaded;
    await shows(frame, 'You can close this window');
    expect(frame.contentWindow?.location.href).to.equal(page);
    expect(localStorage.getItem(mailboxKey(attempt.channel))).to.equal(null);
  });

  it('says a fixed sentence, whatever its address says [T12, F11]', async () => {
    const { frame, loaded } = landAt('?error=access_denied&error_description=%3Cb%3Eboo%3C%2Fb%3E&returnTo=https%3A%2F%2Fevil.example');
    frames.push(frame);
    await loaded;
    await shows(frame, 'You can close this window');
    expect(visible(frame)).to.equal('You can close this window.');
    expect(frame.contentDocument?.body.textContent).not.to.contain('boo');
    expect(frame.contentWindow?.location.href).to.equal(page);
  });

  it('says it in the visitor’s language, the nearest of theirs that it has', async () => {
    const { frame, loaded } = landAt('?error=access_denied');
    frames.push(frame);
    // The script is a module: it runs after this, and before the page is loaded.
    Object.defineProperty(frame.contentWindow?.navigator, 'languages', { value: ['rm-CH', 'de-AT', 'en'] });
    await loaded;
    await shows(frame, 'Sie können dieses Fenster');
    expect(visible(frame)).to.equal('Sie können dieses Fenster schließen.');
  });

  it('returns to where the whole page had left, with the answer waiting there, once [F18]', async () => {
    const attempt = await attemptOf({ mode: 'redirect', returnTo: '/test/oauth/landing-page.html?here=1#spot' });
    sessionStorage.setItem(attemptKey(attempt.channel), JSON.stringify(attempt));
    const { frame } = landAt(`?code=secret&state=${attempt.state}`);
    frames.push(frame);
    // Loaded once or twice, depending on how soon it goes on.
    await new Promise<void>((resolve) => frame.addEventListener('load', () => void shows(frame, 'You can close this window').then(resolve)));
    const signIn = createSignIn({ issuer: attempt.issuer, clientId: attempt.clientId, redirectUri: page, popupOnly: false, urlFor: () => page, onOpened: () => {} });
    expect(signIn.pending(looking)).to.have.nested.property('grant.query', `?code=secret&state=${attempt.state}`);
    expect(signIn.pending(looking), 'until it is taken: what else is loaded may fail').to.have.nested.property('grant.query', `?code=secret&state=${attempt.state}`);
    dropAttempt(attempt.channel);
    expect(signIn.pending(looking)).to.equal(null);
    expect(Object.keys(sessionStorage).filter((key) => key.includes(attempt.channel))).to.deep.equal([]);
  });
});
