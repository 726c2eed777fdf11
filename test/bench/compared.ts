/** Who is compared with whom. */
import { join } from 'node:path';
import { peersFolder, peerVersion } from './peers.js';

export interface Peer {
  /** As people call it. */
  readonly name: string;
  readonly package: string;
  readonly entry: string;
  /** Draws its own first screen, as ours does. */
  readonly draws: boolean;
  /** Proves the sign-in and gives the page its tokens, as ours does. */
  readonly givesTokens: boolean;
}

const peer = (name: string, from: string, entry: string, { draws = false, givesTokens = true } = {}): Peer => ({ name, package: from, entry: join(peersFolder, entry), draws, givesTokens });

export const peers = {
  auth0: peer('auth0-spa-js', '@auth0/auth0-spa-js', 'auth0.js'),
  oidc: peer('oidc-client-ts', 'oidc-client-ts', 'oidc-client-ts.js'),
  msal: peer('MSAL browser', '@azure/msal-browser', 'msal.js'),
  firebase: peer('firebase/auth', '@firebase/auth', 'firebase.js'),
  nango: peer('Nango frontend', '@nangohq/frontend', 'nango.js', { givesTokens: false }),
  hanko: peer('Hanko elements', '@teamhanko/hanko-elements', 'hanko.js', { draws: true }),
  descope: peer('Descope web component', '@descope/web-component', 'descope.js', { draws: true }),
} as const;

export const versionOf = ({ package: name }: Peer): string => peerVersion(name);

export const ourEntry = (name: string): string => join('test', 'bench', 'ours', `${name}.js`);
