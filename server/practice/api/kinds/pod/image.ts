/**
 * The tag of an image name, `latest` where it has neither tag nor digest (pkg/util/parsers ParseImageName). Empty when the
 * image is named by digest alone.
 */
export function imageTag(image: string): string {
  const [named = '', digest] = image.split('@');
  const afterHost = named.slice(named.lastIndexOf('/') + 1);
  const colon = afterHost.indexOf(':');
  if (colon >= 0) return afterHost.slice(colon + 1);
  return digest === undefined ? 'latest' : '';
}
