'use client';
/**
 * `<WearableConnect>` for React 18 and 19. React renders the bare tag, on a server too; what it is told, and who listens, the element
 * learns when it stands in the page, in the same task and so before its first event. Importing this registers nothing, and what a
 * server has rendered waits for React even where somebody else registers it: nothing begins before React gives it what it needs.
 */
import { createElement, forwardRef, useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import type { ForwardRefExoticComponent, HTMLAttributes, RefAttributes } from 'react';
import type { WearableEventMap } from './core/events.js';
import { WearableConnect as Element } from './element/wearable-connect.js';
import { comeHome, define } from './registering.js';
import type { ShortName, WearableProperties } from './types/tag.js';

comeHome();

/** What `ref.current` is: the element itself, with its methods. */
export type WearableConnectElement = Element;

/** `onTokens` for `wearable-tokens`; each gets the event. */
type Handlers = { readonly [Name in keyof WearableEventMap as `on${Capitalize<ShortName<Name>>}`]?: ((event: WearableEventMap[Name]) => void) | undefined };

type Global = Omit<HTMLAttributes<Element>, keyof Handlers | keyof WearableProperties>;

export interface WearableConnectProps extends Readonly<WearableProperties>, Handlers, Global {}

const handlers: { readonly [Name in keyof WearableEventMap]: keyof Handlers } = {
  'wearable-change': 'onChange',
  'wearable-tokens': 'onTokens',
  'wearable-connected': 'onConnected',
  'wearable-connections': 'onConnections',
  'wearable-preview': 'onPreview',
  'wearable-progress': 'onProgress',
  'wearable-complete': 'onComplete',
  'wearable-cancelled': 'onCancelled',
  'wearable-error': 'onError',
  'wearable-disconnected': 'onDisconnected',
  'wearable-wire': 'onWire',
};
const names = Object.keys(handlers) as readonly (keyof WearableEventMap)[];

/** Where something else on the page has defined the element already, it waits for what React will tell it. React never looks at it again. */
const deferred = 'defer-hydration';

/** React 18 warns of an effect that a server leaves out; this one is. */
const useEffectAtOnce = typeof document === 'undefined' ? useEffect : useLayoutEffect;

const ours: ReadonlySet<string> = new Set([...Object.keys(Element.properties), ...Object.values(handlers)]);

/** What is React's: the words of every element, and the one of ours that the room before the first script depends on. On a custom one React 18 writes `classname`, and `false` as a word, which is as good as true. */
function ofReact({ className, hidden, inert, layout, ...rest }: WearableConnectProps): Record<string, unknown> {
  const theirs = Object.entries(rest).filter(([name]) => !ours.has(name));
  return { class: className, layout, hidden: hidden === false ? undefined : hidden, inert: inert === false ? undefined : inert, ...Object.fromEntries(theirs) };
}

/** Only what was given, and what was given before: whatever else the element has, it has from somebody else. */
function give(element: Element, given: Set<string>, props: WearableConnectProps): void {
  for (const [name, { initial = null }] of Object.entries(Element.properties)) {
    const value = props[name as keyof WearableProperties];
    if (value === undefined && !given.delete(name)) continue;
    if (value !== undefined) given.add(name);
    Object.assign(element, { [name]: value === undefined ? initial : value });
    // Of an element that is defined React 19 sets the property alone, and style sheets go by the attribute.
    if (name !== 'layout') continue;
    if (value) element.setAttribute(name, value as string);
    else element.removeAttribute(name);
  }
}

export const WearableConnect: ForwardRefExoticComponent<WearableConnectProps & RefAttributes<WearableConnectElement>> = forwardRef((props, ref) => {
  const element = useRef<Element>(null);
  const latest = useRef(props);
  const given = useRef(new Set<string>());
  const hear = useRef((event: Event): void => {
    const handler = latest.current[handlers[event.type as keyof WearableEventMap]] as ((event: Event) => void) | undefined;
    handler?.(event);
  });

  useEffectAtOnce(() => {
    const shown = element.current as Element;
    latest.current = props;
    // Adding the same listener again changes nothing, so one that is there stays where it is.
    for (const name of names) shown.addEventListener(name, hear.current);
    define();
    give(shown, given.current, props);
    shown.removeAttribute(deferred);
  });

  // Effects are undone also where React only hides them (Suspense, and Activity of React 19): there the element lives on, and is heard.
  useEffect(() => {
    const [shown, listener] = [element.current as Element, hear.current];
    return () => {
      if (!shown.isConnected) for (const name of names) shown.removeEventListener(name, listener);
    };
  }, []);

  useImperativeHandle(ref, () => element.current as Element, []);

  return createElement('wearable-connect', { ...ofReact(props), [deferred]: '', ref: element });
});
WearableConnect.displayName = 'WearableConnect';
