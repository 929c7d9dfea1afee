import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../clock';
import { seededIds } from '../../ids';
import { authenticate } from './authenticate';
import { createTokens } from './tokens';
import type { Authorizer } from './user';

const admin = { name: 'admin', groups: ['system:masters'] };

function setup() {
  const clock = new ManualClock();
  const accounts = new Set(['a/default/u1']);
  const tokens = createTokens({
    clock,
    ids: seededIds(1),
    secret: 's',
    users: new Map([['t-admin', admin]]),
    accountExists: (namespace, name, uid) => accounts.has(`${namespace}/${name}/${uid}`),
  });
  const mint = () =>
    tokens.mint({
      namespace: 'a',
      serviceAccount: 'default',
      serviceAccountUid: 'u1',
      audiences: ['x'],
      expirationSeconds: 600,
    });
  return { clock, accounts, tokens, mint };
}

describe('service account tokens', () => {
  it('name the account and its groups', () => {
    const { tokens, mint } = setup();
    expect(tokens.userOf(mint().token)).toEqual({
      name: 'system:serviceaccount:a:default',
      uid: 'u1',
      groups: ['system:serviceaccounts', 'system:serviceaccounts:a', 'system:authenticated'],
      extra: { 'authentication.kubernetes.io/credential-id': [expect.stringMatching(/^JTI=[0-9a-f-]{36}$/)] },
    });
  });

  it('end with their time', async () => {
    const { clock, tokens, mint } = setup();
    const { token } = mint();
    await clock.advance(600_000);
    expect(tokens.userOf(token)).toBeUndefined();
  });

  it('end with their account', () => {
    const { accounts, tokens, mint } = setup();
    const { token } = mint();
    accounts.clear();
    expect(tokens.userOf(token)).toBeUndefined();
  });

  it('cannot be made up', () => {
    const { tokens, mint } = setup();
    const [header, , signature] = mint().token.split('.');
    const forged = Buffer.from(JSON.stringify({ sub: 'admin', exp: 9e9 })).toString('base64url');
    expect(tokens.userOf(`${header}.${forged}.${signature}`)).toBeUndefined();
    expect(tokens.userOf('a.b.c')).toBeUndefined();
  });
});

describe('authentication', () => {
  const onlyAnaMay: Authorizer = {
    authorize: (_user, request) => ({ allowed: 'resource' in request && request.name === 'ana', reason: '' }),
    rulesFor: () => [],
  };

  it('knows tokens, and nobody without one', () => {
    const { tokens } = setup();
    expect(authenticate({ authorization: 'Bearer t-admin' }, tokens, onlyAnaMay)).toEqual(admin);
    expect(authenticate({}, tokens, onlyAnaMay).name).toBe('system:anonymous');
    expect(() => authenticate({ authorization: 'Bearer nope' }, tokens, onlyAnaMay)).toThrow('Unauthorized');
  });

  it('impersonates those whom RBAC allows', () => {
    const { tokens } = setup();
    const headers = { authorization: 'Bearer t-admin', 'impersonate-user': 'ana' };
    expect(authenticate(headers, tokens, onlyAnaMay)).toEqual({ name: 'ana', groups: ['system:authenticated'] });
    expect(() => authenticate({ ...headers, 'impersonate-user': 'bo' }, tokens, onlyAnaMay)).toThrow(
      'users "bo" is forbidden: User "admin" cannot impersonate resource "users" in API group "" at the cluster scope',
    );
  });
});
