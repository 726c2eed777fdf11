/** Nango's frontend: a server has made a session, the window does the rest. */
import Nango from '@nangohq/frontend';

globalThis.peer = ({ platform, clientId }) => {
  const nango = new Nango({ host: platform, connectSessionToken: clientId });
  return () => nango.auth('garmin');
};
