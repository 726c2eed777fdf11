/** What happens in each attempt, drawn from a seed: the same seed and number give the same script, whatever came before. */
import { clubFaults } from './club-faults.js';
import type { Moment, PageFault, PlatformFault, VisitFault } from './fault.js';
import { pageFaults, plainPage } from './page-faults.js';
import { platformFaults } from './platform-faults.js';
import { createRandom, type Random } from './random.js';
import { visitFaults } from './visit-faults.js';

export interface PagePlan {
  readonly number: number;
  readonly fault: PageFault;
  readonly attributes: Readonly<Record<string, string>>;
}

export type GiveUp = 'cancel' | 'time' | 'again' | 'method' | 'reset' | 'close' | 'abort';
export type Farewell = 'disconnect' | 'button' | 'reset' | 'reload' | 'run out';

export interface AttemptPlan {
  readonly number: number;
  readonly page: PagePlan;
  readonly platform: readonly PlatformFault[];
  readonly visits: readonly { readonly fault: VisitFault; readonly at: Moment }[];
  /** A click on the wearable, a program that calls without any, or the host’s own button with a signal. */
  readonly begin: 'click' | 'call' | 'signal';
  readonly answer: 'allow' | 'deny';
  /** Who was here before is asked for consent alone; else at the wearable, too. */
  readonly isKnown: boolean;
  /** How many looks without anything to do there are before one is had enough; null for whoever never has. */
  readonly patience: number | null;
  readonly giveUp: readonly GiveUp[];
  readonly retries: boolean;
  readonly farewell: Farewell;
}

export const attemptsOnPage = 5;
export const pageOf = (attempt: number): number => Math.floor(attempt / attemptsOnPage);

/** Each page begins with an attempt in which nothing is wrong but the page itself: it has to end in a connection, and warms the page for those after it. */
const isUndisturbed = (number: number): boolean => number % attemptsOnPage === 0;

/** Whether nothing in this script can end it but success, if the visitor does not have enough of it. */
export const mustConnect = ({ page, platform, visits, begin, answer }: Pick<AttemptPlan, 'page' | 'platform' | 'visits' | 'begin' | 'answer'>): boolean =>
  !page.fault.isUnable && !page.fault.endsOtherwise && platform.length === 0 && visits.every(({ at }) => at === 'usable') && begin !== 'call' && answer === 'allow';

const plainPages = 9;
const clubs = 2;

/** Each card once before any comes again. */
function dealt<T>(cards: readonly T[], number: number, ...seed: readonly (string | number)[]): T {
  const random = createRandom(...seed, 'deck', Math.floor(number / cards.length));
  const deck = [...cards];
  for (let last = deck.length - 1; last > 0; last--) {
    const at = random.below(last + 1);
    [deck[last], deck[at]] = [deck[at] as T, deck[last] as T];
  }
  return deck[number % cards.length] as T;
}

export function drawPage(seed: string, number: number): PagePlan {
  const random = createRandom(seed, 'page', number);
  const fault = dealt([...pageFaults, ...pageFaults.filter(({ isClub }) => isClub).flatMap((club) => Array<PageFault>(clubs).fill(club)), ...Array<PageFault>(plainPages).fill(plainPage)], number, seed, 'pages');
  const own = (share: number, name: string, value: string): Record<string, string> => (random.happens(share) ? { [name]: value } : {});
  if (fault.isClub) return { number, fault, attributes: { platform: 'open-wearables', ...own(0.25, 'inspector', ''), ...own(0.2, 'no-preview', '') } };
  return {
    number,
    fault,
    attributes: {
      ...own(0.4, 'sign-in', 'standard'),
      ...own(0.5, 'scope', 'openid profile data:read offline_access'),
      ...own(0.15, 'token-delivery', 'none'),
      ...own(0.25, 'inspector', ''),
      ...own(0.2, 'no-preview', ''),
      ...own(1, 'persist', random.pick(['memory', 'memory', 'session', 'local'])),
      ...(fault.part === 0 && own(0.2, 'redirect-uri', '')),
      ...own(1, 'mode', fault.part === 0 ? random.pick(['auto', 'auto', 'popup', 'redirect']) : random.pick(['auto', 'auto', 'popup'])),
    },
  };
}

export function drawAttempt(seed: string, number: number): AttemptPlan {
  const page = drawPage(seed, pageOf(number));
  const random = createRandom(seed, 'attempt', number);
  if (isUndisturbed(number)) return undisturbed(page, number, random);
  const ofPlatform = page.fault.isClub ? clubFaults : platformFaults;
  const drawn = [dealt([...ofPlatform, ...visitFaults], number - pageOf(number) - 1, seed, 'faults'), ...another(random, ofPlatform)];
  const isOpen = !page.fault.isClosed && !page.fault.isClub && page.fault.frame === undefined;
  return {
    number,
    page,
    platform: drawn.filter((fault) => 'set' in fault),
    visits: drawn.flatMap((fault) => ('act' in fault && (isOpen || !fault.inTheOpen) ? [{ fault, at: random.pick(fault.at) }] : [])),
    begin: random.pick(['click', 'click', 'click', 'click', 'call', 'signal', 'signal']),
    answer: random.happens(0.85) ? 'allow' : 'deny',
    isKnown: random.happens(0.7),
    patience: random.pick([12, 12, 80]),
    giveUp: [random.pick(['cancel', 'time', 'again', 'method', 'reset', 'close', 'abort']), 'again', 'cancel', 'reset'],
    retries: random.happens(0.4),
    farewell: random.pick(['disconnect', 'button', 'reset', 'reload', 'run out']),
  };
}

const undisturbed = (page: PagePlan, number: number, random: Random): AttemptPlan => ({
  number,
  page,
  platform: [],
  visits: [],
  begin: random.pick(['click', 'click', 'signal']),
  answer: 'allow',
  isKnown: random.happens(0.7),
  ...(page.fault.endsOtherwise ? { patience: 80, giveUp: ['cancel', 'reset'] } : { patience: null, giveUp: [] }),
  retries: false,
  // No reload: the page that is warm now is what its later attempts are compared with.
  farewell: random.pick(['disconnect', 'button', 'reset', 'run out']),
});

/** Often a second one, seldom none besides. */
const another = (random: Random, ofPlatform: readonly PlatformFault[]): (PlatformFault | VisitFault)[] => (random.happens(0.5) ? [random.happens(0.5) ? random.pick(ofPlatform) : random.pick(visitFaults)] : []);
