import 'wearable-connect/define';
import { StrictMode, useLayoutEffect, useRef } from 'react';
import { createRoot } from 'react-dom/client';
import type { WearableConnect } from 'wearable-connect';
import type {} from 'wearable-connect/types/react';
import { give, hear } from './test.js';

const strings = { title: 'Bring your watch along' };
const fetchSession = async () => 'session';
give({ strings, fetchSession });

const events = ['change', 'tokens', 'connections', 'connected', 'progress', 'complete', 'cancelled', 'error'] as const;

/** React 18 gives a custom element attributes alone, so objects and listeners go by the ref; in a layout effect, which is before the first event. */
function App() {
  const widget = useRef<WearableConnect>(null);

  useLayoutEffect(() => {
    const element = widget.current as WearableConnect;
    Object.assign(element, { strings, fetchSession });
    for (const name of events) element.addEventListener(`wearable-${name}`, hear);
    return () => events.forEach((name) => element.removeEventListener(`wearable-${name}`, hear));
  }, []);

  return (
    <wearable-connect ref={widget} client-id="demo-client" redirect-uri="/wearable-callback.html" base-url="http://sweatstack.localhost:4710" no-preview>
      <h2 slot="header">Your watch</h2>
    </wearable-connect>
  );
}

createRoot(document.querySelector('#app') as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
