import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { tethered } from './tethered.js';
import { inTime } from './waiting.js';

export interface Display {
  /** The environment of a browser on this display. */
  readonly env: NodeJS.ProcessEnv;
  /** For profiles; goes when the display goes. */
  readonly scratch: string;
}

let running: Promise<Display> | undefined;

/**
 * A display of our own, one for this process, even where there is one already: windows that come and go would take the
 * focus of whoever works there. It ends with this process, and every browser on it ends with it.
 */
export function display(): Promise<Display> {
  return (running ??= start());
}

async function start(): Promise<Display> {
  const scratch = mkdtempSync(join(tmpdir(), 'wearable-browsers-'));
  const { process: server } = tethered(
    ['Xvfb', '-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], // Finds a free number by itself.
    { env: { ...process.env, scratch }, afterwards: 'rm -rf "$scratch"' },
  );
  const numbers = server.stdio[3] as Readable & { unref(): void };
  const [number] = (await inTime(once(numbers, 'data'), () => 'Xvfb did not start')) as [Buffer];
  numbers.unref();
  // A session of the developer's own (Wayland, accessibility bus, toolkit) would be preferred to DISPLAY.
  const { WAYLAND_DISPLAY: _, XAUTHORITY: __, ...inherited } = process.env;
  const env = { ...inherited, DISPLAY: `:${String(number).trim()}`, GDK_BACKEND: 'x11', MOZ_ENABLE_WAYLAND: '0', NO_AT_BRIDGE: '1', TMPDIR: scratch };
  // Without a window manager no window ever gets or loses the focus. It ends when its display does.
  const manager = spawn('openbox', ['--sm-disable'], { env: { ...env, XDG_CONFIG_HOME: scratch }, stdio: 'ignore' });
  manager.unref();
  await inTime(once(manager, 'spawn'), () => 'openbox did not start');
  return { env, scratch };
}
