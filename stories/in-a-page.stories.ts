import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect } from 'storybook/test';
import { demo } from '../src/platforms.js';
import type { Args } from './controls.js';
import { place } from './placed.js';
import { patiently } from './visitor.js';

/**
 * Between other things, as on a host's page, and by the clock on the wall, three times as fast. What stands below must stay where it is
 * while the visitor connects, unless they have just pressed something.
 */
const meta: Meta<Args> = {
  title: 'In a page',
  component: 'wearable-connect',
  tags: ['!autodocs'],
  parameters: { controls: { include: ['layout', 'no-preview'] } },
};

export default meta;

const paragraph = (text: string): HTMLParagraphElement => Object.assign(document.createElement('p'), { textContent: text });

const article = (element: HTMLElement): HTMLElement => {
  const page = document.createElement('article');
  page.style.cssText = 'max-inline-size: 40rem; margin-inline: auto; font: 1rem/1.6 system-ui, sans-serif; color: CanvasText';
  page.append(
    Object.assign(document.createElement('h1'), { textContent: 'The spring plan' }),
    paragraph('Twelve weeks, three runs a week. We look at what you have done so far, and begin where you are.'),
    element,
    paragraph('Nobody but your coach sees your activities. You can leave the club, and take everything along, whenever you like.'),
    paragraph('Questions? Come by on Tuesday evening: the kettle is on from seven.'),
  );
  return page;
};

export const BetweenOtherThings: StoryObj<Args> = {
  render: (args, context) => {
    const there = context.canvasElement.querySelector('article');
    const element = place(args, context, () => demo({ scenario: 'happy', speed: 3, popup: false, sources: 'garmin_connect polar strava' }));
    if (there) return there;
    performance.mark('placed');
    return article(element);
  },
  async play({ canvasElement }) {
    await patiently(() => expect(canvasElement.querySelector('wearable-connect')?.phase).toBe('choosing'));
  },
};
