/** What the toolbar offers, and how a page like a host's is made of it: the element takes all of it from where it stands. */
import type { Preview } from '@storybook/web-components-vite';
import { locales } from './manifest.js';
import { presets, tokensOf } from './presets.js';

interface Choice {
  readonly value: string;
  readonly title: string;
}

type Tool = NonNullable<Preview['globalTypes']>[string];
type Icon = NonNullable<NonNullable<Tool['toolbar']>['icon']>;

const toolbar = (title: string, icon: Icon, items: readonly Choice[]): Tool => ({
  description: title,
  toolbar: { title, icon, items: [...items], dynamicTitle: true },
});

const plain = (...values: readonly string[]): Choice[] => values.map((value) => ({ value, title: value }));

/** A language by its own name, as whoever speaks it looks for it. */
const languages = locales.map((tag) => ({ value: tag, title: `${new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag} (${tag})` }));

export const globalTypes: NonNullable<Preview['globalTypes']> = {
  locale: toolbar('Language', 'globe', languages),
  direction: toolbar('Direction', 'transfer', [{ value: 'auto', title: 'direction of the language' }, { value: 'ltr', title: 'left to right' }, { value: 'rtl', title: 'right to left' }]),
  scheme: toolbar('Colour scheme', 'mirror', [{ value: 'system', title: 'light or dark by system' }, ...plain('light', 'dark')]),
  preset: toolbar('Theme', 'paintbrush', presets.map(({ id, name }) => ({ value: id, title: name }))),
  text: toolbar('Text size', 'zoom', [{ value: '100', title: 'text at 100 %' }, { value: '200', title: 'text at 200 %' }]),
};

export type Globals = Readonly<Partial<Record<'locale' | 'direction' | 'scheme' | 'preset' | 'text', string>>>;

export const initialGlobals: Required<Globals> = { locale: 'en', direction: 'auto', scheme: 'system', preset: 'default', text: '100' };

const widths = [240, 320, 640, 1024];

export const viewports = {
  options: Object.fromEntries(
    widths.map((width) => [`w${width}`, { name: `${width} px`, styles: { width: `${width}px`, height: '100%' }, type: width < 640 ? ('mobile' as const) : width < 1024 ? ('tablet' as const) : ('desktop' as const) }]),
  ),
};

const directionOf = (locale: string): string => (['ar', 'he'].includes(locale) ? 'rtl' : 'ltr');

/** On the page, where a host sets them. */
export function dressPage({ documentElement, body }: Document, globals: Globals): void {
  const { locale, direction, scheme, preset, text } = { ...initialGlobals, ...globals };
  documentElement.lang = locale;
  documentElement.dir = direction === 'auto' ? directionOf(locale) : direction;
  documentElement.style.fontSize = `${text}%`; // Everything is measured in rem, as a browser’s own setting would change it.
  for (const [name, value] of Object.entries(tokensOf(preset))) documentElement.style.setProperty(name, value);
  documentElement.style.colorScheme ||= scheme === 'system' ? 'light dark' : scheme; // Unless the theme is dark by itself.
  body.style.background = 'Canvas';
}
