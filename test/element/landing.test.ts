import { expect, fixture, html } from '@open-wc/testing';
import type { WearableConnect } from '../../src/element/wearable-connect.js';
import { wiring } from '../../src/element/wiring.js';
import { turn } from '../../src/sync/clock.js';
import { prepare, until } from './widget.js';

/** The sign-in window of a page that is its own landing page: what is asked there must not sign in, restore or take up anything. */
describe('element: asked for something in a sign-in window that came back to the page itself', () => {
  const { isLanding, onLanding } = wiring;
  let landing = true;
  let tell = (): void => {};
  beforeEach(() => {
    landing = true;
    wiring.isLanding = () => landing;
    wiring.onLanding = (listener) => {
      tell = listener;
      return () => (tell = () => {});
    };
  });
  afterEach(() => void Object.assign(wiring, { isLanding, onLanding }));

  const methods: Record<string, (element: WearableConnect) => unknown> = {
    'getAccessToken': (element) => element.getAccessToken(),
    'refresh': (element) => element.refresh(),
    'disconnect': (element) => element.disconnect(),
    'manage': (element) => element.manage(),
    'back': (element) => element.back(),
    'retry': (element) => element.retry(),
    'reset': (element) => element.reset(),
  };
  for (const [method, act] of Object.entries(methods))
    it(`${method}() starts nothing, until it is a page again`, async () => {
      const made = prepare();
      const element = await fixture<WearableConnect>(html`<wearable-connect client-id="app"></wearable-connect>`);
      await act(element);
      await turn();
      expect(made.map(({ calls }) => calls)).to.deep.equal([[method]]);
      element.requestUpdate();
      await element.updateComplete;
      expect(made.flatMap(({ calls }) => calls)).to.deep.equal([method]);
      landing = false;
      tell();
      await until(() => made[0]?.calls.includes('start'));
      expect(made.map(({ calls }) => calls)).to.deep.equal([[method, 'start']]);
    });
});
