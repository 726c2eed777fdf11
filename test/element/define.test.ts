import { expect, fixture, html } from '@open-wc/testing';
import { define } from '../../src/define.js';
import { WearableConnect } from '../../src/element/wearable-connect.js';
import { wiring } from '../../src/element/wiring.js';
import { prepare } from './widget.js';

function warnings(act: () => void): string[] {
  const real = console.warn;
  const lines: string[] = [];
  console.warn = (line: string) => void lines.push(line);
  try {
    act();
  } finally {
    console.warn = real;
  }
  return lines;
}

describe('define', () => {
  it('has registered the element', async () => {
    prepare();
    expect(customElements.get('wearable-connect')).to.equal(WearableConnect);
    expect(await fixture(html`<wearable-connect></wearable-connect>`)).to.be.instanceOf(WearableConnect);
    expect(WearableConnect.version).to.match(/^\d+\.\d+\.\d+/);
  });

  it('is silent about the same version [F23, T18]', () => {
    expect(warnings(() => define())).to.deep.equal([]);
  });

  it('registers under another name', () => {
    define('other-connect');
    define('another-connect');
    expect(document.createElement('other-connect')).to.be.instanceOf(WearableConnect);
    expect(document.createElement('another-connect')).to.be.instanceOf(WearableConnect);
  });

  it('warns once of another version, naming both, and leaves it [F23, T18]', () => {
    class Old extends HTMLElement {
      static version = '0.0.1';
    }
    customElements.define('old-connect', Old);
    const lines = warnings(() => {
      define('old-connect');
      define('old-connect');
    });
    expect(lines).to.have.length(1);
    expect(lines[0]).to.include('0.0.1').and.to.include(WearableConnect.version);
    expect(customElements.get('old-connect')).to.equal(Old);
  });

  it('is an ordinary page where no sign-in has come back', () => {
    expect(wiring.isLanding()).to.equal(false);
  });
});
