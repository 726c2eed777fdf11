/** Registers `<wearable-connect>`. Does nothing where there is no DOM; loaded twice, it is silent or warns, and never throws. */
import { comeHome, define } from './registering.js';

comeHome();
define();

export { define };
