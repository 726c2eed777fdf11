import type { Meta, StoryObj } from '@storybook/web-components-vite';
import type { Args } from './controls.js';
import { readyStage, stageIn } from './staged.js';

/** A card in the page, as wide as its place up to 30 rem. It takes the room it needs, and nothing around it jumps. */
const meta: Meta<Args> = {
  title: 'Layouts/Inline',
  component: 'wearable-connect',
  args: { layout: 'inline' },
  parameters: { controls: { include: /^(layout|slot)/ } },
};

export default meta;

type Story = StoryObj<Args>;

const settled: Story['play'] = async (context) => void (await readyStage(context));

export const ToChoose: Story = { render: (args, context) => stageIn({ scenario: 'happy' }, args, context), play: settled };

export const Connected: Story = { parameters: { scenario: 'returning' }, render: (args, context) => stageIn({ scenario: 'returning', after: 5_000 }, args, context), play: settled };

/** A heading and a foot of the page's own. */
export const OwnHeadAndFoot: Story = {
  args: { 'slot:header': 'Bring your training along', 'slot:footer': 'Questions? Ask your coach.' },
  render: (args, context) => stageIn({ scenario: 'happy' }, args, context),
  play: settled,
};

/** At 240 px, the narrowest place that it is made for. */
export const Narrow: Story = {
  parameters: { scenario: 'returning' },
  render: (args, context) => {
    const element = stageIn({ scenario: 'returning', after: 5_000 }, args, context);
    element.style.inlineSize = '240px';
    return element;
  },
  play: settled,
};
