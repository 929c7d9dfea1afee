import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../../../lib/kubernetes/storage';
import { isAlreadyExists } from '../../status';
import { createEventRecorder, type EventRecorder } from '../runtime/events';
import {
  betaStorageProvisioner,
  boundByController,
  inTreeProtection,
  provisionedBy,
  selectedNode,
  storageProvisioner,
} from './annotations';
import { claimClass, volumeModeOf } from './matching';
import { setClaimPhase } from './phases';
import type { VolumeDeps } from './volumeDeps';
import { volumeIdOf } from './volumeId';

/** Making a volume takes the provisioner about this long. */
const provisionMs = 450;

/**
 * The provisioners that run here. All of them make folders on the nodes' shared disk, as their real namesakes do on a
 * node's. A class of any other waits for its provisioner for ever, as it would in a cluster that has not installed it.
 */
const hostPathProvisioners = ['k8s.io/minikube-hostpath', 'kubernetes.io/host-path', 'rancher.io/local-path'];

/** The one that the controller manager brings itself: it tells no one to wait, and signs as the volume controller. */
const inTree = 'kubernetes.io/host-path';

/** In-tree names that other drivers answer to since the migration to CSI. */
const migrated: Record<string, string> = {
  'kubernetes.io/aws-ebs': 'ebs.csi.aws.com',
  'kubernetes.io/azure-disk': 'disk.csi.azure.com',
  'kubernetes.io/azure-file': 'file.csi.azure.com',
  'kubernetes.io/cinder': 'cinder.csi.openstack.org',
  'kubernetes.io/gce-pd': 'pd.csi.storage.gke.io',
  'kubernetes.io/portworx-volume': 'pxd.portworx.com',
  'kubernetes.io/vsphere-volume': 'csi.vsphere.vmware.com',
};

/** Whether a provisioner of this name runs in the practice cluster (it then deletes what it made, too). */
export function isSimulated(provisioner: string | undefined): boolean {
  return provisioner !== undefined && hostPathProvisioners.includes(provisioner);
}

/** Makes volumes for claims that no existing volume fits. */
export class Provisioner {
  /** Claims whose volume is being made, by uid: a sync meanwhile must not start a second one. */
  private readonly underWay = new Set<string>();
  private readonly recorders = new Map<string, EventRecorder>();
  private readonly identity: string;

  constructor(private readonly deps: VolumeDeps) {
    this.identity = deps.ids.uid();
  }

  async provision(claim: PersistentVolumeClaim, storageClass: StorageClass | undefined): Promise<void> {
    const { events } = this.deps;
    if (!storageClass) {
      const missing = `storageclass.storage.k8s.io "${claimClass(claim)}" not found`;
      events.event(claim, 'Warning', 'ProvisioningFailed', missing);
      return void (await setClaimPhase(this.deps, claim, 'Pending'));
    }
    const name = migrated[storageClass.provisioner] ?? storageClass.provisioner;
    if (name === 'kubernetes.io/no-provisioner' || (name.startsWith('kubernetes.io/') && !isSimulated(name))) {
      events.event(claim, 'Warning', 'ProvisioningFailed', `no volume plugin matched name: ${name}`);
      return void (await setClaimPhase(this.deps, claim, 'Pending'));
    }
    const asked = await this.nameProvisioner(claim, name);
    if (name === inTree) return void this.make(asked, storageClass, name);
    const text = `Waiting for a volume to be created either by the external provisioner '${name}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`;
    if (!this.underWay.has(claim.metadata.uid ?? '')) events.event(asked, 'Normal', 'ExternalProvisioning', text);
    if (isSimulated(name)) void this.make(asked, storageClass, name);
  }

  private async nameProvisioner(claim: PersistentVolumeClaim, name: string): Promise<PersistentVolumeClaim> {
    const { annotations = {} } = claim.metadata;
    if (annotations[storageProvisioner] === name) return claim;
    const named = { ...annotations, [betaStorageProvisioner]: name, [storageProvisioner]: name };
    const changed = { ...claim, metadata: { ...claim.metadata, annotations: named } };
    return this.deps.cache.note(await this.deps.client.update('persistentvolumeclaims', changed));
  }

  private async make(claim: PersistentVolumeClaim, storageClass: StorageClass, name: string): Promise<void> {
    const { clock, pace, client, signal, cache } = this.deps;
    const { uid = '', namespace = '' } = claim.metadata;
    if (this.underWay.has(uid)) return;
    this.underWay.add(uid);
    const events = name === inTree ? this.deps.events : this.recorderOf(name);
    const about = `"${namespace}/${claim.metadata.name}"`;
    if (name !== inTree)
      events.event(claim, 'Normal', 'Provisioning', `External provisioner is provisioning volume for claim ${about}`);
    await clock.sleep(pace.delay(provisionMs), signal);
    try {
      const latest = cache.claim(namespace, claim.metadata.name ?? '');
      if (signal.aborted || latest?.metadata.uid !== uid || latest.metadata.deletionTimestamp) return;
      const volume = this.volumeFor(claim, storageClass, name);
      this.deps.volumes.persistent(volumeIdOf(volume), { owner: { uid: 0, gid: 0, mode: 0o777 } });
      const made = await client.create('persistentvolumes', volume);
      const by = name === inTree ? ` using ${name}` : '';
      const text = `Successfully provisioned volume ${made.metadata.name}${by}`;
      events.event(claim, 'Normal', 'ProvisioningSucceeded', text);
    } catch (error) {
      if (isAlreadyExists(error)) return;
      const why = error instanceof Error ? error.message : String(error);
      const text = `failed to provision volume with StorageClass "${storageClass.metadata.name}": ${why}`;
      events.event(claim, 'Warning', 'ProvisioningFailed', text);
    } finally {
      this.underWay.delete(uid);
    }
  }

  private volumeFor(claim: PersistentVolumeClaim, storageClass: StorageClass, name: string): PersistentVolume {
    const { namespace, name: claimName, uid, resourceVersion } = claim.metadata;
    const annotations: Record<string, string> = { [provisionedBy]: name };
    if (name === 'k8s.io/minikube-hostpath') annotations.hostPathProvisionerIdentity = this.identity;
    const node = claim.metadata.annotations?.[selectedNode];
    if (node && name !== inTree) annotations[selectedNode] = node;
    if (name === inTree) {
      annotations['kubernetes.io/createdby'] = 'hostpath-dynamic-provisioner';
      annotations[boundByController] = 'yes';
    }
    return {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: {
        name: `pvc-${uid}`,
        annotations,
        ...(name === inTree && storageClass.reclaimPolicy === 'Delete' ? { finalizers: [inTreeProtection] } : {}),
      },
      spec: {
        accessModes: claim.spec.accessModes,
        capacity: { storage: claim.spec.resources?.requests?.storage ?? '0' },
        claimRef: {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          name: claimName,
          namespace,
          resourceVersion,
          uid,
        },
        hostPath: { path: this.pathFor(name, namespace ?? '', claimName ?? ''), type: '' },
        ...(storageClass.mountOptions ? { mountOptions: storageClass.mountOptions } : {}),
        persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? 'Delete',
        storageClassName: storageClass.metadata.name,
        volumeMode: volumeModeOf(claim) === 'Block' ? 'Block' : 'Filesystem',
      },
    };
  }

  /**
   * A folder by the claim's name, unless a volume that was kept still has it: the data of an earlier claim must not turn
   * up in a new one.
   */
  private pathFor(provisioner: string, namespace: string, claim: string): string {
    if (provisioner === inTree) return `/tmp/hostpath_pv/${this.deps.ids.uid()}`;
    const path = `/tmp/hostpath-provisioner/${namespace}/${claim}`;
    const isTaken = this.deps.cache.volumes().some((volume) => volume.spec.hostPath?.path === path);
    return isTaken ? `${path}-${this.deps.ids.suffix(5)}` : path;
  }

  private recorderOf(name: string): EventRecorder {
    let recorder = this.recorders.get(name);
    if (!recorder) {
      const { client, clock, ids } = this.deps;
      const component = `${name}_${name === 'k8s.io/minikube-hostpath' ? 'minikube' : 'node-1'}_${this.identity}`;
      this.recorders.set(name, (recorder = createEventRecorder({ client, clock, ids, component })));
    }
    return recorder;
  }
}
