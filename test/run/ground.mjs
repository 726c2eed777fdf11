/**
 * Makes the ground ready, then starts what was asked for:
 *
 *   node test/run/ground.mjs [--browser] <script.ts | tool> [arguments…]
 *
 * Every npm script goes through here, so that a fresh clone needs no second command. It runs before any dependency
 * exists, hence plain JavaScript and Node built-ins only.
 */
import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const installed = join(root, 'node_modules', '.package-lock.json');
const windows = process.platform === 'win32';

/** Ends with a sentence a person can act on; a stack trace would only hide it. */
const stop = (sentence) => {
  console.error(`\n${sentence}\n`);
  process.exit(1);
};

const needNode = () => {
  const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node.replace(/[^\d.]/g, '');
  const order = ([major, minor = '0']) => Number(major) * 1000 + Number(minor);
  if (order(process.versions.node.split('.')) < order(wanted.split('.'))) {
    stop(`Node ${wanted} or newer is needed; this is Node ${process.versions.node}. See https://nodejs.org/en/download`);
  }
};

/**
 * npm keeps beside the packages a note of what it installed. Comparing it with the lockfile, rather than a stamp of our
 * own, also recognises an installation made by hand. Packages for other systems are absent, rightly: they are optional.
 */
const packagesAreThere = () => {
  if (!existsSync(installed)) return false;
  const packages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const here = packages(installed);
  return Object.entries(packages(join(root, 'package-lock.json'))).every(
    ([path, { version, optional }]) => path === '' || (optional && !here[path]) || here[path]?.version === version,
  );
};

const needPackages = async () => {
  if (packagesAreThere()) return;
  const began = Date.now();
  const seconds = () => ((Date.now() - began) / 1000).toFixed(0);
  console.error('Installing packages (npm ci); about a minute the first time …');
  const ticking = setInterval(() => console.error(`… ${seconds()} s`), 15_000);
  const code = await run(windows ? 'npm.cmd' : 'npm', ['ci', '--loglevel=error', '--include=dev'], 'ignore');
  clearInterval(ticking);
  if (code > 128) process.exit(code);
  if (code !== 0) {
    stop(
      'npm ci failed; its own words are above. Most often the package registry could not be reached: check the ' +
        'connection and any proxy, then run the same command again. If it says that package.json and ' +
        'package-lock.json differ, run `npm install` once.',
    );
  }
  console.error(`Installed packages in ${seconds()} s.\n`);
};

const inPath = (names) => (windows ? [] : names.flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name))));

const usualPlaces = () => [
  process.env.CHROME_PATH,
  ...inPath(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']),
  '/usr/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) =>
    process.env[name] ? [join(process.env[name], 'Google', 'Chrome', 'Application', 'chrome.exe')] : [],
  ),
];

const findBrowser = () => usualPlaces().find((place) => place && existsSync(place));

const apt = () => !windows && spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;

let upToDate = false;
const install = async (packages) => {
  process.env.DEBIAN_FRONTEND = 'noninteractive';
  const wait = ['-qq', '-o', 'DPkg::Lock::Timeout=120'];
  if (!upToDate) await run('apt-get', [...wait, 'update'], 'ignore'); // A stale list may still do; installing says what is wrong.
  upToDate = true;
  return (await run('apt-get', [...wait, 'install', '-y', '--no-install-recommends', ...packages], 'ignore')) === 0;
};

const needBrowser = async () => {
  const found = findBrowser();
  if (found) return found;
  if (!apt() || process.getuid?.() !== 0) {
    const command = apt()
      ? 'sudo apt-get install -y chromium'
      : process.platform === 'darwin'
        ? 'brew install --cask google-chrome'
        : windows
          ? 'winget install Google.Chrome'
          : 'your package manager, to install chromium';
    stop(`The tests need Chromium or Chrome and found none. Run: ${command}\n(or name one in CHROME_PATH)`);
  }
  process.stderr.write('Installing Chromium (apt-get) …\n');
  const packages = ['chromium', 'fonts-liberation'];
  if (!(await install(packages))) {
    stop(`Chromium could not be installed. Run: apt-get install -y ${packages.join(' ')}\nto see why, or name a browser in CHROME_PATH.`);
  }
  return findBrowser() ?? stop('apt-get installed chromium, but it is in no usual place: name it in CHROME_PATH.');
};

/** What the journeys run in besides, each by what must be in the path and by Debian's names for it. */
const others = [
  { name: 'a display for browsers', commands: [['Xvfb'], ['openbox']], packages: ['xvfb', 'openbox'] },
  { name: 'Firefox', commands: [['firefox-esr', 'firefox']], packages: ['firefox-esr'] },
  { name: 'WebKit', commands: [['WebKitWebDriver']], packages: ['webkit2gtk-driver', 'libwebkit2gtk-4.1-0'] },
];
const isThere = ({ commands }) => commands.every((names) => inPath(names).some((file) => existsSync(file)));

/** None of these is needed: what is not here is not run, and said. Where tests decide over a change (CI), they insist on it. */
const wishForOtherBrowsers = async () => {
  const tried = join(root, 'node_modules', '.cache', 'wearable-connect', 'not-to-be-had');
  const hopeless = existsSync(tried) ? readFileSync(tried, 'utf8').split('\n') : []; // Not every Ubuntu has every package.
  for (const { name, packages } of others.filter((other) => !isThere(other) && !hopeless.includes(other.name))) {
    if (process.getuid?.() !== 0 || !apt()) break;
    process.stderr.write(`Installing ${name} (apt-get) …\n`);
    if (await install(packages)) continue;
    mkdirSync(dirname(tried), { recursive: true });
    appendFileSync(tried, `${name}\n`);
  }
  const missing = others.filter((other) => !isThere(other));
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name).join(', ');
  console.error(`Not here, so some journeys are not run: ${names} (on Debian: apt-get install ${missing.flatMap(({ packages }) => packages).join(' ')}).`);
};

/** The tests of many instances run on a real one, started by themselves. Without it they fail, and say what is missing. */
const needRedis = async () => {
  if (inPath(['redis-server']).some((file) => existsSync(file)) || process.getuid?.() !== 0 || !apt()) return;
  process.stderr.write('Installing redis-server (apt-get) …\n');
  if (!(await install(['redis-server']))) console.error('redis-server could not be installed, so its tests will fail. Run: apt-get install -y redis-server\nto see why.');
};

/** Who waits for this script when npm runs it: npm itself, or a shell and npm behind the shell. */
const startersOf = (id) => {
  const stat = `/proc/${id}/stat`; // A slim container has no `ps`.
  const text = existsSync(stat)
    ? readFileSync(stat, 'utf8').replace(/^\d+ \((.*)\) \S+ (\d+).*$/s, '$2 $1')
    : String(spawnSync('ps', ['-o', 'ppid=,comm=', '-p', String(id)]).stdout);
  const [, parent, name] = /^\s*(\d+)\s+(.*)/.exec(text) ?? [];
  return [id, ...(/(^|\/)-?\w*sh$/.test(name?.trim() ?? '') ? [Number(parent)] : [])];
};
const starters = process.env.npm_lifecycle_event && !windows ? startersOf(process.ppid) : [];

const alive = (id) => {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/**
 * Runs a command in a process group of its own, so that ending it ends whatever it started as well: forwarding a
 * signal to the child alone would leave servers and browsers behind when npm is killed.
 */
const run = (command, parameters, output = 'inherit') =>
  new Promise((done) => {
    const child = spawn(command, parameters, {
      cwd: root,
      stdio: ['inherit', output, 'inherit'],
      detached: !windows,
      shell: windows,
    });
    const end = (signal) => {
      try {
        if (windows) child.kill(signal);
        else process.kill(-child.pid, signal);
      } catch {
        // Everything in the group has ended already.
      }
    };
    const forward = (signal) => {
      end(signal);
      setTimeout(end, 5000, 'SIGKILL').unref();
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    // npm may be killed without a chance to pass the signal on; then its work ends as well.
    const orphaned = setInterval(() => starters.every(alive) || forward('SIGTERM'), 200);

    const finish = (code) => {
      clearInterval(orphaned);
      for (const signal of signals) process.off(signal, forward);
      end('SIGTERM');
      done(code);
    };
    child.once('error', (error) => {
      console.error(`${command}: ${error.message}`);
      finish(127);
    });
    child.once('exit', (code, signal) => finish(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });

const main = async ([first, ...rest]) => {
  needNode();
  await needPackages();
  if (first === '--browser') {
    process.env.CHROME_PATH = await needBrowser();
    await wishForOtherBrowsers();
    await needRedis();
    [first, ...rest] = rest;
  }
  if (first === undefined) return 0;
  const tool = join('node_modules', '.bin', windows ? `${first}.cmd` : first);
  return /\.m?[jt]s$/.test(first) ? run(process.execPath, ['--import', 'tsx', first, ...rest]) : run(tool, rest);
};

if (import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = await main(process.argv.slice(2));
