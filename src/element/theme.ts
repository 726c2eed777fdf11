/**
 * Eleven custom properties, each read once with its default; colours follow the page's `color-scheme`.
 *
 * A host may set any accent. What stands on it is black or white by its luminance, the very number that contrast is made of
 * (WCAG 2.2, 1.4.3): one of the two always reaches 4.5:1. Where it draws or writes on the surface (`--_ink`) it is darkened on
 * light and lightened on dark until that does too. The lightness of `oklch` is no luminance: by it, strong colours end at 3.1:1.
 */

/** Marks what editors and the build know as CSS. */
const css = String.raw;

export const theme = css`
  :host {
    --_accent: var(--wearable-accent, light-dark(#2f4fd0, #a9bcff));
    --_surface: var(--wearable-surface, light-dark(#fff, #17191e));
    --_text: var(--wearable-text, light-dark(#16181d, #eef0f4));
    --_ink: var(--_accent);
    --_legible: var(--_surface);
    --_on-accent: var(--wearable-on-accent, var(--_legible));
    --_muted: var(--wearable-muted, color-mix(in srgb, var(--_text) 72%, transparent));
    --_line: var(--wearable-line, color-mix(in srgb, var(--_text) 15%, transparent));
    --_danger: var(--wearable-danger, light-dark(#b3261e, #ffb0a8));
    --_success: var(--wearable-success, light-dark(#1a7048, #7fd6a8));
    --_radius: var(--wearable-radius, 12px);
    --_space: var(--wearable-space, 8px);
    --_font: var(--wearable-font, system-ui, sans-serif);
  }
  @supports (color: color(from red xyz x y z)) {
    :host {
      --_white: clamp(0, (0.18 - y) * 999, 1);
      --_dim: min(1, 0.16 / y);
      --_lift: max(0, (0.25 - y) / (1 - y));
      --_legible: color(from var(--_accent) xyz calc(0.95 * var(--_white)) var(--_white) calc(1.09 * var(--_white)));
      --_ink: light-dark(
        color(from var(--_accent) xyz calc(x * var(--_dim)) calc(y * var(--_dim)) calc(z * var(--_dim))),
        color(from var(--_accent) xyz calc(x + (0.95 - x) * var(--_lift)) calc(y + (1 - y) * var(--_lift)) calc(z + (1.09 - z) * var(--_lift)))
      );
    }
  }
  @media (prefers-contrast: more) {
    :host {
      --_muted: var(--_text);
      --_line: var(--_text);
    }
  }
`;
