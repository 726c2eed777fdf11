/** Why the `state` of an express link cannot be read, in words for the developer who built it. */
export class StateError extends Error {}

export interface ExpressState {
  /** The authorize parameters, lists joined by spaces. */
  values: Record<string, string | undefined>;
  /** The sandbox's own addition: faults for this attempt. */
  faults: unknown;
}

/** base64 of a JSON object, UTF-8 inside. Standard alphabet and padded: a standard decoder leaves out what it does not know, and reads something else. */
export function decodeState(state: string | null): ExpressState {
  if (state === null || state === '') {
    throw new StateError('The express link has no state parameter; it is base64 of a JSON object with client_id.');
  }
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(state) || state.length % 4 !== 0) {
    throw new StateError(
      'The state parameter is not base64 of the standard alphabet (not the one for URLs), padded, and percent-encoded: an unencoded plus sign arrives as a space.',
    );
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(state, 'base64'));
  } catch {
    throw new StateError('The state parameter is base64, but not of UTF-8 text.');
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new StateError('The state parameter is base64, but not of JSON.');
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new StateError('The state parameter holds JSON, but not an object.');
  }
  const values: Record<string, string | undefined> = {};
  let faults: unknown;
  for (const [name, value] of Object.entries(json)) {
    if (name === 'fault') faults = value;
    else if (Array.isArray(value) && value.every((part) => typeof part === 'string')) values[name] = value.join(' ');
    else if (typeof value === 'string') values[name] = value;
    else if (value !== null) throw new StateError(`The state parameter's ${name} is neither text nor a list of texts.`);
  }
  if (values['client_id'] === undefined) throw new StateError('The state parameter holds a JSON object without client_id.');
  return { values, faults };
}
