const names: Readonly<Record<string, string>> = { sweatstack: 'SweatStack', 'open-wearables': 'Open Wearables', demo: 'Demo' };

/** A platform as a visitor knows it. */
export const platformName = (name: string): string => (Object.hasOwn(names, name) ? (names[name] ?? name) : name);
