/** Chromium by the DevTools protocol and Firefox by WebDriver BiDi. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer, { TargetType } from 'puppeteer-core';
import type { BrowserContext, Browser as Driven, LaunchOptions as Settings, Page, Target } from 'puppeteer-core';
import { plainChromium } from './chromium.mjs';
import { type Display, display } from './display.js';
import type { Browser, Engine, LaunchOptions, Profile, Tab } from './engine.js';
import { PuppeteerTab } from './puppeteer-tab.js';
import { inTime } from './waiting.js';

/** Drivers switch the pop-up blocker off; a visitor has it on. */
const chromiumSettings = ({ scratch }: Display, { storageBlocked }: LaunchOptions): Settings => {
  const userDataDir = mkdtempSync(join(scratch, 'chromium-'));
  mkdirSync(join(userDataDir, 'Default'));
  const preferences = storageBlocked ? { profile: { default_content_setting_values: { cookies: 2 } } } : {};
  writeFileSync(join(userDataDir, 'Default', 'Preferences'), JSON.stringify(preferences));
  return {
    userDataDir,
    pipe: true, // A browser on a pipe ends with the process that drives it, however that one ends.
    ignoreDefaultArgs: ['--disable-popup-blocking'],
    args: [...plainChromium],
  };
};

const firefoxSettings = ({ scratch }: Display, { storageBlocked }: LaunchOptions): Settings => ({
  browser: 'firefox',
  userDataDir: mkdtempSync(join(scratch, 'firefox-')),
  extraPrefsFirefox: {
    'dom.disable_open_during_load': true,
    // Puppeteer's profile lets every window believe it has the focus.
    'focusmanager.testmode': false,
    // With windows Firefox asks for an icon for each tab, and the console of a page whose policy forbids that says so.
    'browser.chrome.site_icons': false,
    // Each picture is drawn without a graphics card, and nobody sees most of them.
    'layout.frame_rate': 15,
    // Firefox takes no click until it has drawn a page three times, against clicks that were meant for the page before. A driver’s are meant.
    'dom.input_events.security.minNumTicks': 0,
    'dom.input_events.security.minTimeElapsedInMS': 0,
    // What each of its windows has for people: pages kept ready, previews, undo, accounts, forms.
    'browser.newtab.preload': false,
    'browser.tabs.remote.warmup.enabled': false,
    'browser.pagethumbnails.capturing_disabled': true,
    'browser.sessionstore.interval': 3_600_000,
    'browser.sessionstore.max_tabs_undo': 0,
    'browser.sessionstore.max_windows_undo': 0,
    'identity.fxaccounts.enabled': false,
    'browser.translations.enable': false,
    'browser.formfill.enable': false,
    'signon.rememberSignons': false,
    'toolkit.cosmeticAnimations.enabled': false,
    ...(storageBlocked ? { 'network.cookie.cookieBehavior': 2 } : {}),
  },
});

const engineOf = (name: 'Chromium' | 'Firefox', executablePath: string, settings: typeof chromiumSettings): Engine => ({
  name,
  async launch(options = {}) {
    const screen = await display();
    const driven = await puppeteer.launch({
      executablePath,
      headless: false,
      defaultViewport: null, // The size a window has, not one that is pretended.
      env: screen.env,
      handleSIGTERM: false,
      handleSIGHUP: false,
      ...settings(screen, options),
    });
    return new PuppeteerBrowser(name, driven);
  },
});

export const chromium = (executablePath: string): Engine => engineOf('Chromium', executablePath, chromiumSettings);
export const firefox = (executablePath: string): Engine => engineOf('Firefox', executablePath, firefoxSettings);

class PuppeteerBrowser implements Browser {
  readonly engine: 'Chromium' | 'Firefox';
  readonly #driven: Driven;

  constructor(engine: 'Chromium' | 'Firefox', driven: Driven) {
    this.engine = engine;
    this.#driven = driven;
  }

  async visitor(): Promise<Profile> {
    return new PuppeteerProfile(this.engine, await this.#driven.createBrowserContext());
  }

  isThere(): boolean {
    return this.#driven.connected;
  }

  async close(): Promise<void> {
    await inTime(this.#driven.close(), () => 'too late', 5000).catch(() => this.#driven.process()?.kill('SIGKILL'));
  }
}

class PuppeteerProfile implements Profile {
  readonly console: string[] = [];
  readonly #engine: 'Chromium' | 'Firefox';
  readonly #context: BrowserContext;
  readonly #tabs = new Map<Page, PuppeteerTab>();

  constructor(engine: 'Chromium' | 'Firefox', context: BrowserContext) {
    this.#engine = engine;
    this.#context = context;
    context.on('targetcreated', (target) => void this.#pageOf(target).catch(() => {}));
  }

  async open(url: string): Promise<Tab> {
    const tab = this.#tabOf(await this.#context.newPage());
    await tab.front(); // A window that a driver opens in Chromium comes up behind the others.
    await tab.goto(url);
    return tab;
  }

  async opens(act: () => Promise<unknown>): Promise<Tab> {
    let heard = (_target: Target): void => {};
    const others: string[] = [];
    const opened = new Promise<Page>((resolve) => {
      heard = (target) => {
        if (!this.#byAPage(target)) return void others.push(`${target.type()} ${target.url()}`);
        this.#pageOf(target).then((page) => page && resolve(page), (problem: unknown) => others.push(`${target.url()}: ${String(problem)}`));
      };
    });
    this.#context.on('targetcreated', heard);
    try {
      await act();
      return this.#tabOf(await inTime(opened, () => `no window was opened; the browser told of: ${others.join(', ') || 'nothing'}`));
    } finally {
      this.#context.off('targetcreated', heard);
    }
  }

  async tabs(): Promise<readonly Tab[]> {
    return (await this.#context.pages()).filter((page) => !page.isClosed() && !isBrowserUi(page.url())).map((page) => this.#tabOf(page));
  }

  async close(): Promise<void> {
    await inTime(this.#context.close(), () => `${this.#engine} did not give up a visitor’s profile`);
  }

  /** With windows Chromium may have pages of its own, such as one under its address bar: those nobody opened. */
  #byAPage(target: Target): boolean {
    return target.type() === TargetType.PAGE && !isBrowserUi(target.url()) && (this.#engine === 'Firefox' || target.opener() !== undefined);
  }

  async #pageOf(target: Target): Promise<Page | null> {
    if (target.type() !== TargetType.PAGE || isBrowserUi(target.url())) return null;
    const page = await target.page();
    if (page) this.#tabOf(page);
    return page;
  }

  #tabOf(page: Page): PuppeteerTab {
    const known = this.#tabs.get(page);
    if (known) return known;
    const tab = new PuppeteerTab(this.#engine, page);
    this.#tabs.set(page, tab);
    page.on('console', (message) => {
      if (['error', 'warn'].includes(message.type())) this.console.push(`${message.type()}: ${message.text()} (${message.location().url ?? ''})`);
    });
    page.on('pageerror', (error) => this.console.push(`uncaught: ${String(error)}`));
    return tab;
  }
}

const isBrowserUi = (url: string): boolean => url.startsWith('chrome://');
