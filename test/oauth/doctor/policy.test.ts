import { expect } from '@open-wc/testing';
import { allows, policiesFrom, sourcesOf } from '../../../src/oauth/doctor/policy.js';

const self = new URL('https://shop.example/page');
const api = new URL('https://app.sweatstack.no/api/v1/oauth/token');

describe('oauth/doctor: policy', () => {
  it('reads several policies of one header, and the first of a directive that is there twice', () => {
    const policies = policiesFrom("default-src 'self'; Connect-Src a.example;connect-src b.example, script-src 'none' ,");
    expect(policies.map((policy) => [...policy])).to.deep.equal([
      [['default-src', ["'self'"]], ['connect-src', ['a.example']]],
      [['script-src', ["'none'"]]],
    ]);
    expect(policiesFrom(null)).to.deep.equal([]);
  });

  it('falls back to what is more general; null where nothing is restricted', () => {
    const [policy = new Map<string, readonly string[]>()] = policiesFrom("default-src 'none'; script-src");
    expect(sourcesOf(policy, 'connect-src', 'default-src')).to.deep.equal(["'none'"]);
    expect(sourcesOf(policy, 'script-src-elem', 'script-src', 'default-src')).to.deep.equal([]);
    expect(sourcesOf(policy, 'img-src')).to.equal(null);
  });

  const through: readonly (readonly [string, URL])[] = [
    ['*', api],
    ["'self'", new URL('https://shop.example/x')],
    ['https:', api],
    ['http:', api],
    ['https://app.sweatstack.no', api],
    ['https://APP.sweatstack.no:443', api],
    ['http://app.sweatstack.no', api],
    ['http://app.sweatstack.no:80', api],
    ['app.sweatstack.no', api],
    ['*.sweatstack.no', api],
    ['https://*:*', api],
    ['https://app.sweatstack.no/api/', api],
    ['https://app.sweatstack.no/api/v1/oauth/token', api],
    ['http://sweatstack.localhost:4701', new URL('http://sweatstack.localhost:4701/api')],
    ['http://*.localhost:*', new URL('http://sweatstack.localhost:4701/api')],
  ];
  for (const [source, url] of through) it(`${source} lets ${url.href} through`, () => expect(allows([source], url, self)).to.equal(true));

  const kept: readonly (readonly [string, URL])[] = [
    ["'none'", api],
    ["'self'", api],
    ["'nonce-abc'", api],
    ['https://sweatstack.no', api],
    ['*.app.sweatstack.no', api],
    ['https://app.sweatstack.no:8443', api],
    ['https://app.sweatstack.no/api', api],
    ['https://app.sweatstack.no/other/', api],
    ['wss:', api],
    ['localhost:*', new URL('http://localhost:4701/')],
    ['*', new URL('data:text/plain,')],
  ];
  for (const [source, url] of kept) it(`${source} does not let ${url.href} through`, () => expect(allows([source], url, self)).to.equal(false));
});
