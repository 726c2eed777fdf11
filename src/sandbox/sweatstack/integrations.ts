/** The wearables SweatStack signs in with, each living on an origin of its own. */
export const integrations = ['garmin_connect', 'intervals_icu', 'wahoo'] as const;
export type Integration = (typeof integrations)[number];
export type WearableSite = 'garmin' | 'intervals' | 'wahoo';

export interface IntegrationFacts {
  name: string;
  site: WearableSite;
  /** Wahoo keeps the address to itself; SweatStack then asks for one. */
  sharesEmail: boolean;
  dailies: boolean;
  workouts: boolean;
  devices: readonly string[];
}

export const integrationFacts: Record<Integration, IntegrationFacts> = {
  garmin_connect: {
    name: 'Garmin Connect', site: 'garmin', sharesEmail: true, dailies: true, workouts: true,
    devices: ['Garmin Edge 840', 'Garmin Forerunner 965'],
  },
  intervals_icu: {
    name: 'Intervals.icu', site: 'intervals', sharesEmail: true, dailies: false, workouts: false,
    devices: ['Coros Pace 3', 'Garmin Edge 530'],
  },
  wahoo: {
    name: 'Wahoo', site: 'wahoo', sharesEmail: false, dailies: false, workouts: false,
    devices: ['Wahoo ELEMNT BOLT', 'Wahoo KICKR'],
  },
};

export const isIntegration = (value: unknown): value is Integration => integrations.includes(value as Integration);

export const integrationOfSite = (site: string): Integration | undefined =>
  integrations.find((integration) => integrationFacts[integration].site === site);
