/** The clients that hosts have, connected as their documentation says. */
import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { createClient as createClient4 } from 'redis-4';
import { redisHub } from '../../src/server/redis.js';
import type { Hub } from '../../src/server/hub.js';

export interface Connected {
  readonly hub: Hub;
  send(...words: string[]): Promise<unknown>;
  close(): void;
}

export const clientNames = ['redis', 'redis-4', 'ioredis'] as const;
export type ClientName = (typeof clientNames)[number];

/** A server that goes and comes is what some tests are about: a client that says so has been heard. */
const heard = (): void => {};

export async function connect(name: ClientName, url: string): Promise<Connected> {
  if (name === 'ioredis') {
    const client = new Redis(url);
    client.on('error', heard);
    return { hub: redisHub(client), send: (command, ...words) => client.call(command ?? '', ...words), close: () => client.disconnect() };
  }
  if (name === 'redis-4') {
    const client = createClient4({ url });
    client.on('error', heard);
    await client.connect();
    return { hub: redisHub(client), send: (...words) => client.sendCommand(words), close: () => void client.disconnect() };
  }
  const client = createClient({ url });
  client.on('error', heard);
  await client.connect();
  return { hub: redisHub(client), send: (...words) => client.sendCommand(words), close: () => client.destroy() };
}
