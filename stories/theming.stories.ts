import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { expect, userEvent, within } from 'storybook/test';
import type { Args } from './controls.js';
import { cssOf, presets, tokensOf } from './presets.js';
import { readyStage, stageIn } from './staged.js';
import { patiently } from './visitor.js';

const meta: Meta<Args> = { title: 'Theming', component: 'wearable-connect', tags: ['!autodocs'] };

export default meta;

type Story = StoryObj<Args>;

const watch = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><circle cx="20" cy="20" r="19" fill="#0b6b4f"/><path d="M12 21l6 6 11-13" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/></svg>';

/** A host's own picture in the slot that is named after the wearable. */
export const OwnIcons: Story = {
  render: (args, context) => {
    const element = stageIn({ scenario: 'happy' }, args, context);
    if (!element.querySelector('img')) {
      const picture = Object.assign(document.createElement('img'), { slot: 'icon-garmin_connect', alt: '', src: `data:image/svg+xml,${encodeURIComponent(watch)}` });
      element.append(picture);
    }
    return element;
  },
  play: async (context) => void (await readyStage(context)),
};

const themed = (id: string): Story => ({
  args: tokensOf(id),
  parameters: { controls: { include: /^--wearable/ } },
  render: (args, context) => stageIn({ scenario: 'happy', pick: 'garmin_connect', after: 9_000 }, args, context),
  play: async (context) => void (await readyStage(context)),
});

const made = <K extends keyof HTMLElementTagNameMap>(name: K, className: string, ...content: readonly (string | Node)[]): HTMLElementTagNameMap[K] => {
  const element = Object.assign(document.createElement(name), { className });
  element.append(...content);
  return element;
};

const copier = (css: string): HTMLElement[] => {
  const button = made('button', 'copy', 'Copy the CSS');
  button.type = 'button';
  const told = made('span', 'told');
  told.role = 'status';
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(css).then(
      () => (told.textContent = 'Copied'),
      () => (told.textContent = 'Not allowed here: select the text above'),
    );
  });
  return [button, told];
};

const shelfStyles = `
  .shelf { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); gap: 3rem 2rem; align-items: start; font: 1rem/1.5 system-ui, sans-serif; color: CanvasText }
  .shelf h2 { margin: 0; font-size: 1.25rem }
  .shelf p { margin: 0 0 1rem; min-height: 3em }
  .shelf pre { margin: 1rem 0 .5rem; padding: .75rem 1rem; overflow: auto; border-radius: 8px; background: color-mix(in srgb, CanvasText 7%, Canvas); font: .8125rem/1.5 ui-monospace, monospace }
  .shelf .copy { min-height: 2.75rem; padding: 0 1rem; border: 1px solid color-mix(in srgb, CanvasText 30%, Canvas); border-radius: 8px; background: Canvas; color: inherit; font: inherit; cursor: pointer }
  .shelf .told { margin-inline-start: 1rem }
`;

/** All of them side by side, each with what a page writes for it. */
export const Presets: Story = {
  parameters: { controls: { disable: true } },
  render(args, context) {
    const there = context.canvasElement.querySelector('.shelf');
    if (there) return there;
    const shelf = made('div', 'shelf', made('style', '', shelfStyles));
    for (const preset of presets) {
      const place = made('div', 'place');
      const element = stageIn({ scenario: 'happy', pick: 'garmin_connect', after: 9_000 }, { ...args, ...tokensOf(preset.id) }, { canvasElement: place, viewMode: context.viewMode });
      element.strings = { title: preset.name }; // So that a screen reader can tell six cards on one page apart.
      place.append(element);
      const css = cssOf(preset);
      const text = made('pre', '', css);
      text.tabIndex = 0; // It may be wider than its place, and then it is scrolled by keyboard too.
      const section = made('section', '', made('h2', '', preset.name), made('p', '', preset.about), place);
      if (Object.keys(preset.tokens).length > 0) section.append(text, made('div', '', ...copier(css)));
      shelf.append(section);
    }
    return shelf;
  },
  async play({ canvasElement }) {
    for (const place of canvasElement.querySelectorAll<HTMLElement>('.place')) await readyStage({ canvasElement: place });
    const [first] = within(canvasElement).getAllByRole('button', { name: 'Copy the CSS' });
    if (first) await userEvent.click(first);
    await patiently(() => expect(canvasElement.querySelector('.told')).not.toBeEmptyDOMElement());
    // No person pressed it: whoever opens this finds it as it was.
    for (const told of canvasElement.querySelectorAll('.told')) told.textContent = '';
    scrollTo(0, 0);
  },
};

/** Each as a story of its own, with a control for every custom property. */
export const Forest: Story = themed('forest');
export const Clay: Story = themed('clay');
export const Midnight: Story = themed('midnight');
export const Bold: Story = themed('bold');
export const Ink: Story = themed('ink');
