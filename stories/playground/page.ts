import type { Known } from './known.js';

/** An element that the page must have. */
export const find = <Kind extends Element>(selector: string, within: ParentNode = document): Kind => {
  const found = within.querySelector<Kind>(selector);
  if (!found) throw new Error(`The page has no ${selector}`);
  return found;
};

export const known = JSON.parse(find('#known').textContent) as Known;

/** An element with a class and words in it. */
export const piece = <Tag extends keyof HTMLElementTagNameMap>(tag: Tag, name: string, ...inside: readonly (string | Node)[]): HTMLElementTagNameMap[Tag] => {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...inside);
  return element;
};
