/** What custom-elements.json is made from. `--outdir` is left to whoever asks. */
export default {
  globs: ['src/element/**/*.ts', 'src/define.ts'],
  litelement: true,
  quiet: true,
  packagejson: false, // Else the tool rewrites package.json at every run.
};
