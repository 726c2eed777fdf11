import 'wearable-connect/define';

const widget = document.querySelector('wearable-connect');

/** Your words instead of the package's, and what your own backend knows this visitor by. */
const strings = { title: 'Bring your watch along' };
const fetchSession = async () => 'session-of-this-visitor';
widget.strings = strings;
widget.fetchSession = fetchSession;

/** @type {object[]} */
const heard = [];
/** @param {import('wearable-connect').WearableEventMap[keyof import('wearable-connect').WearableEventMap]} event */
function hear(event) {
  heard.push({ ...event.detail, name: event.type.replace('wearable-', '') });
}

widget.addEventListener('wearable-change', hear);
widget.addEventListener('wearable-tokens', hear); // event.detail.accessToken is the token
widget.addEventListener('wearable-connections', hear);
widget.addEventListener('wearable-connected', hear);
widget.addEventListener('wearable-progress', hear);
widget.addEventListener('wearable-complete', hear);
widget.addEventListener('wearable-cancelled', hear);
widget.addEventListener('wearable-error', hear);

Object.assign(window, { heard, given: { strings, fetchSession } });
