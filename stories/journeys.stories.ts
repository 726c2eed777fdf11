import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect } from 'storybook/test';
import type { Args } from './controls.js';
import { reach, readyStage, stageIn } from './staged.js';
import type { Scene } from './staged.js';
import { patiently, words } from './visitor.js';

/** A visitor's way from one end to the other, walked by a play function: the Interactions panel has each step. */
const meta: Meta<Args> = {
  title: 'Journeys',
  component: 'wearable-connect',
  globals: { locale: 'en' }, // The buttons are found by what they say.
  parameters: { controls: { include: ['layout'] } },
};

export default meta;

type Story = StoryObj<Args>;

const begins = (scene: Scene): Pick<Story, 'render' | 'parameters'> => ({ parameters: { scenario: scene.scenario }, render: (args, context) => stageIn(scene, args, context) });

export const Connect: Story = {
  ...begins({ scenario: 'happy' }),
  async play(context) {
    const stage = await readyStage(context);
    const { element, clock, visitor } = stage;
    await context.step('pick a wearable', async () => {
      await visitor.press(/^Garmin/);
      await visitor.sees(words('finishTitle'));
    });
    await context.step('sign in', async () => {
      await reach(stage, 'syncing');
      await expect(element.connections.map(({ source }) => source)).toEqual(['garmin_connect']);
      await visitor.sees(words('connectedTitle'));
    });
    await context.step('watch the history come in', async () => {
      await clock.advance(4_000);
      await patiently(() => expect(element.progress?.loadedUntil).toBeTruthy());
      await reach(stage, 'connected');
      await visitor.sees(words('outcome_success'));
    });
  },
};

export const SayNo: Story = {
  ...begins({ scenario: 'denied' }),
  async play(context) {
    const stage = await readyStage(context);
    await stage.visitor.press(/^Polar/);
    await reach(stage, 'choosing');
    await stage.visitor.sees(words('notice_denied'));
  },
};

/** The window goes away and the page gives up on it; then the answer comes after all, and counts. */
export const ClosedAndStillConnected: Story = {
  ...begins({ scenario: 'late-success' }),
  async play(context) {
    const stage = await readyStage(context);
    await context.step('the window is closed', async () => {
      await stage.visitor.press(/^Polar/);
      await reach(stage, 'choosing');
      await stage.visitor.sees(words('notice_closed'));
    });
    await context.step('the answer comes', async () => {
      await reach(stage, 'syncing');
      await stage.visitor.sees(words('connectedTitle'));
    });
  },
};

export const BlockedAndTriedAgain: Story = {
  ...begins({ scenario: 'blocked' }),
  async play(context) {
    const stage = await readyStage(context);
    await stage.visitor.press(/^Garmin/);
    await stage.clock.advance(500);
    await stage.visitor.sees(words('blockedTitle'));
    await stage.visitor.press(words('tryAgain'));
    await reach(stage, 'connected');
  },
};

export const CancelWhileSigningIn: Story = {
  ...begins({ scenario: 'happy' }),
  async play(context) {
    const { element, visitor } = await readyStage(context);
    await visitor.press(/^Garmin/);
    await visitor.press(words('cancel'));
    await patiently(() => expect(element.phase).toBe('choosing'));
  },
};

export const Disconnect: Story = {
  ...begins({ scenario: 'returning' }),
  async play(context) {
    const { element, clock, visitor } = await readyStage(context);
    await context.step('asked first, and kept', async () => {
      await visitor.press(/^Disconnect Garmin/);
      await visitor.sees(words('disconnectSource'));
      await visitor.press(words('keep'));
      await expect(element.connections).toHaveLength(2);
    });
    await context.step('asked again, and let go', async () => {
      await visitor.press(/^Disconnect Garmin/);
      await visitor.press('Disconnect');
      await clock.advance(1_000);
      await patiently(() => expect(element.connections.map(({ source }) => source)).toEqual(['strava']));
    });
  },
};

export const AddAnother: Story = {
  ...begins({ scenario: 'returning' }),
  async play(context) {
    const stage = await readyStage(context);
    const { element, visitor } = stage;
    await visitor.press(words('addAnother'));
    await visitor.press(/^Polar/);
    await reach(stage, 'connected');
    await expect(element.connections.map(({ source }) => source)).toEqual(['garmin_connect', 'strava', 'polar']);
  },
};

export const FindAmongMany: Story = {
  ...begins({ scenario: 'many-sources' }),
  async play(context) {
    const stage = await readyStage(context);
    const { element, visitor } = stage;
    await visitor.types('wit');
    await visitor.press(/^Withings/);
    await reach(stage, 'connected');
    await expect(element.connections.some(({ source }) => source === 'withings')).toBe(true);
  },
};

export const SignInAgain: Story = {
  ...begins({ scenario: 'token-expired', pick: 'garmin_connect', after: 30_000 }),
  async play(context) {
    const stage = await readyStage(context);
    await stage.visitor.sees(words('error_session_expired'));
    await stage.visitor.press(words('signInAgain'));
    await reach(stage, 'connected');
  },
};

export const OfflineAndBack: Story = {
  ...begins({ scenario: 'offline' }),
  async play(context) {
    const stage = await readyStage(context);
    await stage.visitor.sees(words('error_network'));
    await stage.visitor.press(words('tryAgain'));
    await reach(stage, 'choosing');
  },
};
