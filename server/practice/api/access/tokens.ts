import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../clock';
import type { Ids } from '../../ids';
import type { User } from './user';

/**
 * Bearer tokens. Users' tokens are random and kept in the data folder; those of service accounts are signed claims in the
 * form of upstream's JWTs (audience, expiry, bound pod), so that a program may read its own. Signed with a secret of this
 * cluster (HS256), where a real one uses a key pair: nobody outside has to verify them.
 */
export interface Tokens {
  /** The user behind a token, or undefined when it is unknown, forged or has ended. */
  userOf(token: string): User | undefined;
  mint(account: ServiceAccountToken): { token: string; expiresAt: number };
}

export interface ServiceAccountToken {
  namespace: string;
  serviceAccount: string;
  serviceAccountUid: string;
  audiences: string[];
  expirationSeconds: number;
  pod?: Named;
  /** Where the pod is. */
  node?: Named;
}

interface Named {
  name: string;
  uid: string;
}

export const issuer = 'https://kubernetes.default.svc.cluster.local';

export interface TokenOptions {
  clock: Clock;
  ids: Ids;
  secret: string;
  /** Token → user. */
  users: ReadonlyMap<string, User>;
  /** A token of an account that is gone, or was made again under the same name, is no longer good. */
  accountExists(namespace: string, name: string, uid: string): boolean;
}

interface Claims {
  aud: string[];
  exp: number;
  iss: string;
  sub: string;
  jti?: string;
  'kubernetes.io': { namespace: string; serviceaccount: Named; pod?: Named; node?: Named };
}

export function createTokens(options: TokenOptions): Tokens {
  const sign = (text: string) => createHmac('sha256', options.secret).update(text).digest('base64url');
  const header = encode({ alg: 'HS256', typ: 'JWT' });
  return {
    userOf: (token) => options.users.get(token) ?? accountOf(token, sign, options),
    mint(account) {
      const now = Math.floor(options.clock.now() / 1000);
      const exp = now + account.expirationSeconds;
      const claims = encode({
        aud: account.audiences,
        exp,
        iat: now,
        iss: issuer,
        jti: options.ids.uid(),
        'kubernetes.io': {
          namespace: account.namespace,
          ...(account.node ? { node: account.node } : {}),
          ...(account.pod ? { pod: account.pod } : {}),
          serviceaccount: { name: account.serviceAccount, uid: account.serviceAccountUid },
        },
        nbf: now,
        sub: `system:serviceaccount:${account.namespace}:${account.serviceAccount}`,
      });
      return { token: `${header}.${claims}.${sign(`${header}.${claims}`)}`, expiresAt: exp * 1000 };
    },
  };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function accountOf(token: string, sign: (text: string) => string, options: TokenOptions): User | undefined {
  const [header, body, signature] = token.split('.');
  if (!header || !body || !signature) return undefined;
  const expected = Buffer.from(sign(`${header}.${body}`));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined;
  // The signature is ours, so the claims are too: no other shape was ever signed.
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Claims;
  const { namespace, serviceaccount } = claims['kubernetes.io'];
  if (claims.exp * 1000 <= options.clock.now()) return undefined;
  if (!options.accountExists(namespace, serviceaccount.name, serviceaccount.uid)) return undefined;
  return {
    name: claims.sub,
    uid: serviceaccount.uid,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
    extra: extraOf(claims),
  };
}

/** What a token says beyond the account (ServiceAccountInfo.UserInfo of k8s.io/apiserver/pkg/authentication/serviceaccount). */
function extraOf({ jti, 'kubernetes.io': { pod, node } }: Claims): Record<string, string[]> {
  const key = (name: string) => `authentication.kubernetes.io/${name}`;
  const named = (what: string, of: Named | undefined) =>
    of ? { [key(`${what}-name`)]: [of.name], [key(`${what}-uid`)]: [of.uid] } : {};
  return { ...(jti ? { [key('credential-id')]: [`JTI=${jti}`] } : {}), ...named('node', node), ...named('pod', pod) };
}
