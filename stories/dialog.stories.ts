import type { Meta, StoryObj } from '@storybook/web-components-vite';
import type { Args } from './controls.js';
import { readyStage, stageIn } from './staged.js';
import { words } from './visitor.js';

/** A button in the page; the card opens as a dialog above the page, which has to wait until it is closed. */
const meta: Meta<Args> = {
  title: 'Layouts/Dialog',
  component: 'wearable-connect',
  args: { layout: 'dialog' },
  parameters: { controls: { include: /^(layout|slot)/ } },
};

export default meta;

type Story = StoryObj<Args>;

const settled: Story['play'] = async (context) => void (await readyStage(context));

export const ToChoose: Story = { render: (args, context) => stageIn({ scenario: 'happy' }, args, context), play: settled };

export const Open: Story = {
  ...ToChoose,
  tags: ['!autodocs', 'pictured'],
  play: async (context) => {
    const { visitor } = await readyStage(context);
    await visitor.opens();
  },
};

/** The button says how things stand. */
export const Connected: Story = { parameters: { scenario: 'returning' }, render: (args, context) => stageIn({ scenario: 'returning', after: 5_000 }, args, context), play: settled };

/** The page's own button. */
export const OwnButton: Story = { ...ToChoose, args: { 'slot:trigger': 'Sync my watch' } };

/** Closed again, the focus is back at the button. Escape does the same: a browser takes that from a real key alone. */
export const OpenAndClose: Story = {
  ...ToChoose,
  tags: ['!autodocs'],
  async play(context) {
    const { visitor } = await readyStage(context);
    await context.step('the button opens the card', async () => {
      await visitor.press(words('trigger'));
      await visitor.sees(words('choose'));
    });
    await context.step('closed, the focus is where it was', async () => {
      await visitor.press(words('close'));
      await visitor.isAt(words('trigger'));
    });
  },
};
