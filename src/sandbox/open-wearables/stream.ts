import type { ServerResponse } from 'node:http';
import { pauseFor } from '../pause.js';
import type { Exchange } from '../web.js';
import { countOf, needs, withKey } from './endpoint.js';
import type { OpenWearablesFaults } from './faults.js';
import { eventJson, knownUser, toldTo } from './status.js';
import type { OpenWearables } from './world.js';

/** How often it looks for news, in milliseconds. */
const looksEvery = 25;

/** One event, or the break that a fault wants in its place. False when there is nothing more to say. */
async function tell(world: OpenWearables, res: ServerResponse, text: string, sent: number, faults: OpenWearablesFaults): Promise<boolean> {
  const { cutAfter, cutInside } = faults.stream;
  if (cutAfter === undefined || sent < cutAfter) return res.write(text) || true;
  if (cutInside === true) res.write(text.slice(0, Math.ceil(text.length / 2)));
  // What was said before the cut has to arrive first.
  await pauseFor(looksEvery, world.closing);
  res.destroy();
  return false;
}

/** The last events, then what comes. No `id:` lines, so nobody can resume: whoever comes again is told things twice. */
async function follow(world: OpenWearables, exchange: Exchange, userId: string, replay: number, faults: OpenWearablesFaults): Promise<void> {
  const { res } = exchange;
  res.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no',
  });
  res.write(': connected\n\n');
  const heartbeat = world.settings.heartbeatSeconds * 1000;
  const before = toldTo(world, userId);
  const seen = new Set(before.slice(0, Math.max(0, before.length - replay)).map(({ event }) => event.id));
  let sent = 0;
  let spoke = Date.now();
  while (!res.destroyed && !world.closing.aborted) {
    const stalled = faults.stream.stallAfter !== undefined && sent >= faults.stream.stallAfter;
    for (const told of toldTo(world, userId)) {
      if (stalled || seen.has(told.event.id)) continue;
      seen.add(told.event.id);
      if (!await tell(world, res, `event: sync.status\ndata: ${JSON.stringify(eventJson(faults, told))}\n\n`, sent, faults)) return;
      sent += 1;
      spoke = Date.now();
      if (faults.stream.stallAfter !== undefined && sent >= faults.stream.stallAfter) break;
    }
    if (!stalled && Date.now() - spoke >= heartbeat) {
      res.write(': heartbeat\n\n');
      spoke = Date.now();
    }
    await pauseFor(looksEvery, world.closing);
  }
}

export const answerStream = (world: OpenWearables, exchange: Exchange): Promise<void> =>
  withKey(world, exchange, 'stream', (faults) => {
    needs(faults, '0.5.1');
    const replay = countOf(exchange.url.searchParams, 'replay', 20, 200);
    return follow(world, exchange, knownUser(world, exchange), replay, faults);
  });
