/**
 * A window of our own beside a page in a frame. Where the platform sends COOP, nothing crosses from its window into a frame of
 * another site: no opener, no channel, no storage. A window of this origin is not in that frame's partition, so it hears the
 * landing page, and it is not cut, so this page drives it by hand. The platform's window must be opened by a click in there:
 * the click that opened this one is spent.
 */
import type { OpenWindow } from '../core/platform.js';

export function openRelay(url: string, name: string, open: OpenWindow, text: string, button: string): Window | null {
  const relay = open('', name);
  if (!relay) return null;
  const page = relay.document;
  page.documentElement.style.cssText = 'color-scheme:light dark;font:1.2em system-ui;margin:20%';
  const line = page.createElement('p');
  line.textContent = text;
  const press = page.createElement('button');
  press.textContent = button;
  press.style.cssText = 'font:inherit;padding:1em';
  press.onclick = () => void open(url, `${name}-next`, relay);
  page.body.replaceChildren(line, press);
  press.focus();
  return relay;
}
