import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Engine, EngineName } from './engine.js';
import { chromium, firefox } from './puppeteer.js';
import { webkit } from './webkit.js';

export const engineNames: readonly EngineName[] = ['Chromium', 'Firefox', 'WebKit'];

/** `ENGINES=chromium,firefox` narrows what is run. */
const wanted = (process.env['ENGINES'] ?? engineNames.join()).toLowerCase().split(',').map((name) => name.trim());

const inPath = (...names: readonly string[]): string | undefined =>
  names.flatMap((name) => (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name))).find((file) => existsSync(file));

/** Where distributions keep the browser that comes with WebKitGTK: below a folder named after the processor, or not. */
const miniBrowser = (): string | undefined =>
  ['/usr/lib', '/usr/lib64', '/usr/libexec', ...(existsSync('/usr/lib') ? readdirSync('/usr/lib').filter((name) => name.includes('-linux-')).map((name) => `/usr/lib/${name}`) : [])]
    .flatMap((folder) => ['webkit2gtk-4.1', 'webkitgtk-6.0'].map((version) => join(folder, version, 'MiniBrowser')))
    .find((file) => existsSync(file));

const found: Readonly<Record<EngineName, () => Engine | undefined>> = {
  Chromium: () => {
    const file = process.env['CHROME_PATH'] ?? inPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');
    return file === undefined ? undefined : chromium(file);
  },
  Firefox: () => {
    const file = process.env['FIREFOX_PATH'] ?? inPath('firefox-esr', 'firefox');
    return file === undefined ? undefined : firefox(file);
  },
  WebKit: () => {
    const [driver, browser] = [inPath('WebKitWebDriver'), miniBrowser()];
    return driver !== undefined && browser !== undefined ? webkit(driver, browser) : undefined;
  },
};

const packages: Readonly<Record<EngineName, string>> = {
  Chromium: 'chromium',
  Firefox: 'firefox-esr',
  WebKit: 'webkit2gtk-driver libwebkit2gtk-4.1-0',
};

const screen = inPath('Xvfb') !== undefined && inPath('openbox') !== undefined;

const asked = engineNames.filter((name) => wanted.includes(name.toLowerCase()));

/** Those that are here and wanted. */
export const engines: readonly Engine[] = asked.flatMap((name) => (screen ? (found[name]() ?? []) : []));

/** Those that are wanted and not here, with a sentence on what to do about it. */
export const absent: readonly { readonly name: EngineName; readonly sentence: string }[] = asked
  .filter((name) => !engines.some((engine) => engine.name === name))
  .map((name) => {
    const missing = [...(found[name]() ? [] : [packages[name]]), ...(screen ? [] : ['xvfb', 'openbox'])].join(' ');
    return { name, sentence: `${name} was not run: it needs what Debian calls ${missing} (as root: apt-get install ${missing})` };
  });
