/** Every phase is drawn by the function of its name; forgetting one does not compile. */
import type { State } from '../../core/machine.js';
import { outcomes, usable } from './account.js';
import { authorizing, confirming, whatToDo } from './authorizing.js';
import { choosing, loading, noticeOf } from './choosing.js';
import { failed } from './failed.js';
import type { Scene, View, Views } from './scene.js';

const views: Views = { loading, choosing, authorizing, confirming, syncing: usable, connected: usable, failed };

export const viewOf = (state: State, scene: Scene): View => (views[state.phase] as (state: State, scene: Scene) => View)(state, scene);

/** What a screen reader is told, once each: of the history only its year, or it would never stop talking. */
export function announcement(state: State, scene: Scene): string {
  const { say } = scene;
  switch (state.phase) {
    case 'loading':
      return say('loading');
    case 'choosing':
      return noticeOf(state, scene);
    case 'authorizing':
      return state.sight === 'blocked' ? `${say('blockedTitle')}. ${whatToDo(state, scene)}` : whatToDo(state, scene);
    case 'confirming':
      return say('confirming');
    case 'syncing':
      return `${say('connectedTitle')}. ${state.progress?.loadedUntil ? say('historyBackTo', { date: state.progress.loadedUntil.slice(0, 4) }) : say('stageFetching')}`;
    case 'connected':
      return state.trouble ? say(`error_${state.trouble.code}`) : say(outcomes[state.outcome ?? 'unknown']);
    case 'failed':
      return say(`error_${state.error.code}`);
    default:
      return state satisfies never;
  }
}
