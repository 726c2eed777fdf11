/** What stands inside the card: sentences, the history, the latest activity. */
import { css } from './lit.js';

export const contentStyles = css`
  .lead,
  .notice,
  .history:is(p) {
    display: flex;
    align-items: start;
    gap: var(--_space);
  }
  .notice {
    flex-wrap: wrap;
  }
  .notice > :is(p, span) {
    flex: 1 1 10rem;
  }
  .notice > svg,
  .history > .good {
    margin-block-start: 0.15em;
  }
  .notice,
  .question {
    padding: calc(var(--_space) * 1.25) calc(var(--_space) * 1.5);
    border-radius: calc(var(--_radius) * 0.75);
    background: color-mix(in srgb, var(--_text) 5%, transparent);
  }
  .alarm {
    background: color-mix(in srgb, var(--_danger) 8%, transparent);
  }
  .question {
    display: grid;
    gap: var(--_space);
  }
  .who {
    font-weight: 550;
  }
  .who small {
    font-weight: 400;
  }

  .history:not(p) {
    display: grid;
    gap: calc(var(--_space) * 0.75);
  }
  progress {
    appearance: none;
    display: block;
    inline-size: 100%;
    block-size: 6px;
    border: 0;
    border-radius: 3px;
    overflow: hidden;
    background: var(--_line);
    color: var(--_accent);
  }
  progress::-webkit-progress-bar {
    background: none;
  }
  progress::-webkit-progress-value {
    border-radius: 3px;
    background: var(--_accent);
    transition: inline-size 0.4s ease-out;
  }
  progress::-moz-progress-bar {
    border-radius: 3px;
    background: var(--_accent);
  }
  progress:indeterminate {
    background: linear-gradient(90deg, var(--_line) 30%, var(--_accent) 50%, var(--_line) 70%) 0 0 / 300% 100%;
    animation: pass 1.8s linear infinite;
  }
  progress:indeterminate::-moz-progress-bar {
    background: none;
  }
  .spinner {
    flex: none;
    inline-size: 1.125rem;
    block-size: 1.125rem;
    margin-block-start: 0.2rem;
    border: 2px solid var(--_line);
    border-block-start-color: var(--_accent);
    border-radius: 50%;
    animation: turn 0.9s linear infinite;
  }

  .preview {
    padding: calc(var(--_space) * 1.5);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  .preview .name {
    font-size: 1.0625rem;
  }
  .figures {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(var(--_space) * 2.5);
    margin-block: calc(var(--_space) * 0.5);
    font-size: 1.25rem;
    font-weight: 550;
    font-variant-numeric: tabular-nums;
  }
  footer {
    font-size: 0.8125rem;
  }
  /* On what stands in it: an empty foot takes no room. */
  footer a,
  ::slotted([slot='footer']) {
    margin-block-start: calc(var(--_space) * 2);
  }
  footer a {
    display: inline-block;
    padding-block: 0.25rem;
    text-underline-offset: 0.2em;
  }

  .bone > * {
    border-radius: 6px;
    background: var(--_line);
    animation: breathe 1.6s ease-in-out infinite alternate;
  }
  .bone .text {
    flex: none;
    inline-size: 8rem;
    block-size: 0.875rem;
  }
`;
