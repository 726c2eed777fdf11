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

/** `name` is of one visitor at one handler; null keeps it to this tab. */
export function tellLetGo(name: string | null, source: string): void {
  const channel = name ? channelOf(nameOf(name)) : null;
  channel?.postMessage(source);
  // What was posted arrives all the same (HTML 9.5).
  channel?.close();
}

/** Of whatever any tab lets go of, this one too, until the signal. Where channels are forbidden, of nothing. */
export function hearLetGo(name: string | null, signal: AbortSignal, hear: (source: string) => void): void {
  const channel = name && !signal.aborted ? channelOf(nameOf(name)) : null;
  if (!channel) return;
  channel.onmessage = ({ data }: MessageEvent<string>) => hear(data);
  signal.addEventListener('abort', () => channel.close(), { once: true });
}
