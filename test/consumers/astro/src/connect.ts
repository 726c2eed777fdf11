import 'wearable-connect/define';
import { give, hear } from './test';

const strings = { title: 'Bring your watch along' };
const fetchSession = async () => 'session';
give({ strings, fetchSession });

const widget = document.querySelector('wearable-connect')!;
const greeting = document.querySelector<HTMLElement>('#greeting')!;

Object.assign(widget, { strings, fetchSession });
widget.addEventListener('wearable-change', hear);
widget.addEventListener('wearable-tokens', hear);
widget.addEventListener('wearable-connections', hear);
widget.addEventListener('wearable-connected', (event) => {
  hear(event);
  greeting.hidden = false;
  greeting.querySelector('b')!.textContent = event.detail.user?.name ?? 'you';
});
widget.addEventListener('wearable-progress', hear);
widget.addEventListener('wearable-complete', hear);
widget.addEventListener('wearable-cancelled', hear);
widget.addEventListener('wearable-error', hear);
greeting.querySelector('button')!.addEventListener('click', () => void widget.disconnect());
