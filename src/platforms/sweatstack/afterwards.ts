/** What comes after a sign-in, and is fetched during one: reading who it is and what they have, following their history, taking the tokens back. */
export { accountStatusFrom, userFrom } from '../../core/account.js';
export { activityFrom } from './activity.js';
export { followBackfill } from './backfill.js';
export { revokeAll } from './revocation.js';
