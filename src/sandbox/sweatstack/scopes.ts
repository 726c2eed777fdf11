/** Where the endpoints are, as the real service has them; those not documented there are marked. */
export const paths = {
  authorize: '/oauth/authorize',
  express: '/express-login',
  token: '/api/v1/oauth/token',
  /** Documented beside the one above. */
  tokenToo: '/oauth/token',
  userinfo: '/api/v1/oauth/userinfo',
  discovery: '/.well-known/openid-configuration',
  /** Assumed. */
  jwks: '/.well-known/jwks.json',
  /** Assumed, and there only with the fault `revocation`. */
  revoke: '/api/v1/oauth/revoke',
} as const;

/** What each scope means to a visitor; `openid` and `offline_access` read as what they do. */
export const scopeWords: Record<string, { title: string; detail: string }> = {
  openid: { title: 'Recognise you', detail: 'An id that stays the same each time you sign in' },
  profile: { title: 'See who you are', detail: 'Your name and e-mail address' },
  'data:read': { title: 'Read your training data', detail: 'Activities, daily health data and tests' },
  'data:write': { title: 'Add and change training data', detail: 'Activities and planned workouts' },
  offline_access: { title: 'Stay connected', detail: 'Keep access while you are away, until you take it back' },
};

/** Space- and comma-separated are both in use; doubles are dropped. */
export const readScopes = (value: string | readonly string[]): string[] =>
  [...new Set((typeof value === 'string' ? value : value.join(' ')).split(/[\s,]+/).filter((scope) => scope !== ''))];
