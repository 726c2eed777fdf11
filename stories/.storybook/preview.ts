import { type Preview, setCustomElementsManifest } from '@storybook/web-components-vite';

declare const __MANIFEST__: object;
setCustomElementsManifest(__MANIFEST__);

const toolbar = (title: string, icon: string, items: readonly string[]): object => ({
  toolbar: { title, icon, items, dynamicTitle: true },
});

const preview: Preview = {
  tags: ['autodocs'],
  globalTypes: {
    scheme: toolbar('Colour scheme', 'mirror', ['light dark', 'light', 'dark']),
    direction: toolbar('Direction', 'transfer', ['ltr', 'rtl']),
  },
  initialGlobals: { scheme: 'light dark', direction: 'ltr' },
  parameters: {
    layout: 'centered',
    controls: { expanded: true },
    a11y: { test: 'error' },
  },
  decorators: [
    (story, { globals }) => {
      // On the page, where a host sets them: the element takes both from there.
      document.documentElement.style.colorScheme = String(globals['scheme']);
      document.documentElement.dir = String(globals['direction']);
      document.body.style.background = 'Canvas';
      return story();
    },
  ],
};

export default preview;
