import type { Engine, Tab } from '../browsers/engine.js';
import { Attempt } from './attempt.js';
import { labelOf } from './fault.js';
import { keptTooLong, leftovers, looksRound, openPage, saysFarewell, saysOf } from './page.js';
import { attemptsOnPage, drawAttempt, drawPage, pageOf, type AttemptPlan } from './plan.js';
import { createReport, type Report } from './report.js';
import { violationsOf } from './rules.js';
import type { Scene } from './scene.js';
import { leaks, secretsOf } from './secrets.js';
import { createScales, tooMuch } from './weight.js';
import { createWorld, type World } from './world.js';

export interface Wanted {
  readonly minutes: number;
  readonly attempt: number | null;
  readonly page: number | null;
  readonly isTalkative: boolean;
}

/** A page that has seen several attempts keeps hardly more than one that has seen few. */
const heapGrowth = 10e6;

/** What has not opened so often will not open the next time. */
const mostUnopened = 3;

export function createSoak(engine: Engine, seed: string) {
  const report = createReport(engine.name, seed);
  const scales = createScales();
  let unopened = 0;

  /** Plays these attempts on one page, and gives the page up at the first violation: what comes after that proves nothing. */
  async function onOnePage(world: World, tab: Tab, numbers: readonly number[], isOver: () => boolean): Promise<void> {
    const plans = numbers.map((number) => drawAttempt(seed, number));
    const page = drawPage(seed, pageOf(numbers[0] ?? 0));
    const says: RegExp[] = [];
    const consoleAt = { from: world.profile.console.length };
    world.sites.sandbox.reset();
    let scene: Scene | undefined;
    let plan: AttemptPlan | undefined;
    const violations: string[] = [];
    try {
      report.plans(page.fault);
      scene = await openPage(world, tab, page, seed);
      unopened = 0;
      report.acts(page.fault);
      for (plan of plans) {
        if (isOver()) break;
        says.push(...saysOf(plan));
        scene.log.length = 0;
        violations.push(...(await oneAttempt(scene, plan, report)), ...overheard(scene, consoleAt, says));
        const kept = await scales.weigh(scene);
        if (kept) violations.push(...tooMuch(report.weighs(kept)));
        report.attempted(violations.length === 0);
        if (violations.length > 0) break;
      }
      if (violations.length === 0) {
        scene.note('everything is over, and the element is taken away');
        violations.push(...(await leftovers(scene)), ...heapOf(await tab.heap(), report));
        violations.push(...(await keptTooLong(scene)), ...(await leftovers(scene)), ...overheard(scene, consoleAt, says));
        if (violations.length > 0) report.attempted(false);
      }
    } catch (thrown) {
      violations.push(String(thrown), ...(thrown instanceof Error && thrown.cause instanceof Error ? [`because of ${thrown.cause.message}`] : []));
      report.attempted(false);
    }
    if (violations.length > 0 && scene && plan) report.fails(plan, violations, scene);
    else if (violations.length > 0) {
      report.failsToOpen(page, violations);
      unopened += 1;
    }
    // The next page begins with nothing of this one.
    await scene?.collect().catch(() => {});
    for (const window of await world.profile.tabs()) if (window !== tab) await window.close().catch(() => {});
    await tab.goto('about:blank').catch(() => {});
  }

  return {
    async run({ minutes, attempt, page, isTalkative }: Wanted): Promise<{ passed: number; failed: number }> {
      const end = performance.now() + minutes * 60_000;
      const world = await createWorld(engine, isTalkative);
      const ticking = setInterval(() => report.progress(), 30_000);
      try {
        const tab = await world.profile.open('about:blank');
        const on = (page: number): number[] => Array.from({ length: attemptsOnPage }, (_, at) => page * attemptsOnPage + at);
        if (attempt !== null) await onOnePage(world, tab, [attempt], () => false);
        else if (page !== null) await onOnePage(world, tab, on(page), () => false);
        else for (let number = 0; performance.now() < end && unopened < mostUnopened; number++) await onOnePage(world, tab, on(number), () => performance.now() > end);
      } finally {
        clearInterval(ticking);
        await world.close();
      }
      return report.concludes();
    },
  };
}

/** Played, and held against the rules. */
async function oneAttempt(scene: Scene, plan: AttemptPlan, report: Report): Promise<string[]> {
  const heardBefore = scene.entries.length;
  plan.platform.forEach(report.plans);
  for (const { fault } of plan.visits) report.plans(fault);
  scene.note(`page: ${labelOf(plan.page.fault)}; ${plan.platform.map(labelOf).join(', ') || 'the platform is well'}`);
  const shortfall = await new Attempt(scene, plan, report.acts).play();
  await looksRound(scene);
  await saysFarewell(scene, plan.farewell);
  await looksRound(scene);
  const { entries, world, page } = scene;
  report.ended(entries.slice(heardBefore));
  const { sites } = world;
  const { attributes } = plan.page;
  const { requests } = sites.sandbox;
  const urls = (await world.profile.tabs()).map((tab) => tab.url());
  const sights = [
    ...scene.sights.splice(0),
    ...(await Promise.all(urls)).map((what) => ({ where: 'address of a tab', what })),
    ...requests.flatMap(({ host, path, headers }) => [{ where: `address of a request to ${host}`, what: path.includes('wearable-callback') ? '' : path }, { where: `referrer of a request to ${host}`, what: String(headers['referer'] ?? '') }]),
    ...[...sites.asked.slice(-200), ...world.club.asked.slice(-200)].flatMap(({ url, referrer = '' }) => [{ where: isLanding(url, attributes) ? 'landing' : 'address of a request to the host', what: url }, { where: 'referrer of a request to the host', what: referrer }]),
  ];
  return [
    ...shortfall,
    ...violationsOf(entries, { tellsTokens: attributes['token-delivery'] !== 'none' && !page.isClub, isSettled: !page.isUnable }),
    ...leaks(secretsOf(entries, requests), { sights, isKept: attributes['persist'] !== 'memory' }),
  ];
}

/** The page may be its own landing page. */
const isLanding = (url: string, attributes: Readonly<Record<string, string>>): boolean => url.includes('/wearable-callback.html?') || (attributes['redirect-uri'] === '' && /\/\d+\/\?code=/.test(url));

/** What the pages of the platform and of the wearables say of themselves is theirs; what the widget asks them for is not. */
const ofPlatformsPages = /\(http:\/\/(?!host\.|embed\.|other\.|ledger\.)[a-z-]+\.localhost:\d+\/(?!api\/)[^)]*\)$/;

/** Every line on any console that no fault allows. */
function overheard({ world, entries }: Scene, at: { from: number }, says: readonly RegExp[]): string[] {
  const lines = world.profile.console.slice(at.from);
  at.from += lines.length;
  // What trying again cannot mend the element tells the developer, in the words of its event.
  const told = entries.flatMap(({ name, message }) => (name === 'error' ? [String(message)] : []));
  return lines.filter((line) => !ofPlatformsPages.test(line) && !says.some((pattern) => pattern.test(line)) && !told.some((message) => line.startsWith('error: <wearable-connect>') && line.includes(message))).map((line) => `on a console: ${line.slice(0, 400)}`);
}

function heapOf(bytes: number | null, report: Report): string[] {
  if (bytes === null) return [];
  const grown = report.heap(bytes);
  return grown > heapGrowth ? [`the heap is ${(grown / 1e6).toFixed(1)} MB above the first page’s`] : [];
}
