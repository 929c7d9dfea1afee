import { describe, expect, it } from 'vitest';
import type { StatefulSet } from '../../../../lib/kubernetes/statefulSet';
import { template, webSet } from '../testing/objects';
import {
  applyRevision,
  chooseUpdateRevision,
  dataBytes,
  expiredRevisions,
  newRevision,
  revisionData,
  revisionHash,
  sortRevisions,
} from './revisions';
import fixture from './webRevision.fixture.json';

const plain = {
  spec: {
    template: {
      $patch: 'replace',
      metadata: { annotations: { test: 'value' }, labels: { app: 'foo' } },
      spec: {
        containers: [
          {
            image: 'test',
            imagePullPolicy: 'Always',
            name: 'test',
            resources: {},
            terminationMessagePath: '/dev/termination-log',
            terminationMessagePolicy: 'File',
          },
        ],
        dnsPolicy: 'ClusterFirst',
        restartPolicy: 'Always',
        schedulerName: 'default-scheduler',
        securityContext: {},
        terminationGracePeriodSeconds: 30,
      },
    },
  },
};

describe('the name of a revision', () => {
  it('is the hash of its data that Kubernetes takes', () => {
    expect(revisionHash(plain, 0)).toBe('776999688b');
    const older = structuredClone(plain);
    Object.assign(older.spec.template.metadata, { creationTimestamp: null });
    expect(revisionHash(older, 0)).toBe('c77f6d978');
  });

  it('is what a real cluster gave the nginx set', () => {
    const set = fixture.set as StatefulSet;
    const revision = newRevision(set, 1, 0);
    expect(dataBytes(revision.data)).toBe(dataBytes(fixture.revision.data));
    expect(revision.metadata.name).toBe(fixture.revision.metadata.name);
    expect(revision.metadata.labels).toEqual(fixture.revision.metadata.labels);
  });

  it('does not depend on the order in which fields were written', () => {
    const { containers, ...rest } = webSet().spec.template.spec;
    const reordered = webSet({ template: { spec: { ...rest, containers }, metadata: { labels: { app: 'nginx' } } } });
    expect(revisionHash(revisionData(reordered), 0)).toBe(revisionHash(revisionData(webSet()), 0));
  });

  it('is kept in the order in which Go would write it, by which clients compare', () => {
    const data = revisionData(webSet());
    expect(JSON.stringify(data)).toBe(dataBytes(data));
  });

  it('changes with the collision count', () => {
    expect(revisionHash(plain, 1)).not.toBe(revisionHash(plain, 0));
  });

  it('escapes as Go does', () => {
    expect(dataBytes({ b: 'a && b > c', a: '\u2028<' })).toBe(
      '{"a":"\\u2028\\u003c","b":"a \\u0026\\u0026 b \\u003e c"}',
    );
  });
});

describe('the revision of a template', () => {
  const at = (image: string, revision: number) => newRevision(webSet({ template: template(image) }), revision, 0);

  it('is created when there is none like it', () => {
    expect(chooseUpdateRevision(webSet(), [], 0)).toMatchObject({ do: 'create', revision: { revision: 1 } });
    expect(chooseUpdateRevision(webSet(), [at('nginx:2', 4)], 0)).toMatchObject({
      do: 'create',
      revision: { revision: 5 },
    });
  });

  it('is the newest one when that is equal', () => {
    const newest = at('nginx:1', 2);
    expect(chooseUpdateRevision(webSet(), [at('nginx:0', 1), newest], 0)).toEqual({ do: 'keep', revision: newest });
  });

  it('is an older one again after a roll back, with a new number', () => {
    const old = at('nginx:1', 1);
    expect(chooseUpdateRevision(webSet(), [old, at('nginx:2', 2)], 0)).toEqual({
      do: 'renumber',
      revision: old,
      to: 3,
    });
  });

  it('is the newest one when only the way of writing differs', () => {
    const written = at('nginx:1', 1);
    const older = {
      ...written,
      data: JSON.parse(dataBytes(written.data).replace('"labels"', '"creationTimestamp":null,"labels"')) as unknown,
    };
    expect(chooseUpdateRevision(webSet(), [older], 0)).toEqual({ do: 'keep', revision: older });
  });

  it('gives the set its former template back', () => {
    const set = applyRevision(webSet(), at('nginx:0', 1));
    expect(set.spec.template.spec.containers[0]?.image).toBe('nginx:0');
    expect(set.spec.template).not.toHaveProperty('$patch');
    expect(set.spec.replicas).toBe(3);
  });

  it('carries the annotations of the set and the labels of the template', () => {
    const revision = newRevision(webSet({}, { annotations: { note: 'x' }, uid: 'u' }), 1, 0);
    expect(revision.metadata.annotations).toEqual({ note: 'x' });
    expect(revision.metadata.labels).toMatchObject({ app: 'nginx' });
    expect(revision.metadata.ownerReferences).toEqual([
      { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', uid: 'u', controller: true, blockOwnerDeletion: true },
    ]);
  });
});

describe('history', () => {
  const many = ['a', 'b', 'c', 'd'].map((image, i) => newRevision(webSet({ template: template(image) }), i + 1, 0));
  const names = (revisions: typeof many) => revisions.map((r) => many.indexOf(r));

  it('keeps what is in use and as many others as the limit says', () => {
    const live = new Set([many[0]?.metadata.name ?? '']);
    expect(names(expiredRevisions(webSet({ revisionHistoryLimit: 1 }), many, live))).toEqual([1, 2]);
    expect(names(expiredRevisions(webSet({ revisionHistoryLimit: 0 }), many, live))).toEqual([1, 2, 3]);
    expect(names(expiredRevisions(webSet({ revisionHistoryLimit: 3 }), many, live))).toEqual([]);
    expect(names(expiredRevisions(webSet({ revisionHistoryLimit: -1 }), many, new Set()))).toEqual([]);
  });

  it('is sorted by number, then age, then name', () => {
    const [a, b, c] = many;
    if (!a || !b || !c) throw new Error('three revisions are needed');
    const on = (r: typeof a, revision: number, creationTimestamp: string, name: string) => ({
      ...r,
      revision,
      metadata: { ...r.metadata, creationTimestamp, name },
    });
    const list = [
      on(a, 2, '2026-01-02T00:00:00Z', 'z'),
      on(b, 2, '2026-01-01T00:00:00Z', 'y'),
      on(c, 1, '2026-01-03T00:00:00Z', 'x'),
      on(c, 2, '2026-01-02T00:00:00Z', 'a'),
    ];
    expect(sortRevisions(list).map((r) => r.metadata.name)).toEqual(['x', 'y', 'a', 'z']);
  });
});
