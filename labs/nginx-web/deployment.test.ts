import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { asDeployment } from './deployment';
import { webYaml } from './manifest';

interface Made {
  kind: string;
  metadata: { name: string };
  spec: {
    replicas?: number;
    clusterIP?: string;
    selector?: Record<string, unknown>;
    template?: {
      metadata: { labels: Record<string, string> };
      spec: { containers: Record<string, unknown>[]; volumes?: { persistentVolumeClaim: { claimName: string } }[] };
    };
  };
}

const read = (yaml: string) => parseAllDocuments(yaml).map((document) => document.toJS() as Made);
const found = (yaml: string, kind: string) => {
  const one = read(yaml).find((made) => made.kind === kind);
  if (!one) throw new Error(`no ${kind}`);
  return one;
};
const set = found(webYaml, 'StatefulSet');

describe.each(['alone', 'sharing'] as const)('%s', (how) => {
  const yaml = asDeployment.yaml[how];
  const deployment = found(yaml, 'Deployment');

  it('runs what the set runs, as often', () => {
    const [{ volumeMounts, ...container } = {}] = set.spec.template?.spec.containers ?? [];
    const [{ volumeMounts: mounts, ...same } = {}] = deployment.spec.template?.spec.containers ?? [];
    expect(same).toEqual(container);
    expect(mounts).toEqual(how === 'sharing' ? volumeMounts : undefined);
    expect(deployment.spec.replicas).toBe(set.spec.replicas);
    expect(deployment).toMatchObject({
      metadata: { name: asDeployment.name },
      spec: { replicas: asDeployment.replicas },
    });
  });

  it('has labels that no selector of the set finds', () => {
    const labels = deployment.spec.template?.metadata.labels ?? {};
    expect(Object.values(labels)).not.toContain('nginx');
    expect(deployment.spec.selector).toEqual({ matchLabels: labels });
    expect(found(yaml, 'Service').spec).toMatchObject({ selector: labels });
    expect(found(yaml, 'Service').spec.clusterIP).toBeUndefined();
  });
});

it.each([
  ['web.yaml', webYaml],
  ['web-deploy.yaml', asDeployment.yaml.alone],
])('%s for a terminal is what the guide shows', (file, yaml) => {
  expect(read(readFileSync(new URL(file, import.meta.url), 'utf8'))).toEqual(read(yaml));
});

it('shares the claim that it makes', () => {
  const { claim, yaml } = asDeployment;
  expect(read(yaml.alone).map(({ kind }) => kind)).toEqual(['Service', 'Deployment']);
  expect(found(yaml.sharing, 'PersistentVolumeClaim').metadata.name).toBe(claim.name);
  expect(found(yaml.sharing, 'Deployment').spec.template?.spec.volumes).toEqual([
    { name: 'www', persistentVolumeClaim: { claimName: claim.name } },
  ]);
});
