import type { Change } from '../change';
import { sentence, type Sentence } from './sentence';

export function namespaceSentences({ before, after }: Change): Sentence[] {
  const name = after.namespace;
  if (!before.exists && after.exists) return [sentence('namespaceCreated', 'namespace', name)];
  if (before.exists && !after.exists) return [sentence('namespaceGone', 'namespace', name, { tone: 'gone' })];
  if (!before.terminating && after.terminating) {
    return [sentence('namespaceEnding', 'namespace', name, { why: 'allGoes', tone: 'gone' })];
  }
  return [];
}
