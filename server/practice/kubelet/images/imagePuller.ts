import type { Clock } from '../../clock';
import { ImageError, type ContainerRuntime, type ImageFacts } from '../../containers/runtime';
import type { Pace } from '../../pace';
import { BackOff } from '../backOff';
import { goDuration } from '../duration';

export interface PullRequest {
  podUid: string;
  image: string;
  policy: 'Always' | 'IfNotPresent' | 'Never';
  /** Records an event on the container. */
  event(type: 'Normal' | 'Warning', reason: string, message: string): void;
}

/** The container cannot start for want of its image: what its `waiting` state says. */
export class PullFailure extends Error {
  constructor(
    readonly reason: 'ErrImagePull' | 'ImagePullBackOff' | 'InvalidImageName' | 'ErrImageNeverPull',
    message: string,
  ) {
    super(message);
    this.name = 'PullFailure';
  }
}

/** Milliseconds that a pull takes, by size: a registry's greeting, then about 70 MB a second. */
function pullTime(sizeBytes: number): number {
  return 120 + sizeBytes / 70_000;
}

/** A registry's "no such image" takes about as long as this. */
const failedPullMs = 800;

/**
 * The images of one node (pkg/kubelet/images/image_manager.go): pulled one at a time, kept for good, failed pulls backed
 * off by pod and image from 10 s to 5 min. Credentials are not simulated: whoever may pull, may use what is there.
 */
export class ImagePuller {
  private readonly present = new Map<string, ImageFacts>();
  private readonly pulls = new BackOff(10_000, 300_000);
  private readonly lastFailure = new Map<string, string>();
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly deps: { runtime: ContainerRuntime; clock: Clock; pace: Pace; changed(): void }) {}

  /** The images on this node, for its status. */
  images(): ImageFacts[] {
    return [...this.present.values()];
  }

  /** An image that was there before the node was restarted. */
  keep(image: string): void {
    try {
      const facts = this.deps.runtime.inspect(image);
      this.present.set(facts.reference, facts);
    } catch {
      // It is no longer known: a container that needs it will say so when it is pulled.
    }
  }

  /** When the next try for this pod's image is worth making. */
  retryAt(podUid: string, image: string): number {
    const now = this.deps.clock.now();
    return this.nextTry.get(keyOf(podUid, image)) ?? now;
  }

  private readonly nextTry = new Map<string, number>();

  /** Resolves when the image is on the node; rejects with `PullFailure`. */
  async ensure(request: PullRequest): Promise<ImageFacts> {
    const { image, policy, event } = request;
    const known = this.find(image, event);
    const isPresent = known instanceof ImageError ? undefined : this.present.get(known.reference);
    if (policy === 'Never' && !isPresent) {
      const message = `Container image "${image}" is not present with pull policy of Never`;
      event('Warning', 'ErrImageNeverPull', message);
      throw new PullFailure('ErrImageNeverPull', message);
    }
    if (isPresent && policy !== 'Always') {
      event('Normal', 'Pulled', `Container image "${image}" already present on machine and can be accessed by the pod`);
      return isPresent;
    }
    this.checkBackOff(request);
    event('Normal', 'Pulling', `Pulling image "${image}"`);
    const began = this.deps.clock.now();
    const pulled = this.turn.then(() => this.pull(known, isPresent !== undefined));
    this.turn = pulled.catch(() => undefined);
    const outcome = await pulled;
    if (outcome instanceof ImageError) throw this.failed(request, outcome);
    const waited = goDuration(this.deps.clock.now() - began);
    const took = goDuration(outcome.tookMs);
    const size = `Image size: ${outcome.facts.sizeBytes} bytes.`;
    event('Normal', 'Pulled', `Successfully pulled image "${image}" in ${took} (${waited} including waiting). ${size}`);
    this.forget(request.podUid, image);
    return outcome.facts;
  }

  private find(image: string, event: PullRequest['event']): ImageFacts | ImageError {
    try {
      return this.deps.runtime.inspect(image);
    } catch (error) {
      if (!(error instanceof ImageError)) throw error;
      if (error.reason !== 'InvalidImageName') return error;
      const message = `Failed to apply default image tag "${image}": ${error.message}`;
      event('Warning', 'InspectFailed', message);
      throw new PullFailure('InvalidImageName', message);
    }
  }

  private checkBackOff({ podUid, image, event }: PullRequest): void {
    const key = keyOf(podUid, image);
    const at = this.nextTry.get(key);
    if (at === undefined || this.deps.clock.now() >= at) return;
    const message = `Back-off pulling image "${image}"`;
    event('Normal', 'BackOff', message);
    const last = this.lastFailure.get(key);
    throw new PullFailure('ImagePullBackOff', last === undefined ? message : `${message}: ${last}`);
  }

  private async pull(
    known: ImageFacts | ImageError,
    isPresent: boolean,
  ): Promise<ImageError | { facts: ImageFacts; tookMs: number }> {
    const { clock, pace } = this.deps;
    const began = clock.now();
    if (known instanceof ImageError) {
      await clock.sleep(pace.delay(failedPullMs));
      return known;
    }
    // Another pod may have pulled it while this one waited: then only its manifest is looked at.
    const needed = isPresent || this.present.has(known.reference) ? 20 : pullTime(known.sizeBytes);
    await clock.sleep(pace.delay(needed));
    this.present.set(known.reference, known);
    this.deps.changed();
    return { facts: known, tookMs: Math.max(1, clock.now() - began) };
  }

  private failed({ podUid, image, event }: PullRequest, error: ImageError): PullFailure {
    const key = keyOf(podUid, image);
    const now = this.deps.clock.now();
    event('Warning', 'Failed', `Failed to pull image "${image}": ${error.message}`);
    this.pulls.next(key, now, now);
    this.nextTry.set(key, now + this.pulls.delayAfter(key, now));
    this.lastFailure.set(key, `ErrImagePull: ${error.message}`);
    return new PullFailure('ErrImagePull', error.message);
  }

  private forget(podUid: string, image: string): void {
    const key = keyOf(podUid, image);
    this.nextTry.delete(key);
    this.lastFailure.delete(key);
  }
}

function keyOf(podUid: string, image: string): string {
  return `${podUid}_${image}`;
}
