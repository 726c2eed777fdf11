/** What the widgets told, the newest first. */
import type { WearableConnect, WearableEventMap } from '../../src/index.js';
import type { PlatformName } from './known.js';
import { find, piece } from './page.js';

const list = find('#log');
find('#clear').addEventListener('click', () => {
  list.replaceChildren();
});

export const titles: Readonly<Record<PlatformName, string>> = { sweatstack: 'SweatStack', 'open-wearables': 'Open Wearables', demo: 'Demo' };

const names: Record<keyof WearableEventMap, true> = {
  'wearable-change': true,
  'wearable-tokens': true,
  'wearable-connected': true,
  'wearable-connections': true,
  'wearable-preview': true,
  'wearable-progress': true,
  'wearable-complete': true,
  'wearable-cancelled': true,
  'wearable-error': true,
  'wearable-disconnected': true,
  'wearable-wire': true,
};

/** A long detail is folded, so that the order of the events stays in view. */
const folded = (value: unknown): HTMLElement => {
  const short = typeof value === 'string' ? value : JSON.stringify(value);
  if (short.length < 160) return piece('code', '', short);
  return piece('details', '', piece('summary', '', `${short.slice(0, 120)} …`), piece('code', '', JSON.stringify(value, null, 1)));
};

interface Line {
  readonly seq?: number;
  readonly name: string;
  readonly attempt?: string | undefined;
  readonly value?: unknown;
  readonly failed?: boolean;
}

export const write = (platform: PlatformName, { seq, name, attempt, value = '', failed = false }: Line): void => {
  const head = piece('span', 'head', piece('span', failed ? 'name failed' : 'name', name), piece('span', `from ${platform}`, titles[platform]));
  if (attempt) head.append(piece('span', 'attempt', `attempt ${attempt.slice(0, 6)}`));
  list.prepend(piece('li', '', piece('span', 'seq', seq === undefined ? '' : String(seq)), head, folded(value)));
};

const hidden = (expiresAt: number | null): string => (expiresAt === null ? '••••' : `•••• (expires in ${Math.round((expiresAt - Date.now()) / 1000)} s)`);

/** Every event but never a token. */
export const listen = (platform: PlatformName, widget: WearableConnect): void => {
  const show = (event: WearableEventMap[keyof WearableEventMap]): void => {
    const { seq, attempt, ...rest } = { ...event.detail };
    let value: object = rest;
    if (event.type === 'wearable-tokens') {
      const { reason, expiresAt, scope, refreshToken, idToken } = (event as WearableEventMap['wearable-tokens']).detail;
      value = { reason, accessToken: hidden(expiresAt), scope, ...(refreshToken && { refreshToken: '••••' }), ...(idToken && { idToken: '••••' }) };
    }
    write(platform, { seq, name: event.type, attempt, value, failed: event.type === 'wearable-error' });
  };
  for (const name of Object.keys(names) as (keyof WearableEventMap)[]) widget.addEventListener(name, show);
};
