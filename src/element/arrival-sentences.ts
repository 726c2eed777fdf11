/** What is said of a history, from all that is known of it at once: each fact has its own source, and no two sentences may contradict one another. */
import type { In } from '../core/state.js';
import type { Connection, Outcome } from '../core/nouns.js';
import type { Voice } from './say.js';

export type Usable = In<'syncing' | 'connected'>;

const connectionsOf = ({ account }: Usable): readonly Connection[] => account?.connections ?? [];

const active = (all: readonly Connection[]): readonly Connection[] => all.filter(({ status }) => status === 'active');

/** Neither a day, nor a count, nor an activity: whatever a platform says of the end, there is nothing here. */
const isBare = ({ progress, preview }: Usable): boolean => !progress?.loadedUntil && !progress?.items && !preview;

const isBarred = (state: Usable): boolean => connectionsOf(state).every(({ history }) => history === 'unavailable' || history === 'action_required');

/** How it ended, as far as that can be said: null is nothing at all, where none was shared or where everything has come and that was nothing. */
export function endOf(state: Usable): Outcome | null {
  const { outcome, progress, preview } = state;
  const isOver = (preview === null || progress?.items === 0) && outcome !== 'unknown';
  return outcome && isBare(state) && (isBarred(state) || isOver) ? null : (outcome ?? 'unknown');
}

/** It failed, and nothing of it can be said to be here. */
const isLost = (state: Usable): boolean => state.outcome === 'partial' && state.progress?.stage === 'failed' && isBare(state) && !isBarred(state) && active(connectionsOf(state)).length > 0 && connectionsOf(state).every(({ history }) => history !== 'ready');

/** No history is promised where there is none: the connection’s own words say it then, since a visitor reads them right above. */
export function endingOf(state: Usable, { say }: Pick<Voice, 'say'>): string {
  const end = endOf(state);
  // Nobody followed it from here: there was no news to wait for either.
  if (end && state.outcome === 'unknown' && !state.progress) return say('connectedTitle');
  if (isLost(state)) return say('error_sync_failed');
  if (end) return say(`outcome_${end}`);
  const all = connectionsOf(state);
  const { status = 'active' } = active(all)[0] ?? all[0] ?? {};
  const isWithheld = isBarred(state) && all.some(({ history }) => history === 'action_required');
  return `${say(`status_${status}`)} · ${say(isWithheld ? 'history_action_required' : 'history_unavailable')}`;
}

/** For who hears it: of the history only its year, or a screen reader would never stop talking; and none that was not shared. */
export function saidOf(state: Usable, { say }: Pick<Voice, 'say'>): string {
  if (state.phase === 'connected') return endingOf(state, { say });
  const date = state.progress?.loadedUntil?.slice(0, 4);
  return `${say('connectedTitle')}. ${date ? say('historyBackTo', { date }) : isBarred(state) ? '' : say('arriving')}`;
}

/** What is happening. The first activities are waited for only where nothing says that there are some: after a new sign-in there may be years of them. */
export function happening(state: Usable, { say }: Pick<Voice, 'say'>): string {
  const { stage = 'waiting', ratio } = state.progress ?? {};
  // Done, or failed, is one source of several: where the last one is, the phase is another.
  return say(stage === 'processing' || (stage === 'waiting' && !ratio && isBare(state)) ? stage : 'arriving');
}

/** A full bar stands for all of it: not for part, not for nothing, and not for the first source of several. Null: there is no honest fraction. */
export function fractionOf(state: Usable): number | null {
  const { phase, progress } = state;
  if (!progress) return null;
  const { source, stage, ratio } = progress;
  const end = endOf(state);
  if (phase === 'connected') return end === 'success' ? 1 : end && ratio !== 1 ? ratio : null;
  const isOneOfSeveral = (stage === 'done' || stage === 'failed') && connectionsOf(state).some((one) => one.source !== source && one.history === 'syncing');
  return isOneOfSeveral ? null : ratio;
}

/** How much is here. Of several the count is one’s own, and jumps when it is another’s turn: then it says whose it is. */
export function countOf(state: Usable, { say }: Pick<Voice, 'say'>): readonly string[] {
  const { items: count, source } = state.progress ?? {};
  const several = active(connectionsOf(state));
  return count ? [...several.filter((one) => several[1] && one.source === source).map(({ name }) => name), say('items', { count })] : [];
}
