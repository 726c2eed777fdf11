/** As much of Content Security Policy Level 3 as it takes to say whether a request, or a script, would get through. */

/** Directives by name. Of one that is there twice the first counts (CSP 2.2.1). */
export type Policy = ReadonlyMap<string, readonly string[]>;

/** A header can hold several policies, and every one of them has to agree. */
export const policiesFrom = (header: string | null): readonly Policy[] =>
  (header ?? '')
    .split(',')
    .filter((policy) => policy.trim())
    .map((policy) => {
      const directives = new Map<string, readonly string[]>();
      for (const directive of policy.split(';')) {
        const [name, ...values] = directive.trim().split(/\s+/);
        if (name && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), values);
      }
      return directives;
    });

/** The first of these directives that is there: the fallbacks of CSP 6.8.1. Null: nothing is restricted. */
export const sourcesOf = (policy: Policy, ...names: readonly string[]): readonly string[] | null => {
  const name = names.find((one) => policy.has(one));
  return name === undefined ? null : (policy.get(name) ?? []);
};

export const allows = (sources: readonly string[], url: URL, self: URL): boolean => sources.some((source) => matches(source.toLowerCase(), url, self));

/** CSP 6.7.2.7 and 6.7.2.8, with the upgrades they allow: `http:` lets `https:` through. */
function matches(source: string, url: URL, self: URL): boolean {
  const isWeb = /^(https?|wss?):$/.test(url.protocol);
  if (source === '*') return isWeb || url.protocol === self.protocol;
  if (source === "'self'") return url.origin === self.origin || (url.host === self.host && url.protocol === 'https:');
  if (/^[a-z][a-z\d+.-]*:$/.test(source)) return isSame(source, url.protocol);
  const [, scheme, host = '', port, path] = /^(?:([a-z][a-z\d+.-]*:)\/\/)?(\*|\[[\d:a-f]+\]|(?:\*\.)?[\w.-]+)(?::(\d+|\*))?(\/.*)?$/.exec(source) ?? [];
  if (!host || !isSame(scheme ?? self.protocol, url.protocol)) return false;
  if (host !== '*' && (host.startsWith('*.') ? !url.hostname.endsWith(host.slice(1)) : host !== url.hostname)) return false;
  if (port !== '*' && (port ?? standard(url)) !== (url.port || standard(url)) && !(port === '80' && url.protocol === 'https:' && !url.port)) return false;
  return !path || (path.endsWith('/') ? url.pathname.toLowerCase().startsWith(path) : url.pathname.toLowerCase() === path);
}

const isSame = (allowed: string, protocol: string): boolean => allowed === protocol || (allowed === 'http:' && protocol === 'https:');

const standard = ({ protocol }: URL): string => (protocol === 'https:' ? '443' : '80');
