/** What the servers of the peers that draw say before anybody has clicked, as far as their first screens need it. */
import { type Serving, serving } from './serving.js';

const text = (name: string, type: string) => ({ name, type, required: true, value: '' });

/** Hanko: the first state of its login flow, once the browser has told what it can do. */
const hankoStates: Readonly<Record<string, unknown>> = {
  '/login': {
    name: 'preflight', status: 200, csrf_token: 'bench', payload: {}, links: [],
    actions: {
      register_client_capabilities: {
        action: 'register_client_capabilities', href: '/login?action=register_client_capabilities', description: '',
        inputs: { webauthn_available: text('webauthn_available', 'boolean'), webauthn_conditional_mediation_available: text('webauthn_conditional_mediation_available', 'boolean'), webauthn_platform_authenticator_available: text('webauthn_platform_authenticator_available', 'boolean') },
      },
    },
  },
  '/login?action=register_client_capabilities': {
    name: 'login_init', status: 200, csrf_token: 'bench', payload: {}, links: [],
    actions: { continue_with_login_identifier: { action: 'continue_with_login_identifier', href: '/login?action=continue', description: '', inputs: { email: text('email', 'email') } } },
  },
};

/** Descope: what its console would have written for a flow with one screen. */
const descopeFiles: Readonly<Record<string, [type: string, body: string]>> = {
  'config.json': ['application/json', JSON.stringify({ componentsVersion: '1.0.0', flows: { 'sign-in': { startScreenId: '0', version: 1 } }, cssTemplate: { light: { path: 'style.css' }, dark: { path: 'style.css' } } })],
  'theme.json': ['application/json', '{"light":{"globals":"","components":{}},"dark":{"globals":"","components":{}}}'],
  // The components themselves are left out: half a megabyte that its screens load from elsewhere before they show.
  'index.js': ['text/javascript', 'globalThis.DescopeUI = { componentsThemeManager: {}, generateTheme: () => "", createComponentsTheme: () => ({}), themeToStyle: () => "", globalsThemeToStyle: () => "" };'],
  'style.css': ['text/css', ''],
  '0.html': ['text/html', '<div id="first-screen"><button>Garmin</button><button>Intervals</button><button>Wahoo</button></div>'],
};

export async function stubElements(): Promise<Serving> {
  return serving('backend', (request, response, { pathname, search }) => {
    response.setHeader('access-control-allow-origin', request.headers.origin ?? '*').setHeader('access-control-allow-credentials', 'true').setHeader('access-control-allow-methods', 'GET, POST');
    response.setHeader('access-control-allow-headers', request.headers['access-control-request-headers'] ?? '*');
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    const state = hankoStates[pathname + search];
    if (state) return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(state));
    const file = descopeFiles[pathname.split('/').at(-1) ?? ''];
    if (file) return void response.writeHead(200, { 'content-type': file[0] }).end(file[1]);
    response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
  });
}
