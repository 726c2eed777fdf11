import { expect } from '@open-wc/testing';
import { openRelay } from '../../src/element/relay.js';
import { openWindow } from '../../src/oauth/window.js';

const words = { text: 'One more <b>step</b>', button: 'Go on' };

/** A frame of this origin stands for the window: the same kind of document, without a window on anybody's screen. */
describe('oauth, a window of our own before the platform’s [S13, T16]', () => {
  const { open } = window;
  let frame: HTMLIFrameElement;
  let opened: string[];

  beforeEach(() => {
    frame = document.body.appendChild(document.createElement('iframe'));
    opened = [];
    window.open = (url) => {
      opened.push(`page ${String(url)}`);
      return frame.contentWindow;
    };
    const relay = frame.contentWindow as Window;
    relay.open = (url) => {
      opened.push(`relay ${String(url)}`);
      return null;
    };
  });
  afterEach(() => {
    window.open = open;
    frame.remove();
  });

  const body = (): HTMLElement => frame.contentDocument?.body as HTMLElement;

  it('opens blank, so that nothing is fetched, and asks for a click of its own', () => {
    openRelay('https://platform.example/authorize', 'wc-1', openWindow, words.text, words.button);
    expect(opened).to.deep.equal(['page ']);
    expect(body().querySelector('p')?.textContent).to.equal('One more <b>step</b>');
    expect(body().querySelector('b'), 'words are text').to.equal(null);
    body().querySelector('button')?.click();
    expect(opened.at(-1), 'from the window that was clicked').to.equal('relay https://platform.example/authorize');
  });

  it('is null where the browser would not', () => {
    window.open = () => null;
    expect(openRelay('https://platform.example/authorize', 'wc-1', openWindow, words.text, words.button)).to.equal(null);
  });

  it('has no style and no script in its markup: a strict policy is inherited by a blank window', () => {
    openRelay('https://platform.example/authorize', 'wc-1', openWindow, words.text, words.button);
    expect(body().querySelector('script, style, [onclick]')).to.equal(null);
  });
});
