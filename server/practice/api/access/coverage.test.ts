import { describe, expect, it } from 'vitest';
import type { PolicyRule } from '../../../../lib/kubernetes/access';
import { missingRules, ruleText } from './coverage';

const rule = (verbs: string, resources: string, names = ''): PolicyRule => ({
  verbs: verbs.split(' '),
  apiGroups: [''],
  resources: resources.split(' '),
  ...(names ? { resourceNames: names.split(' ') } : {}),
});

describe('rights that are missing', () => {
  const rows: [string, PolicyRule[], PolicyRule[], string[]][] = [
    ['none are', [rule('get list', 'pods services')], [rule('get', 'services')], []],
    [
      'a verb',
      [rule('get', 'pods')],
      [rule('get delete', 'pods')],
      ['{APIGroups:[""], Resources:["pods"], Verbs:["delete"]}'],
    ],
    [
      'verbs for one thing are one rule',
      [],
      [rule('get list', 'nodes')],
      ['{APIGroups:[""], Resources:["nodes"], Verbs:["get" "list"]}'],
    ],
    ['everything is held', [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }], [rule('get', 'pods/exec', 'a')], []],
    ['a subresource of anything', [rule('create', '*/exec')], [rule('create', 'pods/exec')], []],
    [
      'a resource gives no subresource',
      [rule('get', 'pods')],
      [rule('get', 'pods/log')],
      ['{APIGroups:[""], Resources:["pods/log"], Verbs:["get"]}'],
    ],
    ['all names give one', [rule('get', 'pods')], [rule('get', 'pods', 'a')], []],
    [
      'one name does not give all',
      [rule('get', 'pods', 'a')],
      [rule('get', 'pods')],
      ['{APIGroups:[""], Resources:["pods"], Verbs:["get"]}'],
    ],
    [
      'another name',
      [rule('get', 'pods', 'a')],
      [rule('get', 'pods', 'a b')],
      ['{APIGroups:[""], Resources:["pods"], ResourceNames:["b"], Verbs:["get"]}'],
    ],
    [
      'a path',
      [{ verbs: ['get'], nonResourceURLs: ['/api/*'] }],
      [{ verbs: ['get'], nonResourceURLs: ['/api/v1', '/metrics'] }],
      ['{NonResourceURLs:["/metrics"], Verbs:["get"]}'],
    ],
  ];
  it.each(rows)('%s', (_name, owned, wanted, missing) =>
    expect(missingRules(owned, wanted).map(ruleText)).toEqual(missing),
  );
});
