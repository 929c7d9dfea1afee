import { parseAllDocuments } from 'yaml';
import { ClusterError } from './errors';
import { isRecord, textAt, type Json } from './json';

export interface Manifest {
  apiVersion: string;
  kind: string;
  name: string;
  /** As written; undefined where the document leaves it to the request. */
  namespace: string | undefined;
  object: Json;
}

/**
 * The objects of a YAML (or JSON) text, as kubectl reads them: YAML 1.1, so that `0644` is 420 and `yes` is true, while
 * dates and `22:22` stay text. Lists are taken apart. Errors name the document and the line.
 */
export function parseManifests(text: string): Manifest[] {
  const documents = parseAllDocuments(text, {
    version: '1.1',
    customTags: (tags) =>
      tags.filter(
        (tag) => typeof tag === 'string' || (tag.tag !== 'tag:yaml.org,2002:timestamp' && tag.format !== 'TIME'),
      ),
  });
  const manifests: Manifest[] = [];
  for (const document of 'empty' in documents ? [] : documents) {
    const error = document.errors[0];
    if (error) {
      const position = error.linePos?.[0];
      const where = position ? `line ${position.line}, column ${position.col}: ` : '';
      throw new ClusterError('invalid', `The YAML cannot be read: ${where}${error.message.split('\n', 1)[0] ?? ''}`);
    }
    const value = valueOf(document);
    if (value !== null && value !== undefined) manifests.push(...manifestsOf(value, manifests.length + 1));
  }
  if (manifests.length === 0) throw new ClusterError('invalid', 'There is no object in the YAML.');
  return manifests;
}

/** An alias can stand for far more than it takes to write; the library counts, and refuses to build what would not fit. */
function valueOf(document: { toJS(options: { maxAliasCount: number }): unknown }): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new ClusterError('invalid', `The YAML cannot be read: ${words}`);
  }
}

function manifestsOf(value: unknown, place: number): Manifest[] {
  if (!isRecord(value)) throw new ClusterError('invalid', `Document ${place} is no Kubernetes object.`);
  const { kind, items } = value;
  if (typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items)) {
    return items.flatMap((item: unknown) => manifestsOf(item, place));
  }
  const apiVersion = textAt(value, 'apiVersion');
  const name = textAt(value, 'metadata', 'name');
  if (apiVersion === undefined) throw new ClusterError('invalid', `Document ${place} has no apiVersion.`);
  if (typeof kind !== 'string') throw new ClusterError('invalid', `Document ${place} has no kind.`);
  if (name === undefined) throw new ClusterError('invalid', `Document ${place} (${kind}) has no metadata.name.`);
  return [{ apiVersion, kind, name, namespace: textAt(value, 'metadata', 'namespace'), object: value }];
}
