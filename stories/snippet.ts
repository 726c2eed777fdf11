/** What a page would write to have what a story shows. */
import type { Args } from './controls.js';

interface Shown {
  readonly args: Args;
  readonly parameters: { readonly scenario?: string };
}

const attribute = ([name, value]: readonly [string, Args[string]]): string => (value === true ? name : `${name}="${String(value).replaceAll('"', '&quot;')}"`);

/** An attribute a line once there are many of them. */
const tag = (attributes: readonly string[], inside: string): string => {
  const line = attributes.join(' ');
  const open = line.length > 80 ? `\n  ${attributes.join('\n  ')}\n` : ` ${line}`;
  return `<wearable-connect${open}>${inside}</wearable-connect>`;
};

export function snippetOf({ args, parameters: { scenario = 'happy' } }: Shown): string {
  const all: Args = { platform: 'demo', scenario, ...args };
  const given = Object.entries(all).filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false);
  const styles = given.filter(([name]) => name.startsWith('--') || name === 'color-scheme').map(([name, value]) => `  ${name}: ${String(value)};\n`);
  const slots = given.filter(([name]) => name.startsWith('slot:')).map(([name, value]) => {
    const slot = name.slice(5);
    const element = slot === 'trigger' ? 'button' : 'span';
    return `\n  <${element} slot="${slot}">${String(value)}</${element}>`;
  });
  const html = tag(given.filter(([name]) => /^[a-z-]+$/.test(name) && !name.startsWith('--') && name !== 'color-scheme').map(attribute), slots.length > 0 ? `${slots.join('')}\n` : '');
  return styles.length > 0 ? `<style>\nwearable-connect {\n${styles.join('')}}\n</style>\n\n${html}` : html;
}
