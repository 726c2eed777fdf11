/**
 * How the card stands beside its button or above the page. Where the part that anchors it is not here, browsers that can anchor
 * by themselves do, and others show it in the middle. On a narrow screen it is a sheet from below, whatever it was.
 */
const css = String.raw;

export const layoutStyles = css`
  :host {
    display: inline-block;
    inline-size: auto;
    max-inline-size: 100%;
    container-type: normal;
  }
  slot[name='trigger'] button,
  ::slotted([slot='trigger']) {
    anchor-name: --wearable-trigger;
  }
  /* Once there is something, it is no longer what a visitor should press first. */
  .trigger:not(.main) {
    background: var(--_surface);
    color: var(--_text);
  }
  .dot {
    flex: none;
    inline-size: 0.5rem;
    block-size: 0.5rem;
    border: 1px solid transparent;
    border-radius: 50%;
    background: var(--_success);
  }
  .amiss {
    border-radius: 2px;
    background: var(--_danger);
  }
  #over {
    position: fixed;
    inset: 0;
    margin: auto;
    border: 0;
    padding: 0;
    inline-size: min(26rem, 100vw - 2rem);
    block-size: fit-content;
    max-inline-size: none;
    max-block-size: none;
    overflow: visible;
    background: none;
    color: var(--_text);
    container-type: inline-size;
    --_room: calc(100dvh - 2rem);
  }
  #over:not(dialog, .open, :popover-open) {
    display: none;
  }
  /* Browsers that know no popover show it like anything else, and know no rule with its name in it. */
  @supports not selector(:popover-open) {
    #over:not(dialog, .open) {
      display: none;
    }
  }
  #over::backdrop {
    background: color-mix(in srgb, #000 45%, transparent);
  }
  #over[popover]::backdrop {
    background: none;
  }
  .frame {
    min-block-size: 0;
    max-block-size: var(--_room);
    overflow: auto;
    overscroll-behavior: contain;
    box-shadow:
      0 1px 3px rgb(0 0 0 / 12%),
      0 12px 40px rgb(0 0 0 / 18%);
  }
  .frame > header {
    padding-inline-end: 2.5rem;
  }
  .close {
    position: absolute;
    z-index: 1;
    inset: 0.75rem 0.75rem auto auto;
    display: grid;
    place-items: center;
    inline-size: 2.75rem;
    padding: 0;
    border-color: transparent;
    border-radius: 50%;
    color: var(--_muted);
  }
  .close:dir(rtl) {
    inset: 0.75rem auto auto 0.75rem;
  }
  .tip {
    display: none;
    position: absolute;
    inline-size: 0.875rem;
    block-size: 0.875rem;
    rotate: 45deg;
    border: 1px solid var(--_line);
    background: var(--_surface);
    /* The half that looks out. */
    clip-path: polygon(0 0, 100% 0, 0 100%);
  }
  @supports (anchor-name: --a) {
    #over[popover] {
      position-anchor: --wearable-trigger;
      inset: auto;
      margin: 0.625rem 0;
      position-area: block-end span-inline-end;
      position-try-fallbacks: flip-block, flip-inline, flip-block flip-inline;
      --_room: 80dvh;
    }
  }
  #over.placed {
    position-area: none;
    /* Else Chromium goes on with the side that it tried last, and turns ours over. */
    position-try-fallbacks: none;
    inset: auto;
    margin: 0;
  }
  .placed > .tip {
    display: block;
  }

  @media (width <= 30rem) {
    #over#over {
      position-area: none;
      inset: auto 0 0 !important;
      margin: 0;
      inline-size: auto;
      --_room: 88dvh !important;
    }
    #over#over::backdrop {
      background: color-mix(in srgb, #000 45%, transparent);
    }
    .frame {
      padding-block-end: max(1.5rem, env(safe-area-inset-bottom));
      border-end-start-radius: 0;
      border-end-end-radius: 0;
      border-width: 1px 0 0;
    }
    #over > .tip {
      display: none;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    #over > .frame {
      animation: rise 0.2s ease-out;
    }
  }
  @keyframes rise {
    from {
      translate: 0 0.5rem;
    }
  }
  @media (width <= 30rem) and (prefers-reduced-motion: no-preference) {
    #over > .frame {
      animation-name: slide;
    }
  }
  @keyframes slide {
    from {
      translate: 0 100%;
    }
  }
  @media (prefers-reduced-transparency: reduce) {
    #over::backdrop {
      background: rgb(0 0 0 / 85%);
    }
  }
`;
