/** Nothing to set; without it the build of this package would be taken for one of Svelte. */
export default {};
