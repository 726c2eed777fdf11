/** What happens in the page: bundled once with React 18 and once with 19, and called by the tests from outside. */
import * as react from 'react';
import { createElement, createRef, lazy, StrictMode, Suspense, useEffect, useLayoutEffect } from 'react';
import type { ReactElement, ReactNode, Ref } from 'react';
import { flushSync } from 'react-dom';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { manualClock } from '../../src/platforms/demo/manual-clock.js';
import { demo } from '../../src/platforms/demo/platform.js';
import { WearableConnect } from '../../src/react.js';
import type { WearableConnectElement, WearableConnectProps } from '../../src/react.js';
import { define } from '../../src/registering.js';

type Told = Event & { readonly detail: { readonly seq: number; readonly attempt?: string; readonly phase?: string } };

const nameOf = ({ type, detail }: Told): string => `${type.replace('wearable-', '')}${type === 'wearable-change' ? `(${detail.phase ?? ''})` : ''}`;

/** In their order, but for those that come while the rest goes on: of them, that they came. */
const newsOf = (events: readonly Told[]): string[] => {
  const names = events.map(nameOf);
  const meanwhile = ['preview', 'progress'];
  return [...names.filter((name) => !meanwhile.includes(name)), ...meanwhile.filter((name) => names.includes(name))];
};

const types = ['change', 'tokens', 'connected', 'connections', 'preview', 'progress', 'complete', 'cancelled', 'error', 'disconnected', 'wire'];

const handlersInto = (events: Event[]): WearableConnectProps =>
  Object.fromEntries(types.map((type) => [`on${type.replace(/^./, (first) => first.toUpperCase())}`, (event: Event) => void events.push(event)]));

function createStage() {
  const clock = manualClock();
  const events: Told[] = [];
  const told: WearableConnectProps = { platform: demo({ scenario: 'happy', clock }), ...handlersInto(events) };
  const place = document.querySelector('#root') as HTMLElement;
  const ref = createRef<WearableConnectElement>();
  return {
    ...{ clock, events, told, place, ref },
    tag: (props: WearableConnectProps = {}, children?: ReactNode, handle: Ref<WearableConnectElement> = ref): ReactElement => createElement(WearableConnect, { ...told, ...props, ref: handle }, children),
    shown: () => place.querySelector('wearable-connect') as WearableConnectElement,
    /** Turn for turn, the clock of the demo with it: the test's own time limit ends what never comes. */
    async until(holds: () => unknown): Promise<void> {
      while (!holds()) {
        await clock.advance(500);
        await new Promise((resolve) => setTimeout(resolve));
      }
    },
    async connected(element: WearableConnectElement): Promise<void> {
      await this.until(() => element.phase === 'choosing');
      void element.connect('polar');
      await this.until(() => element.phase === 'connected');
    },
  };
}

const strictly = (content: ReactElement, strict: boolean): ReactElement => (strict ? createElement(StrictMode, null, content) : content);

/** What a component of the host sees of the handle, at the first moment it can. */
function Parent({ handle, seen, children }: { readonly handle: { readonly current: WearableConnectElement | null }; readonly seen: unknown[]; readonly children?: ReactNode }): ReactNode {
  useLayoutEffect(() => void seen.push(typeof handle.current?.connect), [handle, seen]);
  useEffect(() => void seen.push(handle.current?.phase), [handle, seen]);
  return children;
}

const acts = {
  /** One whole connection, through the component or without it. */
  async connection({ strict = false, bare = false }: { readonly strict?: boolean; readonly bare?: boolean }) {
    const stage = createStage();
    if (bare) {
      define();
      const element = document.createElement('wearable-connect');
      for (const type of types) element.addEventListener(`wearable-${type}`, (event) => stage.events.push(event as Told));
      Object.assign(element, { platform: stage.told.platform });
      stage.place.append(element);
    } else {
      flushSync(() => createRoot(stage.place).render(strictly(stage.tag(), strict)));
    }
    await stage.connected(stage.shown());
    return { news: newsOf(stage.events), seqs: stage.events.map(({ detail }) => detail.seq), attempts: new Set(stage.events.flatMap(({ detail }) => detail.attempt ?? [])).size };
  },

  async importing() {
    const before = customElements.get('wearable-connect') === undefined;
    const stage = createStage();
    flushSync(() => createRoot(stage.place).render(stage.tag()));
    return { before, after: customElements.get('wearable-connect') !== undefined };
  },

  async unmounting({ strict = false, early = false }: { readonly strict?: boolean; readonly early?: boolean }) {
    const stage = createStage();
    const open = new Map<string, number>();
    const count = (type: string, by: number): void => void (type.startsWith('wearable-') && open.set(type, (open.get(type) ?? 0) + by));
    const { addEventListener, removeEventListener } = HTMLElement.prototype;
    const heard = new WeakMap<EventTarget, Set<string>>();
    const of = (target: EventTarget): Set<string> => heard.get(target) ?? heard.set(target, new Set()).get(target) ?? new Set();
    HTMLElement.prototype.addEventListener = function (this: HTMLElement, type: string, ...rest: [never]) {
      if (this.localName === 'wearable-connect' && !of(this).has(type)) count(type, 1);
      of(this).add(type);
      addEventListener.call(this, type, ...rest);
    };
    HTMLElement.prototype.removeEventListener = function (this: HTMLElement, type: string, ...rest: [never]) {
      if (of(this).delete(type)) count(type, -1);
      removeEventListener.call(this, type, ...rest);
    };
    const root = createRoot(stage.place);
    flushSync(() => root.render(strictly(stage.tag(), strict)));
    const element = stage.shown();
    if (!early) {
      await stage.until(() => element.phase === 'choosing');
      void element.connect('polar');
      await stage.until(() => element.phase === 'syncing');
    }
    const listened = [...open.values()].filter(Boolean).length;
    flushSync(() => root.unmount());
    const before = stage.events.length;
    await stage.clock.advance(60_000);
    element.dispatchEvent(new Event('wearable-change'));
    return { listened, left: [...open.values()].filter(Boolean).length, later: stage.events.length - before, waits: stage.clock.pending, inPage: stage.place.innerHTML, handle: stage.ref.current };
  },

  async settings() {
    const stage = createStage();
    const root = createRoot(stage.place);
    const seen: unknown[] = [];
    const show = (props: WearableConnectProps): void => {
      flushSync(() => root.render(createElement(WearableConnect, { platform: stage.told.platform, ...props, ref: stage.ref })));
      const { clientId, mode, noPreview, sources, historyDays, layout } = stage.shown();
      seen.push({ clientId, mode, noPreview, sources, historyDays, layout });
    };
    show({ clientId: 'a', mode: undefined, historyDays: 30 });
    show({ clientId: 'b', mode: 'popup', noPreview: true, sources: ['polar'] });
    stage.shown().layout = 'dialog'; // By somebody else: not for us to take back.
    show({ clientId: undefined, noPreview: undefined });
    return seen;
  },

  /** One that is there before the tag is known, and one that comes after. */
  async layouts() {
    const stage = createStage();
    const root = createRoot(stage.place);
    const seen: unknown[] = [];
    const show = (...all: readonly WearableConnectProps[]): void => {
      flushSync(() => root.render(all.map((props, key) => createElement(WearableConnect, { platform: stage.told.platform, ...props, key }))));
      seen.push([...stage.place.querySelectorAll<WearableConnectElement>('wearable-connect')].map((one) => [one.getAttribute('layout'), one.layout]));
    };
    show({ layout: 'popover' });
    show({ layout: 'dialog' }, { layout: 'popover' }, {});
    show({ layout: undefined }, {}, { layout: 'dialog' });
    return seen;
  },

  async words({ hidden }: { readonly hidden: boolean }) {
    const stage = createStage();
    const root = createRoot(stage.place);
    const words = { id: 'w', className: 'one two', title: 'T', hidden, lang: 'de', style: { width: '300px' }, 'data-x': '1', 'aria-label': 'L' };
    flushSync(() => root.render(stage.tag(words, [createElement('h2', { slot: 'header', key: 1 }, 'Hello'), createElement('img', { slot: 'icon-polar', alt: '', key: 2 })])));
    const { attributes, children } = stage.shown();
    return { attributes: Object.fromEntries([...attributes].map(({ name, value }) => [name, value])), slots: [...children].map((child) => `${child.localName} ${child.slot}`) };
  },

  /** Handlers, lists and functions are new at every render; an attempt that runs goes on, and the last handler hears. */
  async rerendering() {
    const stage = createStage();
    const root = createRoot(stage.place);
    const late: string[] = [];
    const show = (changed: WearableConnectProps): void => flushSync(() => root.render(stage.tag({ sources: ['polar'], strings: { title: 'T' }, fetchSession: async () => 's', ...changed })));
    show({});
    const element = stage.shown();
    await stage.until(() => element.phase === 'choosing');
    void element.connect('polar');
    await stage.until(() => element.phase === 'syncing');
    const before = stage.events.length;
    show({ onComplete: (event) => void late.push(nameOf(event)), onChange: undefined });
    await stage.until(() => element.phase === 'connected');
    return { same: element === stage.shown(), since: newsOf(stage.events.slice(before)), late, attempts: new Set(stage.events.flatMap(({ detail }) => detail.attempt ?? [])).size };
  },

  async handle({ strict = false }: { readonly strict?: boolean }) {
    const stage = createStage();
    const seen: unknown[] = [];
    const root = createRoot(stage.place);
    const calls: (string | null)[] = [];
    const byFunction = (element: WearableConnectElement | null): void => void calls.push(element?.localName ?? null);
    flushSync(() => root.render(strictly(createElement(Parent, { handle: stage.ref, seen }, stage.tag()), strict)));
    const isElement = stage.ref.current === stage.shown();
    flushSync(() => root.render(strictly(createElement(Parent, { handle: stage.ref, seen }, stage.tag({}, undefined, byFunction)), strict)));
    return { isElement, seen: [...new Set(seen)], calls: [...new Set(calls)], let: stage.ref.current };
  },

  /** A sibling waits for something, and React hides what stands beside it: nothing that happens meanwhile is lost. */
  async suspense() {
    const stage = createStage();
    const root = createRoot(stage.place);
    let arrive = (): void => {};
    const Late = lazy(() => new Promise<{ default: () => ReactNode }>((resolve) => (arrive = () => resolve({ default: () => 'here' }))));
    const show = (withLate: boolean): void => flushSync(() => root.render(createElement(Suspense, { fallback: 'waiting' }, stage.tag(), withLate ? createElement(Late) : null)));
    show(false);
    const element = stage.shown();
    await stage.until(() => element.phase === 'choosing');
    show(true);
    const hidden = element.style.display;
    await stage.connected(element);
    arrive();
    await stage.until(() => element.style.display !== 'none');
    return { hidden, news: newsOf(stage.events), seqs: stage.events.map(({ detail }) => detail.seq) };
  },

  /** React 19 hides a part of the page, undoes its effects and keeps its state: the element is still there, and what happens is told. */
  async activity() {
    const { Activity } = react; // Not imported by its name: React 18 has none.
    const stage = createStage();
    const root = createRoot(stage.place);
    const show = (mode: 'visible' | 'hidden'): void => flushSync(() => root.render(createElement(Activity, { mode, children: stage.tag() })));
    show('visible');
    const element = stage.shown();
    await stage.until(() => element.phase === 'choosing');
    show('hidden');
    const hidden = element.style.display;
    await stage.connected(element);
    show('visible');
    return { same: element === stage.shown(), hidden, news: newsOf(stage.events), seqs: stage.events.map(({ detail }) => detail.seq) };
  },

  /** `#root` has what a server rendered; `defined`: another script has registered the tag before. */
  async hydration({ strict = false, defined = false }: { readonly strict?: boolean; readonly defined?: boolean }) {
    const stage = createStage();
    const before = stage.shown();
    if (defined) {
      define();
      // Whatever begins by itself begins in the next task.
      await new Promise((resolve) => setTimeout(resolve));
    }
    const began = defined && before.hasUpdated;
    hydrateRoot(stage.place, strictly(stage.tag({ className: 'one', clientId: 'a' }, createElement('h2', { slot: 'header' }, 'Hello')), strict));
    await stage.until(() => stage.events.length > 0);
    await stage.connected(stage.shown());
    return { began, same: before === stage.shown(), clientId: stage.shown().clientId, news: newsOf(stage.events), seqs: stage.events.map(({ detail }) => detail.seq) };
  },
};

export type Acts = { readonly [Name in keyof typeof acts]: (typeof acts)[Name] };

Object.assign(globalThis, { acts });
