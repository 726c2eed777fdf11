import { listOf, namedSources, offered } from '../core/integrations.js';
import type { State } from '../core/state.js';
import { isAnythingKept } from '../oauth/storage.js';
import type { Configuration } from './configuration.js';

export type Foreseeable = Pick<Configuration, 'clientId' | 'sources'> & { readonly platform: unknown };

/**
 * What will be offered is known before the code is here that asks: the visitor may choose already. Not where an earlier page has left
 * something behind, which may be a session, or a window that is still open.
 */
export function foreseen(state: State, { platform, clientId, sources }: Foreseeable): State {
  if (state.phase !== 'loading' || state.sources || platform !== 'sweatstack' || !clientId?.trim() || isAnythingKept()) return state;
  const ids = listOf(sources);
  return { ...state, phase: 'choosing', notice: null, sources: namedSources(ids.length ? ids : offered) };
}
