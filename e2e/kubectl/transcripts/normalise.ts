/**
 * What no two clusters, and no two runs, have in common, named: uids, addresses, times, resource versions and generated suffixes. All
 * else stays, the widths of columns too; what is replaced in a table keeps its width where other cells decide it.
 */
export function normalise(output: string, { hasTemplateHash = false } = {}): string {
  const patterns = hasTemplateHash ? [...always, ...hashes] : always;
  const named = patterns.reduce((text, [pattern, name]) => text.replaceAll(pattern, name), output.replaceAll('\r', ''));
  const aged = named.replaceAll(
    ages,
    (_, age: string, space: string) => 'AGE'.padEnd(age.length + space.length) + (space === ' ' ? ' ' : ''),
  );
  return widthsAreChance.test(aged) ? aged.replaceAll(/(?<=\S) {2,}/g, '  ').replaceAll(/-{4,}/g, '----') : aged;
}

const suffix = '[bcdfghjklmnpqrstvwxz2456789]';

const always: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<uid>'],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g, '<time>'],
  [/\b[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g, '<date>'],
  [/\b10\.\d+\.\d+\.\d+\b/g, '<ip>'],
  [/(?<=resourceVersion: )"\d+"/g, '<rv>'],
  [/(?<=Resource Version: +)\d+/g, '<rv>'],
  [/(?<="resourceVersion": ?)"\d+"/g, '"<rv>"'],
  [new RegExp(`\\bkube-api-access-${suffix}{5}\\b`, 'g'), 'kube-api-access-<suffix>'],
  [new RegExp(`\\b(one|two)-${suffix}{5}\\b`, 'g'), '$1-<suffix>'],
  [/(?<=[a-z0-9]\.)[0-9a-f]{16}\b/g, '<suffix>'],
  [/(?<=kubectl-edit-)\d+/g, '<suffix>'],
  [/\/tmp\/(LIVE|MERGED)-\d+\/([\w.-]+)(\t.*)?/g, '/tmp/$1/$2'],
  [/^(diff -u -N).*$/gm, '$1'],
];

const hashes: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`\\b(one|two)-${suffix}{8,10}-${suffix}{5}\\b`, 'g'), '$1-<hash>-<suffix>'],
  [new RegExp(`\\b(one|two)-${suffix}{8,10}\\b`, 'g'), '$1-<hash>'],
  [new RegExp(`\\b(pod-template-hash(?:=|: "?))${suffix}{8,10}\\b`, 'g'), '$1<hash>'],
];

/** A cell of a table, or what follows a time. */
const ages = /(?<=  |\(|over )(\d+m\d+s|\d+s|<invalid>)( *$|  +|(?=\))| (?=ago\b|old\b|\(x))/gm;

/** Where a generated text makes its column as wide as it is. */
const widthsAreChance = /<hash>|over AGE/;
