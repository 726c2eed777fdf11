/**
 * What a journey needs of a browser, whichever drives it: Chromium and Firefox by puppeteer, WebKit by plain WebDriver.
 * Windows have a display and a window manager, so that focus means what it means for a visitor; pop-up blockers are on.
 */
export type EngineName = 'Chromium' | 'Firefox' | 'WebKit';

export interface LaunchOptions {
  /** “Block all cookies”: storage throws where it is touched. Only Chromium and Firefox can be told to. */
  readonly storageBlocked?: boolean;
}

export interface Engine {
  readonly name: EngineName;
  launch(options?: LaunchOptions): Promise<Browser>;
}

export interface Browser {
  readonly engine: EngineName;
  /** Windows, storage and cookies of its own; in WebKit, once another has left, their cookies too. */
  visitor(): Promise<Profile>;
  /** False once it has ended, whatever of. */
  isThere(): boolean;
  close(): Promise<void>;
}

export interface Profile {
  /** A new tab or window, opened by the visitor and not by a page: nothing is its opener. */
  open(url: string): Promise<Tab>;
  /** Does something that opens a window, and gives that window; fails after ten seconds without one. */
  opens(act: () => Promise<unknown>): Promise<Tab>;
  tabs(): Promise<readonly Tab[]>;
  /** Every error and warning on any page’s console, and every uncaught error, where the driver can tell. */
  readonly console: readonly string[];
  close(): Promise<void>;
}

export interface Tab {
  url(): Promise<string>;
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Back or forward in the history of this tab. */
  traverse(by: 1 | -1): Promise<void>;
  /** Runs in the page. Takes and gives JSON; a promise is awaited. Never counts as a visitor’s click. */
  evaluate<Result, Given extends readonly unknown[]>(run: (...given: Given) => Result | Promise<Result>, ...given: Given): Promise<Result>;
  /** The same inside the frame whose address begins so. */
  evaluateInFrame<Result, Given extends readonly unknown[]>(address: string, run: (...given: Given) => Result | Promise<Result>, ...given: Given): Promise<Result>;
  /**
   * A real click, with user activation, on what a visitor would call by this name: the first visible button, link or summary,
   * in open shadow trees and in same-page frames too, whose words begin so. Waits up to ten seconds for it.
   */
  click(name: string, which?: 'first' | 'last'): Promise<void>;
  /** Types into the field with this label. */
  fill(label: string, text: string): Promise<void>;
  press(key: 'Tab' | 'Enter' | 'Escape' | 'Space'): Promise<void>;
  /** As a visitor closes it; what was behind it has the focus again. */
  close(): Promise<void>;
  isClosed(): Promise<boolean>;
  /** Brings it to the front, as a visitor does who clicks on it. */
  front(): Promise<void>;
  screenshot(file: string): Promise<void>;
  /** Bytes that the page's scripts keep once everything that can go has gone; null where the driver cannot tell. */
  heap(): Promise<number | null>;
}
