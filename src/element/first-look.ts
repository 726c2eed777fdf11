/** The first look of an element, before anything is known: what a browser draws in its first moment, as declarative shadow DOM. */
import { early } from '../locales/en.js';
import { initial } from '../core/state.js';
import { card, folded } from './card.js';
import { names } from './drawing.js';
import { firstStyles } from './first-styles.js';
import { nothing } from './lit.js';
import { escaped, markup } from './markup.js';
import type { Scene } from './views/scene.js';
import { isAtHand, speaker } from './words.js';
import type { OwnStrings } from './words.js';

/** What a server knows of the tag and its page. Whatever is not told is as the element has it without. */
export interface Look {
  /** The language of the page. English is drawn in words; any other in grey, as a browser does until its words have come. */
  readonly lang?: string | undefined;
  readonly layout?: string | undefined;
  readonly platform?: string | undefined;
  readonly strings?: OwnStrings | undefined;
  /** That of the page's `style-src`, where styles that stand in the page need one. */
  readonly nonce?: string | undefined;
  /** Where `wearable-connect.shadow.css` is served, for pages whose `style-src` allows no style that stands in them. */
  readonly stylesheet?: string | undefined;
}

/** As much of a scene as the first look reads: it has nothing to press. */
const sceneOf = ({ lang = 'en', platform = 'sweatstack', strings }: Look): Scene => {
  const isEnglish = isAtHand(lang);
  const spoken = isEnglish ? lang : 'en';
  return { say: speaker(strings, isEnglish ? early : {}, spoken), lang: spoken, platform: names.get(platform) ?? platform } as Scene;
};

/** What is in the shadow root, with its style. */
export function firstLook(look: Look): string {
  const { layout, nonce, stylesheet } = look;
  const scene = sceneOf(look);
  const inside = card(initial, scene, nothing);
  const isFolded = layout === 'popover' || layout === 'dialog';
  const drawn = markup(isFolded ? folded(inside, initial, scene, undefined, layout === 'dialog', () => {}) : inside).trim();
  // What has no style yet is not shown: how it is displayed is for the style to say.
  if (stylesheet) return `<link rel="stylesheet" href="${escaped(stylesheet)}">${drawn.replace(/^<\w+/, '$& hidden')}`;
  return `<style${nonce ? ` nonce="${escaped(nonce)}"` : ''}>${firstStyles}</style>${drawn}`;
}

/** The first child of the tag. */
export const declarativeShadowRoot = (look: Look = {}): string => `<template shadowrootmode="open">${firstLook(look)}</template>`;
