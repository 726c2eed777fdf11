/**
 * The look: eleven custom properties, each read once with its default, and plain rules below. Colours follow the page's
 * `color-scheme`; nothing sets a direction; nothing is told by colour alone.
 */
import { css } from './lit.js';
import { contentStyles } from './styles-of-content.js';

const frameStyles = css`
  :host {
    --_accent: var(--wearable-accent, light-dark(#2f4fd0, #a9bcff));
    --_on-accent: var(--wearable-on-accent, light-dark(#fff, #0f1738));
    --_surface: var(--wearable-surface, light-dark(#fff, #17191e));
    --_text: var(--wearable-text, light-dark(#16181d, #eef0f4));
    --_muted: var(--wearable-muted, light-dark(#5a606b, #a2a9b6));
    --_line: var(--wearable-line, light-dark(#dfe2e8, #343943));
    --_danger: var(--wearable-danger, light-dark(#b3261e, #ffb0a8));
    --_success: var(--wearable-success, light-dark(#1a7048, #7fd6a8));
    --_radius: var(--wearable-radius, 12px);
    --_space: var(--wearable-space, 8px);
    --_font: var(--wearable-font, system-ui, sans-serif);

    display: block;
    box-sizing: border-box;
    inline-size: 100%;
    max-inline-size: 30rem;
    container-type: inline-size;
    /* Without it a parent that shrinks to fit would shrink the card to nothing. */
    contain-intrinsic-inline-size: 22rem;
  }
  :host([hidden]) {
    display: none;
  }
  * {
    box-sizing: border-box;
    margin: 0;
    padding: 0;
    font: inherit;
    color: inherit;
  }

  .frame {
    padding: calc(var(--_space) * 3);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    font: 400 1rem/1.5 var(--_font);
    text-align: start;
    overflow-wrap: anywhere;
  }
  .body {
    display: grid;
    gap: calc(var(--_space) * 2);
    margin-block-start: calc(var(--_space) * 1.5);
  }
  h2 {
    font-size: 1.25rem;
    font-weight: 650;
    line-height: 1.3;
    letter-spacing: -0.01em;
    text-wrap: balance;
  }
  p {
    text-wrap: pretty;
  }
  small,
  .small {
    font-size: 0.8125rem;
  }
  small {
    display: block;
  }
  .muted,
  footer {
    color: var(--_muted);
  }
  .good {
    color: var(--_success);
  }
  .bad,
  .alarm svg {
    color: var(--_danger);
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  [tabindex='-1'] {
    outline: none;
  }
  :is(button, a, summary, [tabindex='0']):focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  svg {
    flex: none;
    inline-size: 1.5rem;
    block-size: 1.5rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .mark {
    inline-size: 1.15em;
    block-size: 1.15em;
    stroke-width: 2.25;
    vertical-align: -0.2em;
  }
  .arrow {
    inline-size: 1.125rem;
    color: var(--_muted);
  }
  .arrow:dir(rtl) {
    transform: scaleX(-1);
  }
  .glyph {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 2.5rem;
    block-size: 2.5rem;
    border-radius: calc(var(--_radius) * 0.75);
    background: color-mix(in srgb, var(--_accent) 10%, transparent);
    color: var(--_accent);
  }
  ::slotted([slot^='icon-']) {
    flex: none;
    inline-size: 2.5rem;
    block-size: 2.5rem;
    object-fit: contain;
  }

  .rows {
    display: grid;
    gap: var(--_space);
    /* Not none: Safari takes that for no list at all. */
    list-style-type: '';
  }
  .rows:not(:has(*)),
  .actions:not(:has(*)) {
    display: none;
  }
  .row {
    display: flex;
    font-size: 1rem;
    align-items: center;
    gap: calc(var(--_space) * 1.5);
    inline-size: 100%;
    min-block-size: 3.5rem;
    padding: var(--_space) calc(var(--_space) * 1.5);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: none;
    text-align: start;
  }
  li.row {
    flex-wrap: wrap;
  }
  .row > button {
    margin-inline-start: auto;
  }
  .text {
    flex: 1 1 8rem;
    min-inline-size: 0;
  }
  .name {
    display: block;
    font-weight: 550;
    line-height: 1.35;
  }

  button {
    min-block-size: 2.75rem;
    padding: calc(var(--_space) * 0.75) calc(var(--_space) * 1.75);
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 0.75);
    background: none;
    font-size: 0.9375rem;
    font-weight: 550;
    line-height: 1.3;
    cursor: pointer;
    transition: 0.15s ease-out;
    transition-property: background-color, border-color;
  }
  button:hover {
    border-color: var(--_accent);
    background: color-mix(in srgb, var(--_accent) 6%, transparent);
  }
  button.main {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  button.main:hover {
    background: color-mix(in srgb, var(--_accent) 88%, var(--_text));
  }
  button.danger {
    border-color: var(--_danger);
    color: var(--_danger);
  }
  button.danger:hover {
    background: color-mix(in srgb, var(--_danger) 8%, transparent);
  }
  button.quiet {
    border-color: transparent;
    color: var(--_muted);
    font-weight: 400;
  }
  button.small {
    min-block-size: 2rem;
    padding-inline: calc(var(--_space) * 1.25);
    font-size: 0.8125rem;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space);
  }
`;

/** What a narrow place, a quiet taste or a system's own colours change. Last, so that it wins. */
const adaptedStyles = css`
  @container (max-width: 20rem) {
    .frame {
      padding: calc(var(--_space) * 2);
    }
    .actions > button {
      flex: 1 1 100%;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .glyph,
    .notice,
    .question,
    progress {
      border: 1px solid;
    }
    button.main {
      border-color: currentColor;
    }
    progress::-webkit-progress-value {
      background: Highlight;
    }
    progress::-moz-progress-bar {
      background: Highlight;
    }
    .spinner {
      border-block-start-color: Highlight;
    }
  }

  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  @keyframes pass {
    from {
      background-position: 100% 0;
    }
    to {
      background-position: 0 0;
    }
  }
  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }
`;

export const styles = [frameStyles, contentStyles, adaptedStyles];
