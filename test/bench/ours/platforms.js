/** Every platform at once, which no page needs. */
import * as platforms from '../../../dist/platforms.js';

globalThis.platforms = platforms;
