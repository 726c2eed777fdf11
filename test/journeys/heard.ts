/** What the host's page heard of the widget, as its recorder keeps it. */
export interface Heard {
  readonly name: string;
  readonly seq: number;
  readonly attempt?: string;
  readonly [key: string]: unknown;
}

export const fits = (event: Heard, name: string, wanted: Record<string, unknown>): boolean =>
  event.name === name && Object.entries(wanted).every(([key, value]) => event[key] === value);

/** One success as the contract tells it. How often progress comes, and when the preview does, is open. */
export function orderOf(heard: readonly Heard[]): string[] {
  const names = heard.filter(({ name }) => name !== 'preview').map(({ name, phase, reason }) => (name === 'change' ? `change(${String(phase)})` : name === 'tokens' ? `tokens(${String(reason)})` : name));
  return names.filter((name, index) => !(name === 'progress' && names.slice(0, index).includes('progress')));
}
