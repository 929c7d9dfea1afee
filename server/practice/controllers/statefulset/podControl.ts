import type { Pod } from '../../../../lib/kubernetes/pod';
import type { StatefulSet } from '../../../../lib/kubernetes/statefulSet';
import type { PersistentVolumeClaim } from '../../../../lib/kubernetes/storage';
import type { ApiClient } from '../../client';
import type { Clock } from '../../clock';
import { isAlreadyExists, isConflict, isNotFound } from '../../status';
import { joinErrors, messageOf } from '../runtime/errors';
import type { EventRecorder } from '../runtime/events';
import { keyOf, type Informer, type Informers } from '../runtime/informer';
import type { OwnWrites } from '../runtime/ownWrites';
import { hasUnexpectedController, isClaimOwnerRight, withRightOwner } from './claimOwners';
import { claimsFor, hasIdentity, hasStorage, ordinalOfPod, withIdentity, withStorage } from './identity';
import type { Step } from './plan';

export interface PodControlOptions {
  client: ApiClient;
  informers: Informers;
  clock: Clock;
  recorder: EventRecorder;
  writes: OwnWrites;
}

type Verb = 'Create' | 'Update' | 'Delete';

/** client-go's DefaultBackoff: how long a conflicting write waits before its second, third and fourth try. */
const conflictWaitsMs = [10, 50, 250];

/** Carries out single steps of a plan and tells of them (pkg/controller/statefulset/stateful_pod_control.go). */
export class PodControl {
  private readonly claims: Informer<PersistentVolumeClaim>;

  constructor(private readonly options: PodControlOptions) {
    this.claims = options.informers.for('persistentvolumeclaims');
  }

  run(set: StatefulSet, step: Step): Promise<void> {
    switch (step.do) {
      case 'createPod':
        return this.createPod(set, step.pod);
      case 'deletePod':
        return this.deletePod(set, step.pod);
      case 'createMissingClaims':
        return this.createMissingClaims(set, step.pod);
      case 'repairPod':
        return this.repairPod(set, step.pod);
      case 'repairClaims':
        return this.giveClaimsOwners(set, step.pod);
    }
  }

  private async createPod(set: StatefulSet, pod: Pod): Promise<void> {
    const { client, writes } = this.options;
    const failure = await failureOf(this.createClaims(set, pod));
    if (failure) return this.failed('Create', set, pod, failure);
    const { status: _, ...draft } = pod;
    const refusal = await failureOf(
      client.create('pods', draft, set.metadata.namespace).then((made) => writes.note(keyOf(set), 'pods', made)),
    );
    // Someone else's pod holds the name: no event, as in upstream, or there would be one with every retry.
    if (isAlreadyExists(refusal)) throw refusal;
    const ownerFailure = await failureOf(this.giveClaimsOwners(set, pod));
    if (ownerFailure) return this.failed('Update', set, pod, ownerFailure);
    if (refusal) return this.failed('Create', set, pod, refusal);
    this.succeeded('Create', set, pod);
  }

  private async deletePod(set: StatefulSet, pod: Pod): Promise<void> {
    const failure = await failureOf(
      this.options.client.delete('pods', pod.metadata.name ?? '', set.metadata.namespace),
    );
    if (failure && !isNotFound(failure)) return this.failed('Delete', set, pod, failure);
    this.succeeded('Delete', set, pod);
  }

  private async createMissingClaims(set: StatefulSet, pod: Pod): Promise<void> {
    await this.createClaims(set, pod);
    const failure = await failureOf(this.giveClaimsOwners(set, pod));
    if (failure) this.failed('Update', set, pod, failure);
  }

  /** Puts identity, volumes and claim owners right, against the newest pod the cache has. */
  private async repairPod(set: StatefulSet, asPlanned: Pod): Promise<void> {
    let pod = asPlanned;
    for (let attempt = 0; ; attempt++) {
      const repaired = await this.repaired(set, pod);
      if (!repaired) return;
      const failure = await failureOf(this.updatePod(set, repaired));
      if (!failure) return this.succeeded('Update', set, pod);
      const wait = conflictWaitsMs[attempt];
      if (!isConflict(failure) || wait === undefined) return this.failed('Update', set, pod, failure);
      await this.options.clock.sleep(wait);
      pod = this.options.informers.for('pods').get(pod.metadata.name ?? '', set.metadata.namespace) ?? pod;
    }
  }

  private async updatePod(set: StatefulSet, pod: Pod): Promise<void> {
    const { client, writes } = this.options;
    writes.note(keyOf(set), 'pods', await client.update('pods', pod));
  }

  private async repaired(set: StatefulSet, pod: Pod): Promise<Pod | undefined> {
    let right = pod;
    try {
      if (!hasIdentity(set, right)) right = withIdentity(set, right);
      if (!hasStorage(set, right)) {
        right = withStorage(set, right);
        await this.createClaims(set, pod);
      }
      if (this.ownClaims(set, pod).every((claim) => isClaimOwnerRight(claim, { set, pod })))
        return right === pod ? undefined : right;
      await this.giveClaimsOwners(set, pod);
      return right;
    } catch (error) {
      this.tell('Update', set, pod, error);
      throw error;
    }
  }

  private ownClaims(set: StatefulSet, pod: Pod): PersistentVolumeClaim[] {
    return claimsFor(set, ordinalOfPod(set, pod)).flatMap(({ claim }) => {
      const found = this.claims.get(claim.metadata.name ?? '', set.metadata.namespace);
      return found ? [found] : [];
    });
  }

  private async giveClaimsOwners(set: StatefulSet, pod: Pod): Promise<void> {
    const { client, recorder, writes } = this.options;
    for (const claim of this.ownClaims(set, pod)) {
      const name = claim.metadata.name ?? '';
      if (hasUnexpectedController(claim, { set, pod }))
        // "manging" is upstream's own spelling.
        recorder.event(
          set,
          'Warning',
          'ConflictingController',
          `PersistentVolumeClaim ${name} has a conflicting OwnerReference that acts as a manging controller, ` +
            'the retention policy is ignored for this claim',
        );
      if (isClaimOwnerRight(claim, { set, pod })) continue;
      const update = client.update('persistentvolumeclaims', withRightOwner(claim, { set, pod }));
      const failure = await failureOf(update.then((c) => writes.note(keyOf(set), 'persistentvolumeclaims', c)));
      if (failure)
        throw new Error(`could not update claim ${name} for delete policy ownerRefs: ${messageOf(failure)}`, {
          cause: failure,
        });
    }
  }

  /** A claim of the right name is used as it is; nothing but its presence is looked at. */
  private async createClaims(set: StatefulSet, pod: Pod): Promise<void> {
    const errors: Error[] = [];
    for (const { claim } of claimsFor(set, ordinalOfPod(set, pod))) {
      const { name = '', namespace } = claim.metadata;
      const found = this.claims.get(name, namespace);
      if (found?.metadata.deletionTimestamp) errors.push(new Error(`pvc ${name} is being deleted`));
      if (found) continue;
      const failure = await failureOf(this.createClaim(set, claim));
      if (failure) errors.push(new Error(`failed to create PVC ${name}: ${messageOf(failure)}`, { cause: failure }));
      if (!isAlreadyExists(failure)) this.tellOfClaim(set, pod, name, failure);
    }
    if (errors.length > 0) throw joinErrors(errors);
  }

  private async createClaim(set: StatefulSet, claim: PersistentVolumeClaim): Promise<void> {
    const { client, writes } = this.options;
    const made = await client.create('persistentvolumeclaims', claim, claim.metadata.namespace);
    writes.note(keyOf(set), 'persistentvolumeclaims', made);
  }

  private tellOfClaim(set: StatefulSet, pod: Pod, claim: string, failure: unknown): void {
    const { recorder } = this.options;
    const names = { pod: pod.metadata.name, set: set.metadata.name };
    if (failure) {
      const message = `Create Claim ${claim} for Pod ${names.pod} in StatefulSet ${names.set} failed error: `;
      recorder.event(set, 'Warning', 'FailedCreate', message + messageOf(failure));
    } else {
      const message = `Create Claim ${claim} Pod ${names.pod} in StatefulSet ${names.set} success`;
      recorder.event(set, 'Normal', 'SuccessfulCreate', message);
    }
  }

  private tell(verb: Verb, set: StatefulSet, pod: Pod, failure?: unknown): void {
    const what = `${verb} Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name}`;
    const { recorder } = this.options;
    if (failure) recorder.event(set, 'Warning', `Failed${verb}`, `${what} failed error: ${messageOf(failure)}`);
    else recorder.event(set, 'Normal', `Successful${verb}`, `${what} successful`);
  }

  private succeeded(verb: Verb, set: StatefulSet, pod: Pod): void {
    this.tell(verb, set, pod);
  }

  private failed(verb: Verb, set: StatefulSet, pod: Pod, failure: unknown): never {
    this.tell(verb, set, pod, failure);
    throw failure;
  }
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error;
  }
}
