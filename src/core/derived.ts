import type { AccountStatus } from './account.js';
import type { Connection, Source } from './nouns.js';

/** SweatStack names no connected provider (by design), so this is what was asked for, as far as the account bears it out. */
export const connectionsFrom = (asked: readonly Pick<Source, 'id' | 'name'>[], status: AccountStatus | null): Connection[] =>
  status?.nothingConnected
    ? []
    : asked.map(({ id, name }) => ({
        id,
        source: id,
        name,
        status: status?.needsAction ? 'action_required' : 'active',
        history: status?.history ?? 'unknown',
        connectedAt: null,
        evidence: 'derived',
        message: status?.message ?? null,
      }));
