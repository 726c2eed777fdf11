/**
 * SweatStack for a bundler: a chunk that comes with `prepare`, before anybody can press anything. The file for a script tag has the
 * platform itself in this place (`atHand` in vite.config.ts).
 */
import type { Platform } from '../core/platform.js';
import { hasTokens } from './configuration.js';
import type { Configuration } from './configuration.js';
import { late } from './late.js';
import { parts } from './parts.js';

export const sweatstack = (configuration: Configuration): Platform =>
  late('sweatstack', ['restore', ...(configuration.noPreview ? [] : (['preview'] as const)), 'accessToken', 'refresh', 'disconnect', ...(hasTokens(configuration) ? (['manage'] as const) : []), 'forget'], async () => (await parts.sweatstack()).sweatstack(configuration), false);
