import type { AnswerFault, StreamFault } from '../broken-answer.js';
import { isCount, isPolicy, isStatus, type Changes, type FaultList } from '../fault-box.js';
import { cloudIds, providerIds } from './providers.js';
import { releases, type Release } from './releases.js';

/**
 * Everything that can be made to go wrong with Open Wearables, in one list. Two ways to ask for it:
 *
 * - `createSandbox({faults: {openWearables: {…}}})` and `sandbox.setFaults({openWearables: {…}})`;
 * - `POST /sandbox/faults` on its own origin, with the same object as JSON (`GET` reads, `DELETE` clears).
 */

/** Answers that can be broken one by one. */
export const openWearablesEndpoints = [
  'users', 'providers', 'authorize', 'callback', 'connections', 'disconnect', 'sync', 'historical', 'recent', 'runs', 'stream',
  'backfill', 'summaries', 'events', 'token', 'tokenRefresh', 'tokenRevoke', 'admin',
] as const;
export type OpenWearablesEndpoint = (typeof openWearablesEndpoints)[number];

/** Pages a visitor sees. The callback is no page when all goes well, but a window does pass through it. */
const pages = ['wearable', 'callback'] as const;

export const garminTypes = ['sleeps', 'dailies', 'activities', 'activityDetails', 'hrv'] as const;
export type GarminType = (typeof garminTypes)[number];

export interface OpenWearablesFaults {
  /** A broken answer for each endpoint; a number alone is its status. `{"body": "reset"}` drops the request. */
  answers: Partial<Record<OpenWearablesEndpoint, AnswerFault | number>>;
  /** Milliseconds before an endpoint answers or a page shows. */
  delays: Partial<Record<OpenWearablesEndpoint | 'wearable', number>>;
  /** `Cross-Origin-Opener-Policy` of a page: cuts the window off from its opener. */
  coop: Partial<Record<(typeof pages)[number], string>>;
  /** How the status stream breaks; counted in events. */
  stream: Pick<StreamFault, 'cutAfter' | 'cutInside' | 'stallAfter'>;
  /** Answers as this release did: what came later is missing. */
  release: Release;
  /** These are listed as enabled, but the server has no credentials for them: `client_id` is empty. */
  noCredentials: string[];
  /** The admin has switched these off; authorization is answered all the same, as the real one does. */
  disabled: string[];
  /** These have no sign-in on the web, only the phone's SDK; Apple Health and Samsung Health never do. */
  sdkOnly: string[];
  /** The wearable's site decides by itself: no. */
  deny: boolean;
  /** The provider refuses the code: 400, a JSON page of the server's own, and no way back. */
  badCode: boolean;
  /** The provider cannot be reached for the code: 500, likewise. */
  providerDown: boolean;
  /** Every state is older than fifteen minutes: 400, likewise. */
  stateExpired: boolean;
  /** The way back is taken, but no connection appears. */
  connectionMissing: boolean;
  /** The way back is taken, and the connection that appears is this provider's. */
  connectionElsewhere: string | null;
  /** What the list says of connections that are active. */
  connectionStatus: 'active' | 'revoked' | 'expired';
  /** Somebody else has connected the same account: their id is in the list and in every event. */
  linkedAccount: boolean;
  /** No history by itself on connect: a setting of the server today, and announced for all. */
  noAutomaticHistory: boolean;
  /** A history that is asked for is answered with 200 and never begun. */
  historyDropped: boolean;
  /** A pull begins and says nothing more. */
  historyStuck: boolean;
  /** The provider refuses to be read: the run ends as failed, the connection stays active. */
  pullFails: boolean;
  /** Garmin was connected without the permission for past data: no event at all. */
  historyNotGranted: boolean;
  /** Garmin refuses the backfill: one event, and silence. */
  garminRefused: boolean;
  /** These of Garmin's five never come, nor do they in the second round. */
  garminTimesOut: GarminType[];
  /** Providers, stages and members this widget has never heard of. */
  unknownValues: boolean;
}

export type OpenWearablesChanges = Changes<OpenWearablesFaults>;

const noFaults = (): OpenWearablesFaults => ({
  answers: {}, delays: {}, coop: {}, stream: {}, release: 'current', noCredentials: [], disabled: [], sdkOnly: [],
  deny: false, badCode: false, providerDown: false, stateExpired: false, connectionMissing: false, connectionElsewhere: null,
  connectionStatus: 'active', linkedAccount: false, noAutomaticHistory: false, historyDropped: false, historyStuck: false,
  pullFails: false, historyNotGranted: false, garminRefused: false, garminTimesOut: [], unknownValues: false,
});

export const openWearablesFaults: FaultList<OpenWearablesFaults> = {
  none: noFaults,
  tables: {
    answers: { entries: openWearablesEndpoints, fits: isStatus, shape: 'a status from 200 to 599, or an object with one' },
    delays: { entries: [...openWearablesEndpoints, 'wearable'], fits: isCount, shape: 'a number of milliseconds' },
    coop: { entries: pages, fits: isPolicy, shape: 'a header value' },
    stream: {
      entries: ['cutAfter', 'cutInside', 'stallAfter'],
      fits: (value) => isCount(value) || typeof value === 'boolean', shape: 'a number or true',
    },
  },
  choices: { release: releases, connectionStatus: ['active', 'revoked', 'expired'], connectionElsewhere: cloudIds },
  lists: { noCredentials: cloudIds, disabled: providerIds, sdkOnly: cloudIds, garminTimesOut: garminTypes },
};
