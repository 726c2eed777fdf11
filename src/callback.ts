/** The landing page's script: the first and only one on it. Without a DOM it does nothing. */
import { land } from './oauth/landing.js';
import { say } from './oauth/landing-words.js';
import { takeAnswer } from './oauth/address.js';

if (globalThis.document) void land(takeAnswer(), say);
