/** The element as a story shows it: one for each place, which lives on when a control or the toolbar changes something. */
import type { StoryContext } from '@storybook/web-components-vite';
import '../src/define.js';
import type { Platform, WearableConnect } from '../src/index.js';
import type { Args } from './controls.js';

const placed = new WeakMap<Element, WearableConnect>();

function slotted(element: WearableConnect, slot: string, text: Args[string]): void {
  const there = [...element.children].find((child) => child.slot === slot);
  if (!text) {
    there?.remove();
    return;
  }
  const child = there ?? element.appendChild(document.createElement(slot === 'trigger' ? 'button' : 'span'));
  child.slot = slot;
  child.textContent = String(text);
}

function set(element: WearableConnect, args: Args): void {
  for (const [name, value] of Object.entries(args)) {
    if (name.startsWith('--') || name === 'color-scheme') element.style.setProperty(name, String(value ?? ''));
    else if (name.startsWith('slot:')) slotted(element, name.slice(5), value);
    else if (value === undefined || value === null || value === '' || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
}

/** `platform`: made once for each element, and only when it is needed. */
export function place(args: Args, { canvasElement }: Pick<StoryContext, 'canvasElement'>, platform?: () => Platform): WearableConnect {
  const there = placed.get(canvasElement);
  const element = there ?? document.createElement('wearable-connect');
  set(element, args);
  if (there) return there;
  if (platform) element.platform = platform();
  placed.set(canvasElement, element);
  return element;
}

/** Storybook’s “remount” and the next story begin with a new one. */
export const forgetPlaced =
  ({ canvasElement }: Pick<StoryContext, 'canvasElement'>) =>
  (): void =>
    void placed.delete(canvasElement);
