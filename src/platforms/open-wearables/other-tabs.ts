/** Between the tabs of one visitor, beside the stream they share: that one has let go of a source, told when no stream runs. */

const nameOf = (name: string): string => `${name} let go`;

export function channelOf(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch {
    // Firefox forbids channels where cookies are blocked.
    return null;
  }
}

/** What was let go, and who tells: a channel of their own hears it too, and they know. */
type Word = readonly [source: string, from: number];

/** `name` is of one visitor at one handler; null keeps it to this tab. */
export function tellLetGo(name: string | null, from: number, source: string): void {
  const channel = name ? channelOf(nameOf(name)) : null;
  channel?.postMessage([source, from] satisfies Word);
  // What was posted arrives all the same (HTML 9.5).
  channel?.close();
}

/** Of whatever another tab lets go of, until the signal. Where channels are forbidden, of nothing. */
export function hearLetGo(name: string | null, me: number, signal: AbortSignal, hear: (source: string) => void): void {
  const channel = name && !signal.aborted ? channelOf(nameOf(name)) : null;
  if (!channel) return;
  channel.onmessage = ({ data: [source, from] }: MessageEvent<Word>) => void (from !== me && hear(source));
  signal.addEventListener('abort', () => channel.close(), { once: true });
}
