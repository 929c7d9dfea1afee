import { ImageError } from '../containers/runtime';

/** An image's name in full, as containerd reads it (github.com/distribution/reference). */
export interface ImageReference {
  /** `docker.io` */
  registry: string;
  /** `library/nginx` */
  repository: string;
  tag?: string;
  digest?: string;
}

const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const host = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::\d+)?$/;
const tagPattern = /^[A-Za-z0-9_][\w.-]{0,127}$/;
const digestPattern = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;

/** `nginx` becomes docker.io/library/nginx:latest. Throws `ImageError` InvalidImageName. */
export function parseReference(text: string): ImageReference {
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.lastIndexOf(':');
  const isTag = colon > named.lastIndexOf('/');
  const name = isTag ? named.slice(0, colon) : named;
  const tag = isTag ? named.slice(colon + 1) : undefined;
  if ((tag !== undefined && !tagPattern.test(tag)) || (digest !== undefined && !digestPattern.test(digest)))
    throw invalid(text, 'invalid reference format');
  const place = splitName(name, text);
  return { ...place, ...(digest === undefined ? { tag: tag ?? 'latest' } : { tag, digest }) };
}

function splitName(name: string, text: string): { registry: string; repository: string } {
  const [first = '', ...rest] = name.split('/');
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first);
  const registry = hasHost ? (first === 'index.docker.io' ? 'docker.io' : first) : 'docker.io';
  const path = hasHost ? rest : [first, ...rest];
  const isLibrary = registry === 'docker.io' && path.length === 1;
  if (path.some((part) => part.toLowerCase() !== part)) throw invalid(text, 'repository name must be lowercase');
  if (!host.test(registry) || path.some((part) => !component.test(part)))
    throw invalid(text, 'invalid reference format');
  return { registry, repository: (isLibrary ? ['library', ...path] : path).join('/') };
}

function invalid(text: string, why: string): ImageError {
  const message = why === 'invalid reference format' ? why : `invalid reference format: ${why}`;
  return new ImageError('InvalidImageName', `couldn't parse image name "${text}": ${message}`);
}

/** `docker.io/library/nginx:latest` */
export function formatReference({ registry, repository, tag, digest }: ImageReference): string {
  return `${registry}/${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}
