/** The inspector's look, brought by itself: a page that never shows it does not pay for it. Colours are the element's own. */
const css = String.raw;

export const inspectorStyles = css`
  .inspector {
    margin-block-start: calc(var(--_space) * 2);
    font-size: 0.8125rem;
  }
  details {
    border-block-start: 1px solid var(--_line);
  }
  summary {
    padding-block: 0.375rem;
    cursor: pointer;
  }
  code,
  pre {
    font-family: ui-monospace, monospace;
    white-space: pre-wrap;
    direction: ltr;
    unicode-bidi: isolate;
  }
  pre {
    padding: var(--_space) calc(var(--_space) * 1.5);
    background: color-mix(in srgb, currentColor 7%, transparent);
  }
  dd {
    margin-block-end: var(--_space);
  }
  .findings {
    padding-block: var(--_space);
  }
`;
