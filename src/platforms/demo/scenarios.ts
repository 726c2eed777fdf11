/** What happens, by name. Each says only how it differs from `happy`. */
import type { ErrorCode } from '../../core/errors.js';
import type { Connection, Outcome } from '../../core/nouns.js';

type Standing = Partial<Pick<Connection, 'status' | 'history' | 'message'>>;

/** How the history comes in: what there is of five years, and when. */
export interface Pace {
  /** Until the first of it is here, and from then until the last. */
  readonly firstMs: number;
  readonly restMs: number;
  /** 0 to 1; with 0 there is nothing at all, and the end is known after `firstMs`. */
  readonly reaches: number;
  readonly outcome: Outcome;
  /** The line is lost half-way, and found again. */
  readonly breaks?: true;
}

export interface Scenario {
  /** What the browser or the pretend visitor does with the window. Without it they agree; at a window that is shown, the real one decides. */
  readonly window?: 'blocked' | 'denies' | 'closes' | 'cut' | 'late';
  /** What goes wrong, and at which step: once, so that trying again helps where it does in earnest. */
  readonly fails?: { readonly at: 'first' | 'token' | 'history'; readonly code: ErrorCode };
  /** Nothing works, and trying again does not help. */
  readonly isWrong?: true;
  readonly pace: Pace;
  /** How a new connection stands, and what becomes of it with the end of its history. */
  readonly begins?: Standing;
  readonly ends?: Standing;
  /** What was connected before: found on coming back, or, with `meets`, when signing in. */
  readonly has?: Readonly<Record<string, Standing>>;
  readonly meets?: true;
  /** How many of the sources are offered; all of them without it. */
  readonly offers?: number;
}

const full: Pace = { firstMs: 1_500, restMs: 10_500, reaches: 1, outcome: 'success' };
const nothing: Pace = { ...full, firstMs: 3_000, reaches: 0 };
const usual = { pace: full, offers: 5 } satisfies Scenario;

export const scenarios = {
  happy: usual,
  denied: { ...usual, window: 'denies' },
  blocked: { ...usual, window: 'blocked' },
  closed: { ...usual, window: 'closes' },
  'coop-severed': { ...usual, window: 'cut' },
  'late-success': { ...usual, window: 'late' },
  'slow-backfill': { ...usual, pace: { ...full, firstMs: 6_000, restMs: 240_000, breaks: true } },
  partial: { ...usual, pace: { ...full, restMs: 5_000, reaches: 0.4, outcome: 'partial' }, ends: { history: 'action_required', message: 'Nothing older was shared.' } },
  'no-news': { ...usual, pace: { ...nothing, firstMs: 10_000, outcome: 'unknown' }, ends: { history: 'unknown' } },
  'no-data': { ...usual, pace: nothing, ends: { history: 'unavailable' } },
  'action-required': {
    ...usual,
    pace: { ...nothing, outcome: 'partial' },
    begins: { status: 'action_required', history: 'action_required', message: 'The password was changed there: sign in once more.' },
    ends: {},
  },
  'token-expired': { ...usual, fails: { at: 'history', code: 'session_expired' } },
  'sync-failed': { ...usual, fails: { at: 'history', code: 'sync_failed' } },
  offline: { ...usual, fails: { at: 'first', code: 'network' } },
  'rate-limited': { ...usual, fails: { at: 'token', code: 'rate_limited' } },
  unsupported: { ...usual, fails: { at: 'first', code: 'unsupported' } },
  misconfigured: { ...usual, isWrong: true },
  returning: { ...usual, has: { garmin_connect: {}, strava: {} } },
  'many-sources': {
    pace: full,
    has: { polar: {}, suunto: { status: 'action_required', message: 'The password was changed there: sign in once more.' }, whoop: { status: 'revoked', history: 'unavailable' } },
    meets: true,
  },
} satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;

export const scenarioNames = Object.keys(scenarios) as readonly ScenarioName[];
