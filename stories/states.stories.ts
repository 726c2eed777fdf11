import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect } from 'storybook/test';
import type { Platform } from '../src/index.js';
import type { Args } from './controls.js';
import { readyStage, stageIn } from './staged.js';
import type { Scene } from './staged.js';
import { patiently } from './visitor.js';

/** Every moment a visitor can meet, each standing still. Touch one, and time goes on from there. */
const meta: Meta<Args> = {
  title: 'States',
  component: 'wearable-connect',
  tags: ['state', 'pictured'],
  parameters: { controls: { include: ['layout', 'no-preview', 'inspector'] } },
};

export default meta;

type Story = StoryObj<Args>;

const moment = (scene: Scene): Story => ({
  parameters: { scenario: scene.scenario },
  render: (args, context) => stageIn(scene, args, context),
  play: async (context) => void (await readyStage(context)),
});

const cutOff = (platform: Platform): Platform => ({
  ...platform,
  authorize(_source, { onSight }) {
    queueMicrotask(() => onSight('apart', () => {}));
    return new Promise(() => {});
  },
});

/** What the demo's visitor takes to sign in, and the page to check what came back. */
const answered = 2_000;
const checked = answered + 600 + 250 + 250;
const firstOfIt = checked + 1_500 + 50;
const allOfIt = checked + 30_000;

export const Loading = moment({ scenario: 'happy', after: 100 });
export const Choosing = moment({ scenario: 'happy' });
export const ChoosingFromMany = moment({ scenario: 'many-sources' });
export const ChoosingFromTheRest = moment({ scenario: 'many-sources', then: ({ visitor }) => visitor.unfolds() });
export const Searching = moment({ scenario: 'many-sources', then: ({ visitor }) => visitor.types('wa') });
export const NothingFound = moment({ scenario: 'many-sources', then: ({ visitor }) => visitor.types('abacus') });
export const Denied = moment({ scenario: 'denied', pick: 'polar', after: answered });
export const WindowClosed = moment({ scenario: 'closed', pick: 'polar', after: answered });

export const SigningIn = moment({ scenario: 'happy', pick: 'garmin_connect', after: 500 });
export const WindowOutOfSight = moment({ scenario: 'coop-severed', pick: 'garmin_connect', after: 1_500 });
/** In a frame of another site, where the platform has cut the window off. The demo stands in no frame: one sentence of it is bent. */
export const WindowApart: Story = {
  ...moment({ scenario: 'happy', pick: 'garmin_connect' }),
  render: (args, context) => stageIn({ scenario: 'happy', pick: 'garmin_connect' }, args, context, { bend: cutOff }),
};
export const WindowBlocked = moment({ scenario: 'blocked', pick: 'garmin_connect', after: 500 });
/** The code leads to this very page, wherever it is: so it is in no approved picture. */
export const UsePhone: Story = { ...moment({ scenario: 'happy', pick: 'garmin_connect', after: 500, then: ({ visitor }) => visitor.acts('usePhone') }), tags: ['!pictured'] };
export const Confirming = moment({ scenario: 'happy', pick: 'garmin_connect', after: answered + 300 });

export const WaitingForTheFirst = moment({ scenario: 'happy', pick: 'garmin_connect', after: checked + 500 });
export const HistoryBegins = moment({ scenario: 'happy', pick: 'garmin_connect', after: firstOfIt });
export const HistoryHalfWay = moment({ scenario: 'happy', pick: 'garmin_connect', after: firstOfIt + 5_000 });
export const LineLost = moment({
  scenario: 'slow-backfill',
  pick: 'garmin_connect',
  after: checked + 6_000 + 125_000 + 1_000, // Half-way the line breaks, for four seconds.
  then: async ({ element }) => void (await patiently(() => expect(element.progress?.live).toBe(false))),
});
export const HistoryIsHere = moment({ scenario: 'happy', pick: 'garmin_connect', after: allOfIt });
export const PartOfTheHistory = moment({ scenario: 'partial', pick: 'garmin_connect', after: allOfIt });
export const NoNews = moment({ scenario: 'no-news', pick: 'garmin_connect', after: allOfIt });
export const NoActivitiesYet = moment({ scenario: 'no-data', pick: 'garmin_connect', after: allOfIt });
export const NeedsAttention = moment({ scenario: 'action-required', pick: 'garmin_connect', after: allOfIt });

export const Returning = moment({ scenario: 'returning', after: 5_000 });
export const ManyConnections = moment({ scenario: 'many-sources', pick: 'garmin_connect', after: allOfIt });
export const AddAnother = moment({ scenario: 'returning', then: ({ visitor }) => visitor.acts('addAnother') });
export const DisconnectOne = moment({ scenario: 'returning', then: ({ visitor }) => visitor.acts('disconnect', 'garmin_connect') });
export const Disconnected = moment({
  scenario: 'returning',
  then: async ({ element, clock }) => {
    const gone = element.disconnect();
    await clock.advance(500);
    await gone;
  },
});

export const SignInAgain = moment({ scenario: 'token-expired', pick: 'garmin_connect', after: allOfIt });
export const HistoryNotFetched = moment({ scenario: 'sync-failed', pick: 'garmin_connect', after: allOfIt });
export const Offline = moment({ scenario: 'offline' });
export const TooMuchGoingOn = moment({ scenario: 'rate-limited', pick: 'garmin_connect', after: allOfIt });
export const Unsupported: Story = { ...moment({ scenario: 'unsupported' }), tags: ['console-error'] };
/** The visitor reads a kind sentence, the developer one in the console. */
export const NotSetUp: Story = { ...moment({ scenario: 'misconfigured' }), tags: ['console-error'] };
export const WithInspector: Story = { ...moment({ scenario: 'returning', after: 5_000 }), args: { inspector: true } };
