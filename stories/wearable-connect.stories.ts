import type { Meta, StoryObj } from '@storybook/web-components-vite';
import '../src/define.js';
import { ConnectError } from '../src/index.js';
import type { Phase, Platform, Sight, WearableConnect } from '../src/index.js';
import { pretend, progress, signedIn, told } from './pretend.js';

interface Args {
  scenario: Partial<Platform>;
  /** Which wearable the visitor picks, if any. */
  pick?: string;
  lang: string;
  inspector: boolean;
}

/** Every phase, each reached the way a visitor reaches it: by what the platform answers and what is pressed. */
const meta: Meta<Args> = {
  title: 'wearable-connect',
  component: 'wearable-connect',
  args: { scenario: {}, lang: 'en', inspector: false },
  argTypes: { scenario: { control: false }, pick: { control: false } },
  render: ({ scenario, lang, inspector }) => {
    const element = document.createElement('wearable-connect');
    Object.assign(element, { platform: pretend(scenario), lang, inspector });
    element.style.inlineSize = '24rem';
    return element;
  },
  play: async ({ canvasElement, args: { pick } }) => {
    const element = canvasElement.querySelector('wearable-connect');
    if (!element || !pick) return;
    await reached(element, 'choosing');
    void element.connect(pick);
  },
};

export default meta;

type Story = StoryObj<Args>;

const reached = (element: WearableConnect, phase: Phase): Promise<void> =>
  new Promise((resolve) => {
    if (element.phase === phase) return resolve();
    element.addEventListener('wearable-change', ({ detail }) => {
      if (detail.phase === phase) resolve();
    });
  });

const never = <T>(): Promise<T> => new Promise<T>(() => {});

export const Loading: Story = { args: { scenario: { sources: never } } };

export const Choosing: Story = {};

export const Denied: Story = { args: { pick: 'wahoo', scenario: { authorize: () => Promise.reject(new ConnectError('access_denied', 'The visitor said no.')) } } };

export const Authorizing: Story = { args: { pick: 'garmin_connect' } };

/** The window as it looks from the page, and nothing more happens. */
const windowLooks = (sight: Sight): Story => ({
  args: {
    pick: 'garmin_connect',
    scenario: {
      authorize(_source, { onSight }) {
        queueMicrotask(() => onSight(sight, () => {}));
        return never();
      },
    },
  },
});

export const WindowOutOfSight: Story = windowLooks('lost');

/** The page is in a frame of another site, and the platform has cut the window off: a second one asks for a click of its own. */
export const WindowApartFromAFrame: Story = windowLooks('apart');

export const WindowBlocked: Story = windowLooks('blocked');


export const Confirming: Story = { args: { pick: 'garmin_connect', scenario: { authorize: () => Promise.resolve({}) } } };

export const Syncing: Story = { args: { scenario: signedIn } };

export const SyncingWithoutAFraction: Story = {
  args: { scenario: { ...signedIn, follow: () => told({ type: 'progress', progress: { ...progress, ratio: null, live: false } }) } },
};

export const Connected: Story = { args: { scenario: { ...signedIn, follow: () => told({ type: 'finished', outcome: 'success' }) } } };

export const ConnectedInPart: Story = { args: { scenario: { ...signedIn, follow: () => told({ type: 'finished', outcome: 'partial' }) } } };

export const WithoutNews: Story = { args: { scenario: { ...signedIn, follow: () => told({ type: 'finished', outcome: 'unknown' }) } } };

export const HistoryFailed: Story = {
  args: {
    scenario: {
      ...signedIn,
      async *follow() {
        yield await Promise.reject<never>(new ConnectError('sync_failed', 'The stream ended early.'));
      },
    },
  },
};

export const Failed: Story = { args: { scenario: { sources: () => Promise.reject(new ConnectError('network', 'The list never arrived.')) } } };

export const SignInAgain: Story = {
  args: {
    scenario: {
      ...signedIn,
      async *follow() {
        yield await Promise.reject<never>(new ConnectError('session_expired', 'The session was refused.'));
      },
    },
  },
};

/** Every custom property at once. */
export const Themed: Story = {
  args: { scenario: signedIn },
  render: ({ scenario, lang }) => {
    const element = document.createElement('wearable-connect');
    Object.assign(element, { platform: pretend(scenario), lang });
    const theme = { accent: '#7a2e0e', 'on-accent': '#fff8f0', surface: '#fffaf3', text: '#2b1a10', muted: '#6d5546', line: '#ead9c8', radius: '4px', space: '10px', font: 'Georgia, serif' };
    for (const [name, value] of Object.entries(theme)) element.style.setProperty(`--wearable-${name}`, value);
    element.style.inlineSize = '24rem';
    return element;
  },
};
