/** Looks to begin with. Each is a handful of custom properties that a page sets on the element, or on anything around it. */
const names = ['accent', 'on-accent', 'surface', 'text', 'muted', 'line', 'danger', 'success', 'radius', 'space', 'font'] as const;

interface Preset {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  /** For one that is dark whatever the page is: what is derived from the colours has to know. */
  readonly scheme?: 'dark';
  readonly tokens: Readonly<Partial<Record<(typeof names)[number], string>>>;
}

export const presets: readonly Preset[] = [
  { id: 'default', name: 'As it comes', about: 'Nothing set: light and dark by the page’s color-scheme.', tokens: {} },
  {
    id: 'forest',
    name: 'Forest',
    about: 'One colour changed. The readable text on it is found by itself.',
    tokens: { accent: 'light-dark(#0b6b4f, #6fd3a9)', radius: '10px' },
  },
  {
    id: 'clay',
    name: 'Clay',
    about: 'Warm paper and a serif, for a magazine or a club.',
    tokens: {
      accent: 'light-dark(#8f3d14, #f0a980)',
      surface: 'light-dark(#fffaf3, #241a14)',
      text: 'light-dark(#2b1a10, #f6ebe0)',
      line: 'light-dark(#e6d3c0, #4c3a2e)',
      radius: '4px',
      font: 'Georgia, "Times New Roman", serif',
    },
  },
  {
    id: 'midnight',
    name: 'Midnight',
    about: 'Dark whatever the page is: for a strip of its own on a light one.',
    scheme: 'dark',
    tokens: { accent: '#8fd3ff', surface: '#0d1626', text: '#e8f0fb', muted: '#a9bbd3', line: '#26364d', danger: '#ffb3ab', success: '#86dcae', radius: '16px' },
  },
  {
    id: 'bold',
    name: 'Bold',
    about: 'A loud accent, round corners, more room.',
    scheme: 'dark',
    tokens: { accent: '#ffd400', surface: '#2a0a5e', text: '#ffffff', muted: '#d9c9ff', line: '#6a47b0', danger: '#ffb0c4', success: '#9df2c6', radius: '24px', space: '10px' },
  },
  {
    id: 'ink',
    name: 'Ink',
    about: 'Black on white, no corners, close together.',
    tokens: { accent: 'light-dark(#000, #fff)', surface: 'Canvas', text: 'CanvasText', line: 'CanvasText', radius: '0px', space: '6px' },
  },
];

/** All that this preset sets: what it leaves alone is empty, so that one preset can follow another. */
export function tokensOf(id: string): Record<string, string> {
  const { tokens, scheme } = presets.find((preset) => preset.id === id) ?? { tokens: {} };
  return { ...Object.fromEntries(names.map((name) => [`--wearable-${name}`, tokens[name] ?? ''])), 'color-scheme': scheme ?? '' };
}

/** What a page writes. */
export function cssOf({ tokens, scheme }: Preset): string {
  const lines = [...(scheme ? [`color-scheme: ${scheme}`] : []), ...Object.entries(tokens).map(([name, value]) => `--wearable-${name}: ${value}`)];
  return `wearable-connect {\n${lines.map((line) => `  ${line};\n`).join('')}}`;
}
