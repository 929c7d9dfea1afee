import { parseDocument, type ScalarTag } from 'yaml';

/**
 * YAML as kubectl and the API server read it (sigs.k8s.io/yaml): `yes`, `no`, `on` and `off` are booleans and `0644` is
 * octal, as in YAML 1.1, but dates and `22:22` stay text.
 */
const oldBoolean: ScalarTag = {
  tag: 'tag:yaml.org,2002:bool',
  default: true,
  test: /^(?:y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$/,
  resolve: (text) => /^(?:y|on)/i.test(text),
};
const oldOctal: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^[-+]?0[0-7]+$/,
  resolve: (text) => (text.startsWith('-') ? -1 : 1) * parseInt(text.replace(/^[-+]/, ''), 8),
};

/** The first document as JSON values, and what is wrong that a lenient reader would overlook. Throws for text that is no YAML. */
export function parseYaml(text: string): { value: unknown; problems: string[] } {
  const document = parseDocument(text, {
    version: '1.2',
    merge: true,
    uniqueKeys: false,
    customTags: (tags) => [oldBoolean, oldOctal, ...tags],
  });
  const error = document.errors.find((one) => one.code !== 'MULTIPLE_DOCS');
  if (error) throw new Error(`error converting YAML to JSON: yaml: ${error.message.split('\n')[0] ?? ''}`);
  // Aliases that multiply (a "billion laughs" document) are refused by this limit.
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  return { value, problems: yamlDuplicates(text) };
}

function yamlDuplicates(text: string): string[] {
  const strict = parseDocument(text, { version: '1.2', merge: true, uniqueKeys: true });
  return strict.errors
    .filter((error) => error.code === 'DUPLICATE_KEY')
    .map((error) => {
      const { line = 0 } = error.linePos?.[0] ?? {};
      const key = /^\s*(?:-\s+)?["']?([^"':]+)/.exec(text.slice(error.pos[0]))?.[1] ?? '';
      return `yaml: unmarshal errors:\n  line ${line}: key ${JSON.stringify(key)} already set in map`;
    });
}
