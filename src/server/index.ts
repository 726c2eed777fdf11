export { createHandler } from './handler.js';
export type { Handler } from './handler.js';
export type { Hub } from './hub.js';
export type { HandlerOptions, HostUser } from './settings.js';
export type { Tokens } from '../core/nouns.js';
