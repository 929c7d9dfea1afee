import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { Action } from './contracts';
import { kubectlLine } from './kubectlLine';

const awkward = [
  '/www/index.html',
  "/www/it's",
  '/www/a b "c" $(touch x) `id` ; & | > \\ * ? ~ ! #',
  '/www/-dash',
  '/www/größe/☃/漢字/😀',
  '/www/two\nlines\ttab\u0007bell\u001b9',
  "/www/both ' and \n",
  '/www/%s%d\\n',
];

/** What bash makes of a line: the words each `kubectl` got, and what was piped into it. */
function run(line: string): { words: string[]; input: Buffer } {
  const script = `kubectl() { printf '%s\\0' "$@"; printf '\\1\\0'; [ "$IN" = 1 ] && cat; return 0; }\n${line}`;
  const isPiped = line.includes('| kubectl') || line.includes("<<'");
  const output = execFileSync('bash', ['-c', script], { env: { ...process.env, IN: isPiped ? '1' : '0' } });
  const split = output.indexOf('\u0001\0');
  return {
    words: output.subarray(0, split).toString('utf8').split('\0').slice(0, -1),
    input: output.subarray(split + 2),
  };
}

describe('kubectlLine', () => {
  it.each(awkward)('hands %j to kubectl as it is', (path) => {
    const file = { namespace: 'default', pod: 'web-0', path };
    expect(run(kubectlLine({ kind: 'readFile', ...file })).words).toEqual([
      ...['exec', 'web-0', '-n', 'default', '--', 'cat', path],
    ]);
    const content = new TextEncoder().encode(`${path} % \\ ' end`);
    const write = run(kubectlLine({ kind: 'writeFile', ...file, container: 'nginx', content }));
    expect(write.words.slice(-5)).toEqual(['sh', '-c', 'cat > "$1"', 'sh', path]);
    expect(write.words).toContain('-i');
    expect(write.input.equals(Buffer.from(content))).toBe(true);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['a byte order mark', new Uint8Array([0xef, 0xbb, 0xbf, 65])],
    ['every byte there is', Uint8Array.from({ length: 256 }, (_, byte) => byte)],
    ['a long text', new TextEncoder().encode('ä line\n'.repeat(5000))],
  ])('carries %s', (_name, content) => {
    const line = kubectlLine({ kind: 'writeFile', namespace: 'd', pod: 'web-0', path: '/f', content });
    expect(run(line).input.equals(Buffer.from(content))).toBe(true);
  });

  it('writes manifests as they are, also one that holds the closing word', () => {
    const yaml = "a: '$x'\nYAML\nb: `c`\n";
    const { words, input } = run(kubectlLine({ kind: 'apply', namespace: 'lab', yaml }));
    expect(words).toEqual(['apply', '--server-side', '--field-manager=ordinal', '-n', 'lab', '-f', '-']);
    expect(input.toString()).toBe(yaml);
  });

  it.each([
    [{ kind: 'scale', namespace: 'd', set: 'web', replicas: 0 }, 'kubectl scale statefulset web --replicas=0 -n d'],
    [
      { kind: 'deleteSet', namespace: 'd', set: 'web', cascade: 'orphan' },
      'kubectl delete statefulset web --cascade=orphan -n d',
    ],
    [
      { kind: 'deletePods', namespace: 'd', set: 'web', pods: ['web-0', 'web-1'] },
      'kubectl delete pod web-0 web-1 -n d',
    ],
    [
      {
        kind: 'setImage',
        namespace: 'd',
        workload: 'statefulset',
        name: 'web',
        container: 'nginx',
        image: 'r.io/n:2@sha256:a',
      },
      'kubectl set image statefulset/web nginx=r.io/n:2@sha256:a -n d',
    ],
    [
      { kind: 'restart', namespace: 'd', workload: 'statefulset', name: 'web' },
      'kubectl rollout restart statefulset/web -n d',
    ],
    [
      { kind: 'setStrategy', namespace: 'd', set: 'web', strategy: { type: 'RollingUpdate', partition: 2 } },
      `kubectl patch statefulset web -p '{"spec":{"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":2}}}}' -n d`,
    ],
    [
      { kind: 'setStrategy', namespace: 'd', set: 'web', strategy: { type: 'OnDelete' } },
      `kubectl patch statefulset web -p '{"spec":{"updateStrategy":{"type":"OnDelete","rollingUpdate":null}}}' -n d`,
    ],
    [
      { kind: 'undo', namespace: 'd', set: 'web', revision: 3 },
      'kubectl rollout undo statefulset/web --to-revision=3 -n d',
    ],
    [{ kind: 'deleteVolume', volume: 'pv-1' }, 'kubectl delete pv pv-1 --wait=false'],
    [
      { kind: 'freeVolume', volume: 'pv-1' },
      `kubectl patch pv pv-1 --type=json -p '[{"op":"remove","path":"/spec/claimRef"}]'`,
    ],
  ] as const)('%j', (action, line) => {
    expect(kubectlLine(action.kind === 'deletePods' ? { ...action, pods: [...action.pods] } : action)).toBe(line);
  });
});

it.each<[Action, string]>([
  [
    { kind: 'scaleDeployment', namespace: 'lab', deployment: 'web', replicas: 0 },
    'kubectl scale deployment web --replicas=0 -n lab',
  ],
  [
    { kind: 'deleteDeployment', namespace: 'lab', deployment: 'web', cascade: 'background' },
    'kubectl delete deployment web -n lab',
  ],
  [
    { kind: 'deleteDeployment', namespace: 'lab', deployment: 'web', cascade: 'orphan' },
    'kubectl delete deployment web --cascade=orphan -n lab',
  ],
  [
    { kind: 'restart', namespace: 'lab', workload: 'deployment', name: 'web' },
    'kubectl rollout restart deployment/web -n lab',
  ],
])('says %j as %s', (action, line) => {
  expect(kubectlLine(action)).toBe(line);
});
