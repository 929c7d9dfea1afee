import { describe, expect, it } from 'vitest';
import { schemaForTests } from '../schema/testSchema';
import { duplicateFields, inTextOrder } from './duplicates';
import { decodeTyped } from './typed';
import { parseYaml } from './yaml';

const schema = schemaForTests();
const set = 'k8s.io.api.apps.v1.StatefulSet';
const decode = (message: string, value: unknown) => decodeTyped(schema, message, value);
const withSpec = (spec: object) => ({ metadata: { name: 'web' }, spec });

describe('typed decoding', () => {
  it('names unknown fields and drops them', () => {
    const given = withSpec({ foo: 1, template: { spec: { containers: [{ name: 'c' }, { name: 'd', zoo: 2 }] } } });
    const { value, problems } = decode(set, given);
    expect(problems).toEqual(['unknown field "spec.foo"', 'unknown field "spec.template.spec.containers[1].zoo"']);
    expect(JSON.stringify(value)).not.toMatch(/foo|zoo/);
  });

  // Measured on v1.36.3.
  it.each<[string, unknown, string]>([
    [
      'a text for a number',
      withSpec({ replicas: 'three' }),
      'json: cannot unmarshal string into Go struct field StatefulSetSpec.spec.replicas of type int32',
    ],
    [
      'a fraction',
      withSpec({ replicas: 1.5 }),
      'json: cannot unmarshal number 1.5 into Go struct field StatefulSetSpec.spec.replicas of type int32',
    ],
    [
      'a text for a list',
      withSpec({ template: { spec: { containers: 'x' } } }),
      'json: cannot unmarshal string into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container',
    ],
    [
      'a number for a text',
      withSpec({ template: { spec: { containers: [{ name: 1 }] } } }),
      'json: cannot unmarshal number into Go struct field Container.spec.template.spec.containers.name of type string',
    ],
    [
      'a number as a label',
      { metadata: { labels: { a: 1 } } },
      'json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string',
    ],
    [
      'a list for a map',
      { metadata: { labels: [] } },
      'json: cannot unmarshal array into Go struct field ObjectMeta.metadata.labels of type map[string]string',
    ],
    [
      'a text for an object',
      { spec: 'x' },
      'json: cannot unmarshal string into Go struct field StatefulSet.spec of type v1.StatefulSetSpec',
    ],
  ])('refuses %s', (_, given, message) => expect(() => decode(set, given)).toThrow(message));

  it('writes quantities and times in their one form', () => {
    const claim = decode('k8s.io.api.core.v1.PersistentVolumeClaim', {
      spec: { resources: { requests: { storage: '1024Mi', cpu: 0.5 } } },
    });
    expect(claim.value).toMatchObject({ spec: { resources: { requests: { storage: '1Gi', cpu: '500m' } } } });
    const event = decode('k8s.io.api.core.v1.Event', {
      firstTimestamp: '2026-01-01T02:00:00+02:00',
      eventTime: '2026-01-01T00:00:00.1234567Z',
    });
    expect(event.value).toMatchObject({
      firstTimestamp: '2026-01-01T00:00:00Z',
      eventTime: '2026-01-01T00:00:00.123456Z',
      lastTimestamp: null,
    });
    expect(() => decode('k8s.io.api.core.v1.Event', { firstTimestamp: 'x' })).toThrow('parsing time "x"');
  });

  it('fills in what Go always writes, and leaves out what it never does', () => {
    const { value } = decode(
      set,
      withSpec({
        replicas: 0,
        minReadySeconds: 0,
        template: { spec: { containers: [{ name: 'c', args: [], image: null }] } },
      }),
    );
    expect(value).toMatchObject({
      spec: { replicas: 0, serviceName: '', updateStrategy: {}, template: { metadata: {} } },
      status: { replicas: 0 },
    });
    const spec = value.spec as { template: { spec: { containers: object[] } } };
    expect(spec.template.spec.containers).toEqual([{ name: 'c', resources: {} }]);
    expect(spec).not.toHaveProperty('minReadySeconds');
  });

  it('checks base64', () => {
    const secret = (data: string) => decode('k8s.io.api.core.v1.Secret', { data: { a: data } });
    expect(secret('YWJj').value).toMatchObject({ data: { a: 'YWJj' } });
    expect(() => secret('!!!')).toThrow('illegal base64 data at input byte 0');
  });

  it('reads its own output as it is', () => {
    const { value } = decode(
      set,
      withSpec({ template: { spec: { containers: [{ name: 'c' }], volumes: [{ name: 'v', emptyDir: {} }] } } }),
    );
    expect(decode(set, value)).toEqual({ value, problems: [] });
  });
});

describe('several problems', () => {
  it('are told in the order of the text', () => {
    const text = '{"z":1,"a":{"y":1,"b":2,"b":3},"a":{}}';
    const found = ['duplicate field "a"', 'duplicate field "a.b"', 'unknown field "a.y"', 'unknown field "z"'];
    expect(inTextOrder(text, found)).toEqual([
      'unknown field "z"',
      'unknown field "a.y"',
      'duplicate field "a.b"',
      'duplicate field "a"',
    ]);
  });
});

describe('duplicate fields', () => {
  it.each<[string, string[]]>([
    ['{"a":1,"b":[{"c":1,"c":2},{"c":1}],"a":{"x":1}}', ['duplicate field "b[0].c"', 'duplicate field "a"']],
    ['{"a":"\\"},{","\\u0061":2}', ['duplicate field "a"']],
    ['[]', []],
    [' { "a" : [ ] , "b" : { } } ', []],
  ])('%s', (text, found) => expect(duplicateFields(text)).toEqual(found));
});

describe('YAML as kubectl reads it', () => {
  it('keeps to YAML 1.1 where Kubernetes does', () => {
    const text =
      'a: yes\nb: off\nc: 0644\nd: 22:22\ne: 2026-01-01\nf: "yes"\ng: 1.5\nh: ~\nbase: &x {k: 1}\nm:\n  <<: *x\n';
    expect(parseYaml(text).value).toEqual({
      a: true,
      b: false,
      c: 420,
      d: '22:22',
      e: '2026-01-01',
      f: 'yes',
      g: 1.5,
      h: null,
      base: { k: 1 },
      m: { k: 1 },
    });
  });

  it('names keys that stand twice, and refuses a bomb', () => {
    expect(parseYaml('a: 1\nb:\n  c: 1\n  c: 2\n').problems).toEqual([
      'yaml: unmarshal errors:\n  line 4: key "c" already set in map',
    ]);
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x,x]',
      ...'bcdefg'.split('').map((n, i) => `${n}: &${n} [${Array(10).fill(`*${'abcdef'[i]}`).join(',')}]`),
    ];
    expect(() => parseYaml(bomb.join('\n'))).toThrow();
  });
});
