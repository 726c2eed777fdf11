/** What comes with the history and the latest activity. */
const css = String.raw;

export const arrivalStyles = css`
  .years {
    display: block;
    inline-size: 100%;
    block-size: 1.375rem;
    overflow: visible;
    direction: ltr;
    font-size: 0.75rem;
    stroke-width: 1;
  }
  .years text {
    stroke: none;
    fill: currentColor;
    font-variant-numeric: tabular-nums;
  }
  .preview {
    min-block-size: 7.25rem;
  }
  i.preview {
    animation: unsaid 0s 10s forwards;
  }
  /* Whether there is one may never be known. */
  @keyframes unsaid {
    to {
      visibility: hidden;
    }
  }
  .preview p::first-letter {
    text-transform: uppercase;
  }
  .figures {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(var(--_space) * 2.5);
    font-variant-numeric: tabular-nums;
  }
  .figures > b {
    font-size: 1.25rem;
  }
  .figures.muted {
    justify-content: space-between;
    font-size: 0.8125rem;
  }
`;
