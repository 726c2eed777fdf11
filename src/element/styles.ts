/**
 * The look: eleven custom properties, each read once with its default, and plain rules below. Colours follow the page's
 * `color-scheme`; nothing sets a direction; nothing is told by colour alone. A border that is transparent shows where a
 * system's own colours replace the backgrounds.
 */

/** Marks what editors and the build know as CSS. */
const css = String.raw;

export const styles = css`
  :host {
    --_accent: var(--wearable-accent, light-dark(#2f4fd0, #a9bcff));
    --_surface: var(--wearable-surface, light-dark(#fff, #17191e));
    --_text: var(--wearable-text, light-dark(#16181d, #eef0f4));
    --_on-accent: var(--wearable-on-accent, var(--_surface));
    --_muted: var(--wearable-muted, color-mix(in srgb, var(--_text) 72%, transparent));
    --_line: var(--wearable-line, color-mix(in srgb, var(--_text) 15%, transparent));
    --_danger: var(--wearable-danger, light-dark(#b3261e, #ffb0a8));
    --_success: var(--wearable-success, light-dark(#1a7048, #7fd6a8));
    --_radius: var(--wearable-radius, 12px);
    --_space: var(--wearable-space, 8px);
    --_font: var(--wearable-font, system-ui, sans-serif);

    display: block;
    inline-size: 100%;
    max-inline-size: 30rem;
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

  /* Boxes. */
  .frame,
  .row,
  .notice,
  .preview,
  .glyph,
  button {
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: none;
  }
  .notice,
  .glyph,
  button:hover {
    border-color: transparent;
    background: color-mix(in srgb, currentColor 7%, transparent);
  }
  .notice:has(> .bad) {
    background: color-mix(in srgb, var(--_danger) 8%, transparent);
  }
  .row,
  .notice,
  .preview,
  button {
    padding: var(--_space) calc(var(--_space) * 1.5);
  }
  .frame {
    padding: min(calc(var(--_space) * 3), 6%);
    background: var(--_surface);
    color: var(--_text);
    font: 400 1rem/1.5 var(--_font);
    text-align: start;
    overflow-wrap: anywhere;
  }

  /* One below the other, or side by side. */
  .body,
  .rows,
  .history {
    display: grid;
    gap: var(--_space);
  }
  .body {
    gap: calc(var(--_space) * 2);
    margin-block-start: calc(var(--_space) * 1.5);
  }
  .rows {
    /* Not none: Safari takes that for no list at all. */
    list-style-type: '';
  }
  .row,
  .notice,
  .actions,
  .figures {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space) calc(var(--_space) * 1.5);
  }
  .actions > button {
    flex-grow: 1;
  }
  .notice {
    align-items: start;
  }
  .row {
    align-items: center;
    inline-size: 100%;
    min-block-size: 3.625rem;
    text-align: start;
  }
  .text,
  .notice > p {
    flex: 1 9rem;
  }
  /* A list that is still to come. */
  i.row {
    background: var(--_line);
    opacity: 0.5;
  }

  /* Words. */
  h2,
  b,
  button {
    font-weight: 600;
    line-height: 1.3;
  }
  h2,
  .figures,
  .glyph {
    font-size: 1.25rem;
  }
  h2 {
    text-wrap: balance;
  }
  .preview p::first-letter {
    text-transform: uppercase;
  }
  small {
    display: block;
  }
  small,
  footer,
  :is(.row, .notice) > button {
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

  /* Things to press. */
  button {
    min-block-size: 2.75rem;
    font-size: 0.9375rem;
    cursor: pointer;
  }
  button:hover {
    border-color: currentColor;
  }
  .main,
  .main:hover {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .main:hover {
    filter: brightness(0.92);
  }
  .danger {
    border-color: currentColor;
    color: var(--_danger);
  }
  .quiet {
    border-color: transparent;
    color: var(--_muted);
    font-weight: 400;
  }
  :is(.row, .notice) > button {
    min-block-size: 2rem;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  [tabindex='-1'] {
    outline: none;
  }
  /* On what stands in it: an empty foot takes no room. */
  footer a,
  ::slotted([slot='footer']) {
    margin-block-start: calc(var(--_space) * 2);
  }
  footer a {
    display: inline-block;
    padding-block: 0.25rem;
  }

  /* Pictures. */
  .glyph,
  ::slotted([slot^='icon-']) {
    flex: none;
    inline-size: 2.5rem;
    block-size: 2.5rem;
    object-fit: contain;
  }
  .glyph {
    display: grid;
    place-items: center;
    color: var(--_accent);
  }
  svg {
    flex: none;
    inline-size: 1.2em;
    /* One line high. */
    block-size: 1.5em;
    vertical-align: top;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .code {
    /* A camera needs it large, dark on light in every theme, with four squares of quiet around it (ISO/IEC 18004, 9.1). */
    inline-size: 12em;
    block-size: auto;
    padding: 1.5em;
    background: #fff;
    fill: #000;
    stroke: none;
  }
  .arrow:dir(rtl) {
    transform: scaleX(-1);
  }
  progress {
    inline-size: 100%;
    accent-color: var(--_accent);
  }
`;
