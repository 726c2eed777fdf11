/** The blocks of code on the pages, as files that a compiler reads; test/types/check.ts hands them to it, together with everything else that imports the package. */
import { toBeCompiled } from './blocks.js';

/** What a block may take for granted, because the text around it says so. */
const around = `
  import type { WearableConnect } from 'wearable-connect';
  import type { HandlerOptions, HostUser } from 'wearable-connect/server';
  declare global {
    const widget: WearableConnect;
    const button: HTMLButtonElement;
    const options: HandlerOptions;
    const authenticate: (request: Request) => Promise<HostUser | null>;
    function yourUserIdFrom(request: Request): Promise<string>;
    function save(...given: unknown[]): void;
    function show(...given: unknown[]): void;
    function log(error: unknown): void;
  }
`;

/** Each a module of its own: two blocks may use the same name. */
const filesFor = (...languages: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    toBeCompiled()
      .filter(({ language }) => languages.includes(language))
      .map(({ file, line, language, code }) => [`${file.replaceAll('/', '-')}-${line}.${language}`, `${code}\nexport {};\n`]),
  );

/** For a page. */
export const blocksOfPages = (): Readonly<Record<string, string>> => ({ 'around.ts': around, ...filesFor('ts', 'js') });

/** For either React. */
export const blocksOfReact = (): Readonly<Record<string, string>> => filesFor('tsx');
