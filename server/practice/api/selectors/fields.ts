import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import { badRequest } from '../errors';
import type { Kind } from '../kinds/kind';

/** k8s.io/apimachinery/pkg/fields: `=`, `==` and `!=` on the few fields that a kind names. */
export interface FieldSelector {
  matches(object: KubernetesObject): boolean;
  /** The one name or namespace that is asked for, when the selector says so. */
  name?: string;
  namespace?: string;
}

/** Throws a 400 for a text that is no selector, or a field that the kind does not know. */
export function parseFieldSelector(kind: Kind, text: string): FieldSelector {
  const terms = splitTerms(text).map((term) => parseTerm(kind, term));
  const exact = (field: string) => terms.find((term) => term.field === field && !term.isNegated)?.value;
  const name = exact('metadata.name');
  const namespace = exact('metadata.namespace');
  return {
    matches: (object) => terms.every((term) => (term.read(object) === term.value) !== term.isNegated),
    ...(name !== undefined ? { name } : {}),
    ...(namespace !== undefined ? { namespace } : {}),
  };
}

interface Term {
  field: string;
  value: string;
  isNegated: boolean;
  read(object: KubernetesObject): string;
}

function parseTerm(kind: Kind, term: string): Term {
  const match = /^([^=!]*)(!=|==|=)(.*)$/s.exec(term);
  if (!match) throw badRequest(`invalid selector: '${term}'; can't understand '${term}'`);
  const [, field = '', operator, raw = ''] = match;
  return { field, value: unescaped(raw, term), isNegated: operator === '!=', read: reader(kind, field) };
}

function reader(kind: Kind, field: string): Term['read'] {
  if (field === 'metadata.name') return (object) => object.metadata.name ?? '';
  if (field === 'metadata.namespace' && kind.namespaced) return (object) => object.metadata.namespace ?? '';
  const own = kind.fieldSelectors && Object.hasOwn(kind.fieldSelectors, field) ? kind.fieldSelectors[field] : undefined;
  if (!own) throw badRequest(unknownLabel(kind, field));
  return own;
}

/**
 * Upstream's message differs by kind: those with label conversions of their own name only the field, the others name what
 * the default conversion knows (runtime.DefaultMetaV1FieldSelectorConversion).
 */
function unknownLabel(kind: Kind, field: string): string {
  if (kind.fieldSelectors) return `field label not supported: ${field}`;
  return `${JSON.stringify(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`;
}

function splitTerms(text: string): string[] {
  const terms: string[] = [];
  let term = '';
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? '';
    if (character === '\\') term += character + (text[++i] ?? '');
    else if (character === ',') {
      terms.push(term);
      term = '';
    } else term += character;
  }
  return [...terms, term].filter((part) => part !== '');
}

function unescaped(value: string, term: string): string {
  return value.replace(/\\(.?)/gs, (_, escaped: string) => {
    if (escaped === '\\' || escaped === ',' || escaped === '=') return escaped;
    throw badRequest(`invalid field selector: invalid escape sequence in '${term}'`);
  });
}
