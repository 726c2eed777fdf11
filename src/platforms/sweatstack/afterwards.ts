/** What of SweatStack is of use once somebody is signed in, and no sign-in needs: a part of its own. */
export { activityFrom } from './activity.js';
export { followBackfill } from './backfill.js';
export { visitPortal } from './portal.js';
export { revokeAll } from './revocation.js';
