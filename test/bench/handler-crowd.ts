/** Instances as processes, and browsers before them: some listen, some ask again and again. */
import { type ChildProcess, fork } from 'node:child_process';
import { Agent, type IncomingMessage, request } from 'node:http';

export type Kind = 'handler' | 'relay' | 'pass' | 'stream';

export interface Instance {
  readonly url: string;
  /** After collection; `ranWith` before it, since a process needs room for what is not collected yet. */
  weigh(): Promise<{ readonly used: number; readonly rss: number; readonly ranWith: number }>;
  /** Since it was started: its work, and what it has written to browsers, as HTTP has it. Collecting for a weighing is no work of its own. */
  worked(): Promise<{ readonly cpuMs: number; readonly bytes: number }>;
  close(): void;
}

const message = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    child.once('message', (value) => resolve(value as T));
    child.once('exit', () => reject(new Error('The instance that is measured has ended.')));
  });

export async function startInstance(kind: Kind, environment: Record<string, string>): Promise<Instance> {
  const child = fork('test/bench/handler-instance.ts', { execArgv: ['--import', 'tsx', '--expose-gc'], env: { ...process.env, KIND: kind, ...environment } });
  const { port } = await message<{ port: number }>(child);
  const ask = <T>(question: 'weigh' | 'work'): Promise<T> => {
    const answer = message<T>(child);
    child.send(question);
    return answer;
  };
  return {
    url: `http://127.0.0.1:${port}/wearables`,
    weigh: () => ask('weigh'),
    worked: () => ask('work'),
    close: () => void child.kill('SIGKILL'),
  };
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** `lost`: there was no answer, or no more of it. */
function get(agent: Agent, url: string, user: string, read: (response: IncomingMessage) => void, lost: () => void = () => {}): void {
  const sent = request(url, { agent, headers: { 'x-user': user, 'x-wearable-connect': '1', accept: 'text/event-stream' } }, read);
  sent.on('error', lost);
  sent.end();
}

export interface Crowd {
  /** In how many pieces all of it has heard what it was told. */
  readonly pieces: number;
  leave(): void;
}

export type Hear = (listener: number, text: string) => void;

const stepMs = 20;

/** Each has heard its first event. They come one after the other, as people do. */
export async function listeners(count: number, urlOf: (listener: number) => string, userOf: (listener: number) => string, hear: Hear = () => {}, perSecond = 2_500): Promise<Crowd> {
  const agent = new Agent({ maxSockets: Infinity });
  const all: Promise<void>[] = [];
  let pieces = 0;
  let over = false;
  const listen = (listener: number, isHere: () => void): void => {
    const read = (response: IncomingMessage): void =>
      void response.setEncoding('utf8').on('error', () => {}).on('data', (text: string) => {
        pieces += 1;
        hear(listener, text);
        if (text.includes('event:')) isHere();
      });
    // As a browser does: thousands who come at once are not all let in at the first knock.
    get(agent, `${urlOf(listener)}/updates`, userOf(listener), read, () => void (over || setTimeout(listen, 200, listener, isHere)));
  };
  const began = performance.now();
  for (let listener = 0; listener < count; listener += 1) {
    while (listener > ((performance.now() - began + stepMs) * perSecond) / 1000) await pause(stepMs);
    all.push(new Promise((resolve) => listen(listener, resolve)));
  }
  await Promise.all(all);
  return {
    get pieces() {
      return pieces;
    },
    leave() {
      over = true;
      agent.destroy();
    },
  };
}

/** So many at a time, each asking anew when it is answered; how many answers there were in each of the seconds. */
export async function hammer(url: string, atOnce: number, seconds: number): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const answers: number[] = Array.from({ length: seconds + 1 }, () => 0);
  const began = performance.now();
  const second = (): number => Math.floor((performance.now() - began) / 1000);
  const asking = Array.from({ length: atOnce }, async (_, browser) => {
    while (second() <= seconds) {
      await new Promise<void>((resolve) => {
        const read = (response: IncomingMessage): void =>
          void response.resume().on('error', () => {}).on('close', () => {
            const at = second();
            if (response.statusCode === 200 && at <= seconds) answers[at] = (answers[at] ?? 0) + 1;
            resolve();
          });
        get(agent, url, `user-${browser}`, read, resolve);
      });
    }
  });
  await Promise.all(asking);
  agent.destroy();
  // The first warms up.
  return answers.slice(1);
}

/** Asks every so often, each at a time of its own. */
export function pollers(count: number, url: string, userOf: (browser: number) => string, everyMs: number, hear: Hear = () => {}): Pick<Crowd, 'leave'> {
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  let over = false;
  const poll = (browser: number): void => {
    if (!over) get(agent, url, userOf(browser), (response) => void response.setEncoding('utf8').on('error', () => {}).on('data', (text: string) => hear(browser, text)).on('end', () => setTimeout(poll, everyMs, browser)), () => void (over || setTimeout(poll, everyMs, browser)));
  };
  for (let browser = 0; browser < count; browser += 1) setTimeout(poll, (browser / count) * everyMs, browser);
  return {
    leave() {
      over = true;
      agent.destroy();
    },
  };
}
