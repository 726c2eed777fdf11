/** The component; React itself is the host's. */
export * from '../../../dist/react.js';
