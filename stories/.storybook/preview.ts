import { type Preview, setCustomElementsManifest } from '@storybook/web-components-vite';
import { accessibility } from '../accessibility.js';
import { controls } from '../controls.js';
import { logEvents } from '../event-log.js';
import { manifest } from '../manifest.js';
import { forgetPlaced } from '../placed.js';
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
    docs: { extractArgTypes: () => ({}) }, // Those above are made of the same manifest, with a control each.
    options: { storySort: { order: ['Welcome', 'States', 'Layouts', 'Theming', 'Journeys', 'Controls', 'For designers', 'For integrators'] } },
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
