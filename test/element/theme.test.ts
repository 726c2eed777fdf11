import { expect } from '@open-wc/testing';
import { states } from './fake.js';
import { widget } from './widget.js';
import type { Widget } from './widget.js';

/** Any notation, as sRGB: whatever a browser can compute it can paint. */
function painted(colour: string, on = '#fff'): readonly number[] {
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true }) as OffscreenCanvasRenderingContext2D;
  for (const fill of [on, colour]) {
    context.fillStyle = fill;
    context.fillRect(0, 0, 1, 1);
  }
  return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}

/** WCAG 2.2, “relative luminance” and “contrast ratio”. */
function contrast(one: readonly number[], other: readonly number[]): number {
  const luminance = (rgb: readonly number[]): number => {
    const [red = 0, green = 0, blue = 0] = rgb.map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

const colourOf = (of: Widget, selector: string, property: 'color' | 'backgroundColor' | 'outlineColor'): string => getComputedStyle(of.root.querySelector(selector) as Element)[property];

/** The corners of the cube, the middle, and what brands like. */
const accents = ['#000', '#fff', '#f00', '#0f0', '#00f', '#ff0', '#0ff', '#f0f', '#777', '#767676', '#757575', '#fc4c02', '#1db954', '#ffe600', '#0a66c2', '#7a3cff', '#e60023', '#00a884', 'hsl(300 60% 40%)', 'oklch(70% 0.3 150)'];

describe('element: any accent a host sets', () => {
  for (const scheme of ['light', 'dark'])
    for (const accent of accents)
      it(`${accent} can be read upon, and seen on the card, in ${scheme}`, async () => {
        const of = await widget(states.authorizing());
        of.element.style.colorScheme = scheme;
        of.element.style.setProperty('--wearable-accent', accent);
        const main = painted(colourOf(of, '.main', 'backgroundColor'));
        expect(contrast(painted(colourOf(of, '.main', 'color')), main), 'text on the main button').to.be.at.least(4.5);
        expect(main, 'which is the host’s own').to.deep.equal(painted(accent));
        const surface = painted(colourOf(of, '.frame', 'backgroundColor'));
        const ink = painted(colourOf(of, '.glyph', 'color'));
        expect(contrast(ink, surface), 'drawings on the surface').to.be.at.least(4.5);
      });

  it('is left as it is where it can be seen already', async () => {
    const of = await widget(states.authorizing());
    of.element.style.colorScheme = 'light';
    of.element.style.setProperty('--wearable-accent', '#0a66c2');
    expect(painted(colourOf(of, '.glyph', 'color'))).to.deep.equal(painted('#0a66c2'));
  });

  it('gives way to what a host says of the text on it', async () => {
    const of = await widget(states.authorizing());
    of.element.style.setProperty('--wearable-on-accent', 'rgb(1, 2, 3)');
    expect(colourOf(of, '.main', 'color')).to.equal('rgb(1, 2, 3)');
  });

  it('is also the colour of the ring around what has the focus', async () => {
    const of = await widget(states.authorizing());
    of.element.style.setProperty('--wearable-accent', '#ffe600');
    const button = of.root.querySelector<HTMLElement>('.main');
    button?.focus({ focusVisible: true });
    expect(contrast(painted(colourOf(of, '.main', 'outlineColor')), painted('#fff'))).to.be.at.least(3);
  });
});
