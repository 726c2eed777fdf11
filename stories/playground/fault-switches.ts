/** The boxes that make things go wrong. A sandbox remembers its faults, so they are ticked by what it says. */
import { ofOpenWearables, ofSweatstack, type Mishap } from './faults.js';
import type { PlatformName } from './known.js';
import { titles } from './log.js';
import { find, known, piece } from './page.js';

const holds = (current: unknown, wanted: unknown): boolean =>
  typeof wanted === 'object' && wanted !== null && typeof current === 'object' && current !== null
    ? Object.entries(wanted).every(([name, value]) => holds((current as Record<string, unknown>)[name], value))
    : current === wanted;

async function switchesOf(platform: PlatformName, origin: string, mishaps: readonly Mishap<object>[]): Promise<HTMLElement> {
  const address = new URL('/sandbox/faults', origin);
  const current: unknown = await (await fetch(address)).json();
  const boxes = mishaps.map(({ label, changes }) => {
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = holds(current, changes);
    return { label, changes, box };
  });
  const group = piece('fieldset', 'faults', piece('legend', '', titles[platform]), piece('div', 'ticks', ...boxes.map(({ box, label }) => piece('label', 'tick', box, label))));
  group.dataset['platform'] = platform;
  group.addEventListener('change', () => void set());
  return group;

  /** One after the other: two of them may be about the same table. */
  async function set(): Promise<void> {
    await fetch(address, { method: 'DELETE' });
    for (const { changes } of boxes.filter(({ box }) => box.checked))
      await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(changes) });
  }
}

export const listFaults = async (): Promise<void> => {
  const groups = [switchesOf('sweatstack', known.sweatstack, ofSweatstack), switchesOf('open-wearables', known.openWearables, ofOpenWearables)];
  find('#faults').append(...(await Promise.all(groups)), piece('p', 'quiet', 'A fault holds for every tab, until its box is empty again.'));
};
