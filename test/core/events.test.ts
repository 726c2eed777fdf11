import { expect } from '@open-wc/testing';
import * as others from '../../src/core/events.js';
import type { Tokens } from '../../src/core/nouns.js';
import { TokensDetail, WearableTokensEvent } from '../../src/core/tokens-event.js';

const events = { ...others, WearableTokensEvent };

const tokens: Tokens = { accessToken: 'canary-access', tokenType: 'Bearer', expiresAt: 1234, scope: 'profile data:read', refreshToken: 'canary-refresh', idToken: 'canary-id' };
const make = (more: Partial<Tokens> = {}): WearableTokensEvent => new WearableTokensEvent(new TokensDetail({ ...tokens, ...more }, { seq: 7, attempt: 'a1', reason: 'connected' }));

/** All that can be seen of a value without asking it by name. */
function seen(value: unknown): string {
  const own = Object(value) as object;
  const described = Object.values(Object.getOwnPropertyDescriptors(own)).map(({ value: member }) => String(member));
  return [JSON.stringify(value), ...described, ...Object.keys(own), ...Reflect.ownKeys(own).map(String)].join(' ');
}

describe('core/events', () => {
  describe('the detail of tokens [T7, T8]', () => {
    it('is read by name', () => {
      const { detail } = make();
      expect(detail.accessToken).to.equal('canary-access');
      expect(detail.tokenType).to.equal('Bearer');
      expect(detail.expiresAt).to.equal(1234);
      expect(detail.scope).to.equal('profile data:read');
      expect(detail.refreshToken).to.equal('canary-refresh');
      expect(detail.idToken).to.equal('canary-id');
      expect(detail).to.include({ seq: 7, attempt: 'a1', reason: 'connected' });
    });

    const copies: Record<string, (detail: TokensDetail) => unknown> = {
      'JSON.stringify': (detail) => JSON.parse(JSON.stringify(detail)) as unknown,
      'JSON.stringify of the event': () => JSON.parse(JSON.stringify(make())) as unknown,
      spread: (detail) => ({ ...detail }),
      'Object.assign': (detail) => Object.assign({}, detail),
      'Object.entries': (detail) => Object.entries(detail),
      'for in': (detail) => {
        const names: string[] = [];
        for (const name in detail) names.push(name);
        return names;
      },
      structuredClone: (detail) => structuredClone(detail),
      'history.replaceState': (detail) => {
        const before = history.state as unknown;
        history.replaceState(detail, '');
        const kept: unknown = history.state;
        history.replaceState(before, '');
        return kept;
      },
      'a string': (detail: unknown) => `${JSON.stringify(detail)}${Object.prototype.toString.call(detail)}`,
      itself: (detail) => detail,
    };
    for (const [name, copy] of Object.entries(copies)) it(`gives no token to ${name}`, () => expect(seen(copy(make().detail))).not.to.contain('canary'));

    it('crosses no channel', async () => {
      const { port1, port2 } = new MessageChannel();
      const arrived = new Promise<unknown>((resolve) => (port2.onmessage = ({ data }) => resolve(data)));
      port1.postMessage(make().detail);
      expect(seen(await arrived)).not.to.contain('canary');
      port1.close();
    });

    it('is revealed on purpose, as a plain copy', () => {
      const { detail } = make();
      const revealed = detail.reveal();
      expect(revealed).to.deep.equal(tokens);
      expect(Object.getPrototypeOf(revealed)).to.equal(Object.prototype);
      Object.assign(revealed, { accessToken: 'changed' });
      expect(detail.accessToken).to.equal('canary-access');
    });

    it('has only what came', () => {
      const { refreshToken: _, idToken: __, ...plain } = tokens;
      const detail = new TokensDetail(plain, { seq: 1, reason: 'restored' });
      expect([detail.refreshToken, detail.idToken]).to.deep.equal([undefined, undefined]);
      expect(detail.reveal()).to.deep.equal(plain);
    });

    it('is frozen, and deaf to what becomes of the object it was made of', () => {
      const mutable = { ...tokens };
      const event = new WearableTokensEvent(new TokensDetail(mutable, { seq: 1, reason: 'connected' }));
      mutable.accessToken = 'changed';
      expect(event.detail.accessToken).to.equal('canary-access');
      expect(Object.isFrozen(event.detail)).to.equal(true);
      expect(() => Object.assign(event.detail, { accessToken: 'x' })).to.throw(TypeError);
    });
  });

  it('the tokens alone neither bubble nor are composed; nothing can be cancelled [T8]', () => {
    const plain = { seq: 1 } as never;
    const made = [
      make(),
      ...Object.entries(events)
        .filter(([name]) => name.endsWith('Event') && name !== 'WearableTokensEvent')
        .map(([, Made]) => new (Made as new (detail: never) => Event)(structuredClone(plain))),
    ];
    expect(made.length).to.equal(11);
    for (const event of made) {
      const reaches = event.type !== 'wearable-tokens';
      expect([event.bubbles, event.composed, event.cancelable], event.type).to.deep.equal([reaches, reaches, false]);
      expect(event.type).to.match(/^wearable-[a-z]+$/);
    }
    expect(new Set(made.map(({ type }) => type)).size).to.equal(11);
  });

  it('freezes a detail all the way down', () => {
    const event = new events.WearableWireEvent({ seq: 1, method: 'GET', url: '', status: 200, milliseconds: 1, request: null, response: { deep: [{}] } });
    expect(Object.isFrozen((event.detail.response as { deep: object[] }).deep[0])).to.equal(true);
  });
});
