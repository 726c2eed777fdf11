/** Hanko's elements: as its guide says, all of them registered at once. */
import { register } from '@teamhanko/hanko-elements';

globalThis.peer = ({ platform }) => register(platform);
