import { ImageError } from '../containers/runtime';
import type { Program } from '../process/program';
import type { Toolbox } from '../toolbox/toolbox';
import { imageOf } from './blueprint';
import { catalog, plainBox } from './catalog';
import type { CatalogDeps } from './catalog';
import { busyboxFlavour, busyboxSystem } from './distributions';
import type { Kit } from './distributions';
import type { Image, ImageRegistry } from './image';
import { formatReference, parseReference } from './reference';
import { standIn } from './standIn';

/**
 * The registry of the practice cluster: the images of `catalog.ts`. Nothing is pulled from anywhere; what is not in the
 * catalog fails as an image that does not exist, or with `anyImage` becomes a plain box that says so in its log.
 */
export interface ImageRegistryOptions {
  anyImage: boolean;
  /** The DNS server's program (`createDns`). */
  dns: Program;
  /** `shellProgram` of `../shell/shell`. */
  shells: Kit['shells'];
  toolbox: Toolbox;
}

export function createImageRegistry(options: ImageRegistryOptions): ImageRegistry {
  const deps: CatalogDeps = { kit: { shells: options.shells, toolbox: options.toolbox }, dns: options.dns };
  const made = new Map<string, Image>();
  return {
    find(text) {
      const reference = parseReference(text);
      const full = formatReference(reference);
      const known = made.get(full);
      if (known) return known;
      const image = build(
        full,
        `${reference.registry}/${reference.repository}`,
        reference.tag ?? 'latest',
        deps,
        options.anyImage,
      );
      made.set(full, image);
      return image;
    },
  };
}

function build(full: string, repository: string, tag: string, deps: CatalogDeps, anyImage: boolean): Image {
  const entry = catalog.find((candidate) => candidate.repositories.includes(repository));
  if (entry?.tags.test(tag)) return imageOf(full, entry.build(tag, deps));
  if (!anyImage) throw notFound(full, entry !== undefined);
  const system = busyboxSystem(busyboxFlavour('latest'), deps.kit);
  const box = plainBox(system, [standInPath], 2_224_000);
  return imageOf(full, { ...box, programs: new Map([...system.programs, [standInPath, standIn(full)]]) }, true);
}

const standInPath = '/practice/stand-in';

/** The words of containerd 2.x for a repository, or a tag of a known one, that is not there. */
function notFound(full: string, repositoryExists: boolean): ImageError {
  const name = `failed to pull and unpack image "${full}": failed to resolve reference "${full}"`;
  if (repositoryExists || !full.startsWith('docker.io/'))
    return new ImageError('ErrImagePull', `rpc error: code = NotFound desc = ${name}: ${full}: not found`);
  const denied =
    'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed';
  return new ImageError('ErrImagePull', `${name}: ${denied}`);
}
