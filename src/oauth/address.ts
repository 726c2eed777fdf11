/** What an address may have come back with. Read by every page that loads the element, and by the callback script: every byte counts. */

/** 8 KiB are enough for any answer; longer is somebody else. */
const tooLong = 8193;

/** The `state` of an answer, or null where the answer is not one that we could have asked for. */
export const stateOf = (query: string): string | null => {
  const parameters = new URLSearchParams(query);
  const count = (name: string): number => parameters.getAll(name).length;
  const state = parameters.get('state');
  // Anything said twice is refused, and so are tokens in an address (RFC 9700 2.1.2).
  const ours = query.length < tooLong && /^wc1\../.test(state as string) && count('state') < 2 && count('iss') < 2 && !count('id_token') && !count('access_token') && count('code') + count('error') === 1;
  return ours ? state : null;
};

/** Takes the answer out of the address at once: nothing that runs later, and no history entry, may see the code. With the origin: a path alone is read against the page's <base>, and one that begins with two slashes names a host. */
export const takeAnswer = (): string => {
  const query = stateOf(location.search) ? location.search : location.hash.slice(1);
  history.replaceState(history.state, '', origin + location.pathname);
  return query;
};
