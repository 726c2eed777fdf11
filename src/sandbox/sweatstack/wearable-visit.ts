import { remember, secret } from '../remember.js';
import type { Permission, Visit } from '../wearable-site.js';
import { integrationOfSite, type Integration } from './integrations.js';
import type { World } from './world.js';

const permissions: Record<Integration, readonly Permission[]> = {
  garmin_connect: [
    { title: 'Activities', detail: 'New activities as you finish them' },
    { field: 'history', title: 'Historical data', detail: 'Activities from the last five years' },
    { field: 'dailies', title: 'Daily health', detail: 'Steps, sleep and resting heart rate' },
  ],
  intervals_icu: [{ title: 'Activities', detail: 'Read your activities, new and past' }],
  wahoo: [
    { title: 'Profile', detail: 'Your name, without your e-mail' },
    { title: 'Workouts', detail: 'Read your workouts, new and past' },
  ],
};

/** Who SweatStack has sent to a wearable's site; they go back with a one-time ticket or with a no. */
export function sweatstackVisit(world: World, site: string, state: string): Visit | undefined {
  const integration = integrationOfSite(site);
  const errand = world.errands.get(state);
  if (integration === undefined || errand?.integration !== integration) return undefined;
  const faults = world.faults.merged(errand.next.to === 'attempt' ? world.attempts.get(errand.next.id)?.faults : undefined);
  const back = (answer: Record<string, string>): string => {
    const url = new URL(`${world.origins.sweatstack}/integrations/${integration}/callback`);
    url.search = new URLSearchParams({ state, ...answer }).toString();
    return url.href;
  };
  return {
    asker: 'SweatStack', permissions: permissions[integration],
    openerPolicy: faults.coop.wearable, delay: faults.delays.wearable ?? 0, deny: false,
    granted(person, kept) {
      const ticket = secret();
      const leftOut = (field: 'history' | 'dailies'): boolean =>
        permissions[integration].some((permission) => permission.field === field) && !kept.has(field);
      remember(world.tickets, ticket, { integration, person, history: !leftOut('history'), dailies: !leftOut('dailies') });
      return back({ code: ticket });
    },
    denied: () => back({ error: 'access_denied' }),
  };
}
