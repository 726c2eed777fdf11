import { expect } from '@open-wc/testing';
import { closeAhead, openAhead, takeAhead } from '../../src/oauth/ahead.js';
import { createFakeWindow } from './surroundings.js';

describe('oauth/ahead', () => {
  let opened: ReturnType<typeof createFakeWindow>[];
  const open = () => {
    const handle = createFakeWindow('about:blank');
    opened.push(handle);
    return handle;
  };
  beforeEach(() => {
    opened = [];
  });
  afterEach(closeAhead);

  it('gives the window that a click opened to whoever opens one next, and to nobody after that', () => {
    openAhead(open);
    expect(takeAhead('https://a.example/', 'wc-1')).to.equal(opened[0]);
    expect([opened[0]?.location.href, opened[0]?.name, opened[0]?.closed]).to.deep.equal(['https://a.example/', 'wc-1', false]);
    expect(takeAhead('https://a.example/', 'wc-2')).to.equal(null);
    closeAhead();
    expect(opened[0]?.closed, 'it is theirs').to.equal(false);
  });

  it('leaves a blank one blank, for who knows the address later still', () => {
    openAhead(open);
    opened[0]!.location.href = 'about:blank#untouched';
    takeAhead('about:blank', 'wc-1');
    expect(opened[0]?.location.href).to.equal('about:blank#untouched');
  });

  it('is one, however often it is asked for; another one where the visitor has closed it', () => {
    openAhead(open);
    openAhead(open);
    expect([opened.length, opened[0]?.focused]).to.deep.equal([1, 1]);
    opened[0]?.close();
    openAhead(open);
    expect(opened.length).to.equal(2);
  });

  it('is not given away where the visitor has closed it, nor where none was to be had', () => {
    openAhead(open);
    opened[0]?.close();
    expect(takeAhead('https://a.example/', 'wc-1')).to.equal(null);
    openAhead(() => null);
    expect(takeAhead('https://a.example/', 'wc-1')).to.equal(null);
  });

  it('is closed where nobody took it', () => {
    openAhead(open);
    closeAhead();
    closeAhead();
    expect([opened[0]?.closed, takeAhead('https://a.example/', 'wc-1')]).to.deep.equal([true, null]);
  });
});
