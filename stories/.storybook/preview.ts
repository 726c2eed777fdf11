import { type Preview, setCustomElementsManifest } from '@storybook/web-components-vite';
import { accessibility } from '../accessibility.js';
import { controls } from '../controls.js';
import { logEvents } from '../event-log.js';
import { manifest } from '../manifest.js';
import { forgetPlaced } from '../placed.js';
import { snippetOf } from '../snippet.js';
import { dressPage, globalTypes, initialGlobals, viewports } from '../toolbar.js';

setCustomElementsManifest(manifest);
logEvents(document);

const preview: Preview = {
  tags: ['autodocs'],
  globalTypes,
  initialGlobals: { ...initialGlobals, viewport: { value: undefined, isRotated: false } },
  argTypes: controls,
  parameters: {
    layout: 'padded',
    controls: { expanded: true, sort: 'none' },
    viewport: viewports,
    backgrounds: { disable: true },
    a11y: { test: 'error', options: accessibility },
    docs: {
      extractArgTypes: () => ({}), // Those above are made of the same manifest, with a control each.
      // As code, or Storybook would draw the element a second time to see what it looks like.
      source: { type: 'code', language: 'html', transform: (_: string, context: Parameters<typeof snippetOf>[0]) => snippetOf(context) },
    },
    options: { storySort: { order: ['Welcome', 'States', 'Journeys', 'Theming', 'In a page', 'Controls', 'Layouts', ['Inline', 'Popover', 'Dialog'], 'For designers', 'For integrators', ['The tag', 'Events', 'Methods', 'The script tag', 'Frameworks', 'Recipes', 'Without the element', 'A platform of your own', 'Your server', 'Errors', 'When it does not work', 'Security', 'The demo', 'The local platforms', 'Speed', 'Why it is so']] } },
  },
  beforeEach: forgetPlaced,
  decorators: [
    (story, { canvasElement, globals, viewMode }) => {
      dressPage(document, globals);
      if (viewMode === 'story') canvasElement.setAttribute('role', 'main'); // What a page has around it.
      return story();
    },
  ],
};

export default preview;
