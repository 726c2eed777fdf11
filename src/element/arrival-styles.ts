/** What comes with the history and the latest activity. */
const css = String.raw;

export const arrivalStyles = css`
  .danger {
    border-color: currentColor;
    color: var(--_danger);
  }
  /* Today is where a line of reading ends: from there it fills, backwards. */
  progress {
    appearance: none;
    inline-size: 100%;
    block-size: 0.5rem;
    border: 0;
    border-radius: 1rem;
    overflow: hidden;
    background: color-mix(in srgb, var(--_ink) 15%, transparent);
    transform: scaleX(-1);
  }
  ::-webkit-progress-bar {
    background: none;
  }
  ::-webkit-progress-value {
    border-radius: 1rem;
    background: var(--_ink);
  }
  ::-moz-progress-bar {
    background: var(--_ink);
  }
  :indeterminate::-moz-progress-bar {
    background: none;
  }
  @media (prefers-reduced-motion: no-preference) {
    ::-webkit-progress-value {
      transition: inline-size 1s;
    }
    :indeterminate {
      background-image: linear-gradient(90deg, transparent, var(--_ink), transparent);
      background-size: 50% 100%;
      background-repeat: no-repeat;
      animation: passes 2s infinite;
    }
  }
  @keyframes passes {
    from {
      background-position-x: -100%;
    }
    to {
      background-position-x: 200%;
    }
  }
  @media (forced-colors: active) {
    progress {
      appearance: auto;
    }
  }
  @media (forced-colors: active) {
    progress {
      --_ink: Highlight;
      border: 1px solid CanvasText;
      background: Canvas;
      forced-color-adjust: none;
    }
  }
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
