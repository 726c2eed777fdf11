/** A reader of server-sent events. */
import { createParser } from 'eventsource-parser';

globalThis.peer = createParser;
