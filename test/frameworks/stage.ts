/** The bare tag as each framework writes it: an attribute, two switches, an object and an event of an odd name. */
import { createElement } from 'react';
import { createElement as createElement18 } from 'react-18';
import { createRoot } from 'react-dom/client';
import { createRoot as createRoot18 } from 'react-dom-18/client';
import { h, render } from 'preact';
import { mount } from 'svelte';
import { createApp } from 'vue';
import '../../src/define.js';
import type { WearableConnect } from '../../src/element/wearable-connect.js';
import { demo } from '../../src/platforms/demo/platform.js';
import Page from './Page.svelte';

const platform = demo({ speed: 100 });
const common = { 'client-id': 'app', 'no-preview': true };

type Show = (place: HTMLElement, save: (event: Event) => void) => void;

const frameworks: Readonly<Record<string, Show>> = {
  'React 19': (place, save) => createRoot(place).render(createElement('wearable-connect', { ...common, inspector: false, platform, 'onwearable-change': save }, createElement('h2', { slot: 'header' }, 'Hello'))),
  'React 18': (place, save) => {
    const listen = (element: WearableConnect | null): void => {
      if (element) Object.assign(element, { platform }).addEventListener('wearable-change', save);
    };
    createRoot18(place).render(createElement18('wearable-connect', { ...common, ref: listen }, createElement18('h2', { slot: 'header' }, 'Hello')));
  },
  Preact: (place, save) => render(h('wearable-connect', { ...common, inspector: false, platform, 'onwearable-change': save }, h('h2', { slot: 'header' }, 'Hello')), place),
  Vue: (place, save) => {
    const template = '<wearable-connect client-id="app" no-preview :inspector="false" :platform="platform" @wearable-change="save"><h2 slot="header">Hello</h2></wearable-connect>';
    const app = createApp({ template, setup: () => ({ platform, save }) });
    app.config.compilerOptions.isCustomElement = (tag) => tag === 'wearable-connect';
    app.mount(place);
  },
  Svelte: (place, save) => void mount(Page, { target: place, props: { platform, save } }),
};

Object.assign(globalThis, {
  names: Object.keys(frameworks),
  async show(name: string) {
    const place = document.body.appendChild(document.createElement('div'));
    const heard = new Promise<string>((resolve) => frameworks[name]?.(place, ({ type }) => resolve(type)));
    const type = await heard;
    const element = place.querySelector('wearable-connect') as WearableConnect;
    const { clientId, noPreview, inspector } = element;
    return { type, clientId, noPreview, inspector, isOurs: element.platform === platform, slot: element.querySelector('h2')?.slot };
  },
});
