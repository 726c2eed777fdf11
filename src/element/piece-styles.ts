/** The look of what a card is made of: things to press, and pictures. */
const css = String.raw;

export const pieceStyles = css`
  /* Things to press. */
  button,
  .press {
    min-block-size: 2.75rem;
    font-size: 0.9375rem;
    text-align: center;
    text-decoration: none;
    cursor: pointer;
  }
  button:hover,
  .press:hover {
    border-color: currentColor;
  }
  .main,
  .main:hover {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .main:hover {
    box-shadow: 0 0 0 3px color-mix(in srgb, var(--_accent) 30%, transparent);
  }
  /* Stands alone in the page, before there is a card around it. */
  .trigger {
    display: inline-flex;
    gap: 0.625em;
    align-items: center;
    max-inline-size: 100%;
    font: 600 0.9375rem/1.3 var(--_font);
  }
  .quiet {
    border-color: transparent;
    color: var(--_muted);
  }
  :is(.row, .notice) button {
    min-block-size: 2rem;
    font-weight: 600;
  }
  @media (pointer: coarse) {
    :is(.row, .notice) button,
    summary,
    footer a {
      min-block-size: 2.75rem;
    }
  }
  :focus-visible {
    outline: 2px solid var(--_ink);
    outline-offset: 2px;
  }
  [tabindex='-1'] {
    outline: none;
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
    position: relative;
    display: grid;
    place-items: center;
    border-radius: calc(var(--_radius) * 0.75);
    color: var(--_ink);
    font-size: 1.125rem;
  }
  .glyph img {
    position: absolute;
    inline-size: 100%;
    block-size: 100%;
    border-radius: inherit;
    object-fit: contain;
    background: var(--_surface);
  }
  .glyph .error {
    opacity: 0;
  }
  .pulse {
    display: block;
    border-radius: 50%;
    color: var(--_ink);
  }
  .large .glyph,
  .large ::slotted(*) {
    border-radius: 50%;
    inline-size: 5rem;
    block-size: 5rem;
    font-size: 2.25rem;
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
  .arrow:dir(rtl) {
    transform: scaleX(-1);
  }

  @media (prefers-reduced-motion: no-preference) {
    .pulse {
      animation: pulse 2s infinite;
    }
  }
  @keyframes pulse {
    from {
      box-shadow: 0 0 0 0 color-mix(in srgb, currentColor 40%, transparent);
    }
    to {
      box-shadow: 0 0 0 0.875rem transparent;
    }
  }
`;
