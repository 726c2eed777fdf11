/** What happens on a server: the very props and children of the stage’s hydration. */
import { createElement, StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { WearableConnect } from '../../src/react.js';

export const rendered = (strict: boolean, layout?: 'popover'): string => {
  const tag = createElement(
    WearableConnect,
    { platform: 'demo', clientId: 'a', className: 'one', sources: ['polar'], noPreview: true, strings: { title: 'T' }, onTokens: () => {}, fetchSession: async () => 's', layout },
    createElement('h2', { slot: 'header' }, 'Hello'),
  );
  return renderToString(strict ? createElement(StrictMode, null, tag) : tag);
};
