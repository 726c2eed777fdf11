import type { Meta, StoryObj } from '@storybook/web-components-vite';
import type { Args } from './controls.js';
import { place } from './placed.js';

/**
 * Every attribute and every custom property, to play with. This one runs by the clock on the wall: watch the Actions
 * panel while you connect.
 */
const meta: Meta<Args> = {
  title: 'Controls',
  component: 'wearable-connect',
  args: { platform: 'demo', scenario: 'happy' },
  render: (args, context) => place(args, context),
};

export default meta;

export const Everything: StoryObj<Args> = {};
