import { expect, it } from 'vitest';
import { lineWith } from './clientTool';
import { kubectlLine } from './kubectlLine';

it.each([
  ['kubectl get pods -w -l app=nginx', 'oc get pods -w -l app=nginx'],
  ['printf %s a | kubectl exec -i web-0 -n d -- sh', 'printf %s a | oc exec -i web-0 -n d -- sh'],
  [
    'for i in {0..2}; do kubectl exec web-$i -- sh -c hostname; done',
    'for i in {0..2}; do oc exec web-$i -- sh -c hostname; done',
  ],
  ['kubectl get a && kubectl get b', 'oc get a && oc get b'],
  ['kubectl get a\nkubectl get b', 'oc get a\noc get b'],
  ['kubectl', 'oc'],
  ['kubectl delete namespace lab --wait=false', 'oc delete project lab --wait=false'],
  ['kubectl create namespace lab', 'oc new-project lab --skip-config-write'],
  // Not a command: a word of one, or what is written into a file.
  ['printf %s "; kubectl get" | cat', 'printf %s "; kubectl get" | cat'],
  ["printf %s 'it'\\''s; kubectl x' | cat", "printf %s 'it'\\''s; kubectl x' | cat"],
  ["printf %s $'a\\'; kubectl x' | kubectl exec web-0", "printf %s $'a\\'; kubectl x' | oc exec web-0"],
  ['man kubectl ', 'man kubectl '],
  ["'kubectl' get", "'kubectl' get"],
  ['cat /kubectl get', 'cat /kubectl get'],
])('%j', (line, expected) => {
  expect(lineWith('oc', line)).toBe(expected);
  expect(lineWith('kubectl', line)).toBe(line);
});

it('leaves a manifest as it is', () => {
  const yaml = 'a: 1\nkubectl get x\n';
  const line = kubectlLine({ kind: 'apply', namespace: 'lab', yaml });
  expect(lineWith('oc', `${line}\nkubectl get pods`)).toBe(`${line.replace('kubectl', 'oc')}\noc get pods`);
});
