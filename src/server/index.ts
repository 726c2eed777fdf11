export { createHandler } from './handler.js';
export type { Handler } from './handler.js';
export type { Answer, Asking, Hub, Telling } from './hub.js';
export type { HandlerOptions, HostUser } from './settings.js';
export type { Tokens } from '../core/nouns.js';
