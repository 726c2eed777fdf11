/** Types, and lint that asks for types, by one compiler: finding them out is most of the work of either. */
import { ESLint } from 'eslint';
import ts from 'typescript';

const host: ts.ParseConfigFileHost = {
  ...ts.sys,
  onUnRecoverableConfigFileDiagnostic({ messageText }) {
    throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
  },
};
const settings = ts.getParsedCommandLineOfConfigFile('tsconfig.json', { noEmit: true }, host);
if (!settings) throw new Error('tsconfig.json could not be read: expected it in the folder that this runs in.');
const program = ts.createProgram({ rootNames: settings.fileNames, options: settings.options });

const mistakes = [...settings.errors, ...ts.getPreEmitDiagnostics(program)];
const formatted = ts.formatDiagnostics(mistakes, { getCurrentDirectory: ts.sys.getCurrentDirectory, getCanonicalFileName: (name) => name, getNewLine: () => '\n' });

const eslint = new ESLint({
  overrideConfigFile: 'test/run/eslint.config.js',
  overrideConfig: { files: ['**/*.ts'], languageOptions: { parserOptions: { project: null, programs: [program] } } },
});
const found = await eslint.lintFiles(['.']);
const reported = await (await eslint.loadFormatter('stylish')).format(found);

console.log(formatted + reported);
if (mistakes.length > 0 || found.some(({ errorCount, warningCount }) => errorCount + warningCount > 0)) process.exitCode = 1;
