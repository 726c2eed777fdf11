/** What the bundler knows and TypeScript does not: the older React by its alias, and a component of Svelte's. */
declare module 'react-18' {
  export { createElement } from 'react';
}
declare module 'react-dom-18/client' {
  export { createRoot } from 'react-dom/client';
}
declare module '*.svelte' {
  import type { Component } from 'svelte';
  const page: Component<{ platform: object; save: (event: Event) => void }>;
  export default page;
}
