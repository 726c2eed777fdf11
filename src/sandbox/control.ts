import { FaultError } from './fault-box.js';
import { stylesheet } from './style.js';
import { HttpError, send, sendJson, type Exchange } from './web.js';

/** What every site of the sandbox has beside its own pages. True when it was asked for. */
export function answerAssets(exchange: Exchange): boolean {
  const { pathname } = exchange.url;
  if (pathname === '/sandbox.css') send(exchange, 200, 'text/css; charset=utf-8', stylesheet);
  else if (pathname === '/favicon.ico') exchange.res.writeHead(204).end();
  else return false;
  return true;
}

/** The faults of a site, whichever list they are from. */
export interface FaultControl {
  readonly current: object;
  set(changes: object): void;
  clear(): void;
}

/** `/sandbox/faults`, for a playground in the browser: GET reads, POST sets, DELETE clears; each answers with what holds then. */
export async function answerFaults(exchange: Exchange, faults: FaultControl): Promise<void> {
  const { res, method } = exchange;
  res.setHeader('access-control-allow-origin', '*');
  if (method === 'OPTIONS') {
    res.writeHead(204, { 'access-control-allow-methods': 'GET, POST, DELETE', 'access-control-allow-headers': 'content-type' });
    res.end();
    return;
  }
  try {
    if (method === 'POST') faults.set(JSON.parse(await exchange.text()) as object);
    else if (method === 'DELETE') faults.clear();
    else if (method !== 'GET') throw new HttpError(405, 'GET reads the faults, POST sets, DELETE clears.');
    sendJson(exchange, 200, faults.current);
  } catch (error) {
    if (error instanceof FaultError || error instanceof SyntaxError) sendJson(exchange, 422, { detail: error.message });
    else if (error instanceof HttpError) sendJson(exchange, error.status, { detail: error.message });
    else throw error;
  }
}
