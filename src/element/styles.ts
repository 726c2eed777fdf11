/**
 * The look, in plain rules. Nothing sets a direction; nothing is told by colour alone. A border that is transparent shows where
 * a system's own colours replace the backgrounds.
 */
import { pieceStyles } from './piece-styles.js';
import { theme } from './theme.js';

const css = String.raw;

const cardStyles = css`
  :host {
    display: block;
    inline-size: 100%;
    max-inline-size: 30rem;
    container-type: inline-size;
    contain-intrinsic-inline-size: 24rem;
  }
  :host([hidden]),
  .rows:empty,
  .actions:empty {
    display: none;
  }
  * {
    box-sizing: border-box;
    margin: 0;
    padding: 0;
    font: inherit;
    color: inherit;
  }

  /* Boxes. The card is as tall as what is in it at last, so that a page below it never moves. */
  .frame,
  .row,
  .notice,
  .preview,
  button,
  .press {
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: none;
  }
  .frame {
    min-block-size: 38rem;
    padding: min(calc(var(--_space) * 3), 6%);
    background: var(--_surface);
    color: var(--_text);
    font: 400 1rem/1.5 var(--_font);
    text-align: start;
    overflow-wrap: anywhere;
  }
  .notice,
  .glyph,
  button:hover,
  .press:hover {
    background: color-mix(in srgb, currentColor 7%, transparent);
  }
  .notice {
    border-color: transparent;
  }
  .notice:has(> .bad) {
    background: color-mix(in srgb, var(--_danger) 8%, transparent);
  }
  .row,
  .notice,
  .preview,
  button,
  .press {
    padding: var(--_space) calc(var(--_space) * 1.5);
  }

  /* One below the other, or side by side. */
  .frame,
  .body {
    display: flex;
    flex-direction: column;
  }
  .rows,
  .account,
  .history,
  .moment {
    display: grid;
    gap: var(--_space);
  }
  .body {
    flex: 1;
    gap: calc(var(--_space) * 2);
    margin-block: calc(var(--_space) * 1.5) calc(var(--_space) * 2);
  }
  /* Something to take in, in the middle; what to do about it, where the hand is. */
  .moment {
    margin-block: auto;
    gap: calc(var(--_space) * 2);
    justify-items: center;
    text-align: center;
    text-wrap: balance;
  }
  .rows {
    /* Not none: Safari takes that for no list at all. */
    list-style-type: '';
  }
  .row,
  .notice,
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space) calc(var(--_space) * 1.5);
  }
  .body > .actions {
    margin-block-start: auto;
  }
  .body > .actions > * {
    flex: 1 auto;
  }
  .notice {
    align-items: start;
  }
  .row {
    align-items: center;
    inline-size: 100%;
    min-block-size: 4.25rem;
    text-align: start;
  }
  button.row {
    flex-wrap: nowrap;
  }
  .text,
  .notice > p {
    flex: 1 11rem;
  }
  @container (inline-size < 25rem) {
    .frame {
      min-block-size: 42rem;
    }
  }
  @container (inline-size < 19rem) {
    .frame {
      min-block-size: 49rem;
    }
    .text {
      flex-basis: 5rem;
    }
  }
  @container (inline-size < 12rem) {
    .arrow {
      display: none;
    }
  }
  /* What is still to come, as large as it will be. */
  i.row,
  .ghost {
    border-color: transparent;
    border-radius: var(--_radius);
    background: color-mix(in srgb, var(--_line) 50%, transparent);
    color: transparent;
  }

  /* Words. */
  h2,
  b,
  button,
  .press {
    font-weight: 600;
    line-height: 1.3;
  }
  h2 {
    font-size: 1.25rem;
    text-wrap: balance;
  }
  small {
    display: block;
  }
  small,
  footer,
  :is(.row, .notice) button {
    font-size: 0.8125rem;
    font-weight: 400;
  }
  .muted,
  footer {
    color: var(--_muted);
  }
  .good {
    color: var(--_success);
  }
  .bad {
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
`;

export const styles = theme + cardStyles + pieceStyles;
