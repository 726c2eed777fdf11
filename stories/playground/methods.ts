/** A button for each method of each platform's widget. */
import type { WearableConnect } from '../../src/index.js';
import type { PlatformName } from './known.js';
import { titles, write } from './log.js';
import { find, known, piece } from './page.js';

type Call = (widget: WearableConnect, source?: string) => unknown;

/** Those that may be told a source. */
const aboutSources: Readonly<Record<string, Call>> = {
  connect: (widget, source) => widget.connect(source),
  disconnect: (widget, source) => widget.disconnect(source),
};

const ofEach: Readonly<Record<string, Call>> = {
  retry: (widget) => widget.retry(),
  back: (widget) => widget.back(),
  refresh: (widget) => widget.refresh(),
  reset: (widget) => widget.reset(),
};

/** Where the platform has a page of its own to send people to, and tokens that a page may hold. */
const ofSome: Readonly<Record<string, Call>> = {
  manage: (widget) => widget.manage(),
  getAccessToken: (widget) => widget.getAccessToken().then(() => 'a token: ••••'),
};

function group(platform: PlatformName, widgetOf: (platform: PlatformName) => WearableConnect | null): HTMLElement {
  const sources = piece('select', '', new Option('any source', ''), ...known.sources[platform].map(([id, name]) => new Option(name, id)));
  const buttons = piece('div', 'buttons');
  const source = piece('label', '', 'source', sources);

  const run = (label: string, call: Call): void => {
    const widget = widgetOf(platform);
    if (!widget) return write(platform, { name: `${label}: there is no widget`, failed: true });
    // Called inside the click, with nothing awaited before it: else no window opens.
    Promise.resolve(call(widget, sources.value || undefined)).then(
      (value) => write(platform, { name: `${label} settled`, value: value ?? '' }),
      (error: unknown) => write(platform, { name: `${label} was refused`, value: String(error), failed: true }),
    );
  };

  const draw = (): void => {
    const chosen = sources.value ? `'${sources.value}'` : '';
    const all = [...Object.entries(aboutSources).map(([name, call]) => [`${name}(${chosen})`, call] as const), ...Object.entries({ ...ofEach, ...(platform !== 'open-wearables' && ofSome) }).map(([name, call]) => [`${name}()`, call] as const)];
    buttons.replaceChildren(
      ...all.map(([label, call]) => {
        const button = piece('button', '', label);
        button.type = 'button';
        button.addEventListener('click', () => run(label, call));
        return button;
      }),
    );
  };

  sources.addEventListener('change', draw);
  draw();
  const whole = piece('fieldset', 'methods', piece('legend', '', titles[platform]), source, buttons);
  source.hidden = sources.options.length < 2;
  whole.dataset['platform'] = platform;
  return whole;
}

export const listMethods = (widgetOf: (platform: PlatformName) => WearableConnect | null): void => {
  find('#methods').append(...(['sweatstack', 'open-wearables', 'demo'] as const).map((platform) => group(platform, widgetOf)));
};
