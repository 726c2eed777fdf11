/** What is of use once somebody signs in. */
export { checkedCode, claimOf, redeem, renew } from '../../oauth/proof.js';
export { followBackfill } from './backfill.js';
export { handOver } from './hand-over.js';
export { revokeAll } from './revocation.js';

/** All of it is here. */
export const fetchAhead = (): void => {};
