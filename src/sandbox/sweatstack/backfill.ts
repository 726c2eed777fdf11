import { setTimeout as sleep } from 'node:timers/promises';
import type { Exchange } from '../web.js';
import { withBearer, type Asking } from './endpoint.js';
import { historyOf } from './history.js';
import { dice } from './seed.js';
import type { World } from './world.js';

/** Microseconds and no offset, as the real server writes them; the last three digits follow from the rest. */
export function offsetless(time: number): string {
  const rest = Math.floor(dice(String(time))() * 1000);
  return new Date(time).toISOString().replace('Z', String(rest).padStart(3, '0'));
}

const blankEvery = 4;

async function follow(world: World, exchange: Exchange, { account, faults }: Asking): Promise<void> {
  const { res } = exchange;
  const { streamSeconds, lineEverySeconds } = world.settings;
  const { stream } = faults;
  const gone = new AbortController();
  res.once('close', () => gone.abort());
  // HEAD and a client that already left get no lines.
  res.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  if (exchange.req.method === 'HEAD') return void res.end();
  const total = Math.max(1, Math.round(streamSeconds / lineEverySeconds));
  let sent = 0;
  for (let tick = 0; tick < total && !gone.signal.aborted; tick++) {
    if (stream.error !== undefined && sent === (stream.errorAfter ?? 0)) {
      res.write(`${JSON.stringify({ error: stream.error })}\n`);
      return void res.end();
    }
    if (stream.stallAfter !== undefined && sent >= stream.stallAfter) {
      res.flushHeaders();
      return;
    }
    const { loadedUntil } = historyOf(world, account, faults);
    const value = { backfill_loaded_until: loadedUntil === null ? null : offsetless(loadedUntil) };
    // Nothing loaded yet is said in both ways the documentation allows.
    const line = loadedUntil === null && sent % 3 === 1 ? 'null' : JSON.stringify(value);
    if (stream.cutAfter !== undefined && sent >= stream.cutAfter) {
      if (stream.cutInside === true) res.write(line.slice(0, Math.ceil(line.length / 2)), () => res.destroy());
      else res.destroy();
      return;
    }
    res.write(tick % blankEvery === blankEvery - 1 ? `\n${line}\n` : `${line}\n`);
    sent += 1;
    await sleep(lineEverySeconds * 1000, undefined, { signal: gone.signal }).catch(() => undefined);
  }
  res.end();
}

export const answerBackfill = (world: World, exchange: Exchange): Promise<void> =>
  withBearer(world, exchange, 'stream', ['data:read'], (asking) => follow(world, exchange, asking));
