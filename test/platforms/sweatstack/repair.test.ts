import { expect } from '@open-wc/testing';
import { accountStatusFrom } from '../../../src/core/account.js';
import { repairFrom } from '../../../src/platforms/sweatstack/repair.js';

describe('platforms/sweatstack/repair', () => {
  const table: readonly (readonly [issue: unknown, repair: unknown])[] = [
    [null, null],
    ['text', null],
    [{ destination: null }, null],
    [{ destination: '' }, null],
    [{ destination: 'manage-teams' }, { destination: 'manage-teams' }],
    [{ destination: 'something-new' }, { destination: 'something-new' }],
    [{ destination: 'manage-teams', action_url: 'https://app.sweatstack.no/x' }, { destination: 'manage-teams' }],
    [{ action_url: 'https://app.sweatstack.no/settings/sharing' }, { url: 'https://app.sweatstack.no/settings/sharing' }],
    [{ action_url: 'http://localhost:8080/p' }, { url: 'http://localhost:8080/p' }],
    [{ action_url: 'javascript:alert(1)' }, null],
    [{ action_url: 'http://app.sweatstack.no/' }, null],
    [{ action_url: 'https://user:secret@app.sweatstack.no/' }, null],
    [{ action_url: '/settings' }, null],
    [{ action_url: 7 }, null],
  ];
  for (const [issue, repair] of table)
    it(JSON.stringify(issue), () => expect(repairFrom(accountStatusFrom({ issue })?.issue)).to.deep.equal(repair));
});
