/**
 * A moment of the product, standing still: the demo platform on a clock that the story moves. Nothing of the element is set from
 * inside; it gets to where it is by what a visitor would do and by what the platform would answer. When somebody touches it, time goes on.
 */
import type { StoryContext } from '@storybook/web-components-vite';
import { expect } from 'storybook/test';
import type { Phase, Platform, WearableConnect } from '../src/index.js';
import { demo, manualClock } from '../src/platforms.js';
import type { ManualClock, ScenarioName } from '../src/platforms.js';
import type { Args } from './controls.js';
import { place } from './placed.js';
import { patiently, visitorOf } from './visitor.js';
import type { Visitor } from './visitor.js';

export interface Stage {
  readonly element: WearableConnect;
  readonly clock: ManualClock;
  readonly visitor: Visitor;
}

export interface Scene {
  readonly scenario: ScenarioName;
  /** What the visitor picks, once there is something to pick from. */
  readonly pick?: string;
  /** How long after that it stands still; without a pick, how long after the beginning. */
  readonly after?: number;
  /** What the visitor does then. */
  readonly then?: (stage: Stage) => Promise<void>;
}

/** Until the list is here, or whoever was here before. */
const beginningMs = 2_000;

const stages = new WeakMap<WearableConnect, { readonly stage: Stage; readonly ready: Promise<void> }>();

const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Progress is told four times a second at most: the last of it comes a moment later. */
const progressMs = 300;

async function drawn(element: WearableConnect): Promise<void> {
  if (element.phase === 'syncing') await new Promise((resolve) => setTimeout(resolve, progressMs));
  // Any language but English comes a moment later, and nothing is said until then.
  await patiently(() => expect(element.renderRoot.querySelector('h2, [aria-haspopup]')?.textContent.trim()).toBeTruthy());
  await element.updateComplete;
}

type Where = Pick<StoryContext, 'canvasElement' | 'viewMode'>;

async function play({ pick, after, then }: Scene, stage: Stage, { viewMode }: Where): Promise<void> {
  const { element, clock } = stage;
  await nextTask(); // It is on the page by then.
  await clock.advance(pick || then ? beginningMs : (after ?? beginningMs));
  if (pick) {
    void element.connect(pick);
    await clock.advance(after ?? 0);
  }
  await drawn(element);
  await then?.(stage);
  await drawn(element);
  if (viewMode !== 'docs' || !element.matches(':focus-within')) return;
  // On a page of many the focus would take the reader along.
  element.blur();
  (element.shadowRoot?.activeElement as HTMLElement | null)?.blur();
  scrollTo(0, 0);
}

/** From the first touch on time goes by as it does outside, until the element is gone. */
function wakeOnTouch({ element, clock }: Stage): void {
  const stepMs = 100;
  const wake = ({ isTrusted }: Event): void => {
    if (!isTrusted) return;
    for (const kind of ['pointerdown', 'keydown']) element.removeEventListener(kind, wake);
    const timer = setInterval(() => (element.isConnected ? void clock.advance(stepMs) : clearInterval(timer)), stepMs);
  };
  for (const kind of ['pointerdown', 'keydown']) element.addEventListener(kind, wake);
}

export interface Options {
  /** What is different from the demo platform, for a moment that it does not know. */
  readonly bend?: (platform: Platform) => Platform;
}

export function stageIn(scene: Scene, args: Args, context: Where, { bend = (platform) => platform }: Options = {}): WearableConnect {
  const clock = manualClock();
  const element = place(args, context, () => bend(demo({ scenario: scene.scenario, clock })));
  if (stages.has(element)) return element;
  const stage: Stage = { element, clock, visitor: visitorOf(element) };
  wakeOnTouch(stage);
  stages.set(element, { stage, ready: play(scene, stage, context) });
  return element;
}

/** The stage in a story, once everything has happened on it that the story is about. */
export async function readyStage({ canvasElement }: Pick<StoryContext, 'canvasElement'>): Promise<Stage> {
  const element = canvasElement.querySelector('wearable-connect');
  const found = element && stages.get(element);
  if (!found) throw new Error('There is no stage in this story: stageIn() makes one.');
  await found.ready;
  return found.stage;
}

/** Until the element is in this phase, however often the clock has to be moved for it. */
export async function reach({ element, clock }: Stage, phase: Phase, withinMs = 30_000): Promise<void> {
  for (let gone = 0; element.phase !== phase && gone < withinMs; gone += 250) await clock.advance(250);
  if (element.phase !== phase) throw new Error(`After ${withinMs / 1000} s of the demo the element is ${element.phase}, not ${phase}.`);
  await drawn(element);
}
