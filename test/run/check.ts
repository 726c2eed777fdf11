/** `npm run check`: everything that can be told without running a test. */
import { checks } from './checks.js';
import { conclude, sideBySide } from './steps.js';

conclude(await sideBySide(checks));
