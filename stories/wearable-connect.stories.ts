import type { Meta, StoryObj } from '@storybook/web-components-vite';
import '../src/define.js';

type Attributes = Partial<Record<'client-id' | 'sign-in' | 'mode' | 'persist' | 'sources' | 'scope' | 'lang', string>> & {
  readonly inspector?: boolean;
};

/** Written as a page writes it, by attributes: what a story shows, a host can copy. */
const render = (attributes: Attributes): HTMLElement => {
  const element = document.createElement('wearable-connect');
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'boolean') element.toggleAttribute(name, value);
    else if (value) element.setAttribute(name, value);
  }
  element.style.inlineSize = 'min(26rem, calc(100vw - 2rem))';
  return element;
};

const choice = (options: readonly string[]): object => ({ control: 'inline-radio', options });

const meta: Meta<Attributes> = {
  title: 'wearable-connect',
  component: 'wearable-connect',
  render,
  args: { 'client-id': 'demo-client', 'sign-in': 'express', mode: 'auto', persist: 'memory', inspector: false },
  argTypes: {
    'client-id': { control: 'text' },
    'sign-in': choice(['express', 'standard']),
    mode: choice(['auto', 'popup', 'redirect']),
    persist: choice(['memory', 'session', 'local']),
    sources: { control: 'text' },
    scope: { control: 'text' },
    lang: { control: 'text' },
    inspector: { control: 'boolean' },
  },
};

export default meta;

export const Choosing: StoryObj<Attributes> = {};

/** Two wearables, in the order the page wants them. */
export const TwoSources: StoryObj<Attributes> = { args: { sources: 'wahoo garmin_connect' } };

/** What a developer sees who forgot the client id. */
export const Misconfigured: StoryObj<Attributes> = { args: { 'client-id': '' } };
