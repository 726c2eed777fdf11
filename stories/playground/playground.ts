/** The host page: makes an element for each platform that is shown, as the settings say, and shows what they tell. */
import '../../src/define.js';
import type { WearableConnect } from '../../src/index.js';
import { listFaults } from './fault-switches.js';
import { platformNames, type PlatformName } from './known.js';
import { listen, write } from './log.js';
import { membership, refresh } from './membership.js';
import { listMethods } from './methods.js';
import { find, known } from './page.js';
import { attributesOf, form, settings, type Attributes } from './settings.js';

const widgets = new Map<PlatformName, { readonly widget: WearableConnect; readonly written: string }>();
let member: string | null = null;

/** Attributes are read from a new element, as a page would write it. */
function make(platform: PlatformName, attributes: Attributes): WearableConnect {
  const widget = document.createElement('wearable-connect');
  for (const [name, value] of Object.entries(attributes)) widget.setAttribute(name, value);
  listen(platform, widget);
  // The club's session may have ended in another tab.
  if (platform === 'open-wearables') widget.addEventListener('wearable-error', ({ detail: { code } }) => void (code === 'session_expired' && refresh()));
  return widget;
}

/** Only what has changed is made anew: the other platform's widget may be in the middle of something. */
function show(): void {
  const all = settings();
  document.documentElement.dir = all.text('dir');
  document.documentElement.style.colorScheme = all.text('scheme');
  for (const element of document.querySelectorAll<HTMLElement>('[data-platform]')) element.hidden = !all.shown.some((platform) => element.dataset['platform']?.split(' ').includes(platform));
  for (const platform of platformNames) {
    const isWanted = all.shown.includes(platform) && (platform !== 'open-wearables' || member !== null);
    const attributes = attributesOf(platform, all);
    // Another member is another visitor.
    const written = isWanted ? JSON.stringify([attributes, platform === 'open-wearables' && member]) : '';
    const before = widgets.get(platform);
    if (before?.written !== written) {
      const stage = find(`article[data-platform=${platform}] .stage`);
      widgets.delete(platform);
      if (isWanted) {
        const widget = make(platform, attributes);
        widgets.set(platform, { widget, written });
        if (before) write(platform, { name: 'a new element', value: attributes });
        stage.replaceChildren(widget);
      } else stage.replaceChildren();
    }
    widgets.get(platform)?.widget.style.setProperty('--wearable-accent', all.text('accent'));
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
});
document.addEventListener('change', ({ target }) => {
  if ((target instanceof HTMLInputElement || target instanceof HTMLSelectElement) && target.form === form) show();
});
find<HTMLAnchorElement>('#mail').href = known.mail;
listMethods((platform) => widgets.get(platform)?.widget ?? null);
show();
await Promise.all([
  membership((now) => {
    member = now;
    show();
  }),
  listFaults().then(show),
]);
