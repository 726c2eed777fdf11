/** The handler, as a worker bundles it. */
export * from '../../../dist/server/index.js';
