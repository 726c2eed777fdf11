/** Everything that `wearable-connect.shadow.css` has in it: the style of what a server draws, until the element is defined. */
import { styles } from './styles.js';

const css = String.raw;

/** A page that keeps room by `wearable-connect.css` hides what has not been drawn; this has been. */
const seen = css`
  .frame,
  slot[name='trigger'] {
    visibility: visible;
  }
  slot[name='trigger'] {
    display: contents;
  }
`;

export const firstStyles = styles + seen;
