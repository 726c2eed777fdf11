import type { IncomingMessage } from 'node:http';
import { serving as servingAt, type Serving } from '../browsers/serving.js';

export type { Serving };

/** By a name of its own: other sites of the bench are other origins, as they are in life. */
export const serving = (name: string, answer: Parameters<typeof servingAt>[1]): Promise<Serving> => servingAt(`${name}.localhost`, answer);

/** Milliseconds since 1970, finer than `Date.now()`. */
export const now = (): number => performance.timeOrigin + performance.now();

export async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}
