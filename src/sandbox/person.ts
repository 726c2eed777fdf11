export interface Person {
  /** What the wearable knows them by: their sign-in address there. */
  user: string;
  name: string;
  givenName: string | null;
  familyName: string | null;
}

/** "kim.larsen@example.com" is Kim Larsen: any address makes a person. */
export function personOf(address: string): Person {
  const words = (address.split('@')[0] ?? '').split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const [given, ...family] = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return {
    user: address.toLowerCase(), name: [given ?? 'Someone', ...family].join(' '),
    givenName: given ?? null, familyName: family.length > 0 ? family.join(' ') : null,
  };
}
