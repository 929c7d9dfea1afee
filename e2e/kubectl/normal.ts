/** Output with what differs from run to run named: addresses, ages, times, ids, generated suffixes, and the widths of columns that follow from them. */
export function normalizer(namespace: string): (text: string) => string {
  return (text) =>
    rules
      .reduce(
        (done, [pattern, name]) => done.replaceAll(pattern, name),
        text.replaceAll('\r', '').replaceAll(namespace, 'lab'),
      )
      .replaceAll(/[ \t]+$/gm, '');
}

const generated = '[bcdfghjklmnpqrstvwxz2456789]';

const rules: readonly (readonly [RegExp, string])[] = [
  // Sessions stand in template strings.
  [/`/g, "'"],
  // Before the hashes: the number may look like one.
  [/\/tmp\/(LIVE|MERGED)-\d+\/[\w.]+\.([\w-]+)(\t.*)?/g, '/tmp/$1/$2'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, 'UID'],
  [/\b[0-9a-f]{64}\b/g, 'DIGEST'],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g, 'TIME'],
  [/\b[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g, 'DATE'],
  [/\b(10|192\.168|127)\.\d+\.\d+\.\d+(:6443|:\d{5})\b/g, 'ADDRESS:PORT'],
  [/\b(10\.\d+|192\.168)\.\d+\.\d+\b/g, 'IP'],
  [new RegExp(`\\b${generated}{8,10}-${generated}{5}\\b`, 'g'), 'HASH-NAME'],
  [new RegExp(`-(?=\\w*\\d)${generated}{8,10}\\b`, 'g'), '-HASH'],
  [new RegExp(`\\bpod-template-hash(=|: )${generated}+`, 'g'), 'pod-template-hash$1HASH'],
  [new RegExp(`\\bcontroller-revision-hash(=|: )[\\w-]+-${generated}{9,10}`, 'g'), 'controller-revision-hash$1HASH'],
  [new RegExp(`\\b(kube-api-access-|-debug-)${generated}{5}\\b`, 'g'), '$1NAME'],
  [/\b(?:(\d+d)?(\d+h)?(\d+m)?\d+s|(\d+h)?\d+m|\d+d(\d+h)?|\d+h)(?= ago\b)/g, 'AGE'],
  // The last column of a table, or one followed by others.
  [/(?<=  )(?:\d+[hm])?\d+[hms](?= *$|  )/gm, 'AGE'],
  [/(?<=  )(?:\d+m\d+s|\d+m|\d+h|<invalid>)(?= *$)/gm, 'AGE'],
  [/\(x\d+ over [\dmsh]+\)/g, '(xN over AGE)'],
  [/\b(resourceVersion|uid): "?[\w-]+"?/g, '$1: NAMED'],
  [/("resourceVersion": )"\d+"/g, '$1"NAMED"'],
  [/\bin [\d.]+(ms|s) \([\d.]+(ms|s) including waiting\)\. Image size: \d+ bytes/g, 'in AGE. Image size: N bytes'],
  [/(?<=\S) {2,}/g, '  '],
  [/-{4,}/g, '----'],
  [/(?<=kubectl-edit-)\d+/g, 'N'],
  [/(?<=[a-z0-9]\.)[0-9a-f]{16}\b/g, 'NAME'],
  // Events begin with their age.
  [/^\d+[smh](?=  )/gm, 'AGE'],
  [/^(diff -u -N).*$/gm, '$1'],
];
