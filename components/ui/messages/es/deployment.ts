import type { Messages } from '../en';

export const deployment: Pick<Messages, 'deployment'> = {
  deployment: {
    rolling: 'RollingUpdate · de más {surge}, de menos {unavailable}',
    recreate: 'Recreate · primero se van todos los viejos',
    paused: 'en pausa',
    revision: 'revisión {number}',
    updating: 'actualizando: {updated} de {replicas} nuevos',
    pods: 'Pods de {name}',
    pod: 'Pod {name}: {state}',
    note: 'Aquí no hay puestos: cualquier pod puede sustituir a cualquier otro.',
    newName: 'nombre nuevo',
    insteadOf: 'en lugar de {name}',
    noDns: 'Sin nombre DNS propio.',
    sharedClaim: '{count, plural, one {Un claim para todos los pods} other {# claims, cada uno para todos los pods}}',
    sharedClaimNote: 'Ninguno tiene un claim propio.',
    noClaim: 'Sin claim',
    noClaimNote: 'Los archivos mueren con el pod.',
    gone: 'Se fueron para siempre',
    goneNote: 'Un nombre que aparece aquí no vuelve nunca.',
    goneNone: 'Todavía nadie.',
    goneName: '{name}, se fue hace {age}',
    instead: 'en su lugar:',
    noPods: 'Reducido a 0: ningún pod, y ningún puesto guardado para uno.',
    hidden:
      'El clúster no deja que este tablero vea Deployments ni ReplicaSets: aquí no se muestra ninguno, y sus pods están entre los otros pods.',
  },
};
