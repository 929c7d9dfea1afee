/** Names that the volume machinery writes on objects (k8s.io/component-helpers/storage/volume). */
export const boundByController = 'pv.kubernetes.io/bound-by-controller';
export const bindCompleted = 'pv.kubernetes.io/bind-completed';
export const provisionedBy = 'pv.kubernetes.io/provisioned-by';
export const selectedNode = 'volume.kubernetes.io/selected-node';
export const storageProvisioner = 'volume.kubernetes.io/storage-provisioner';
export const betaStorageProvisioner = 'volume.beta.kubernetes.io/storage-provisioner';
export const defaultClass = 'storageclass.kubernetes.io/is-default-class';
export const betaDefaultClass = 'storageclass.beta.kubernetes.io/is-default-class';
export const claimProtection = 'kubernetes.io/pvc-protection';
/** On volumes that the controller manager made itself and will delete: it takes it off when the files are gone. */
export const inTreeProtection = 'kubernetes.io/pv-controller';
export const volumeProtection = 'kubernetes.io/pv-protection';
