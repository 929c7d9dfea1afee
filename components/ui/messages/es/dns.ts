import type { Messages } from '../en';

export const dns: Pick<Messages, 'dns'> = {
  dns: {
    none: 'sin nombre',
    noService: 'hace falta un Service headless',
    withdrawn: 'retirado',
    nxdomain: 'no existe el nombre',
    nodata: 'sin dirección',
    failed: 'sin respuesta',
    unknown: 'aún no preguntado',
    asked: 'preguntado hace {age}',
    ttl: 'TTL {seconds} s',
    sourceAsked: 'preguntado al DNS del propio clúster',
    sourceDerived: 'deducido, no preguntado',
    derivedWhy: 'Nadie ha podido preguntar al DNS del clúster, así que se deduce de sus EndpointSlices.',
    headlessNames: 'Services headless',
    podNames: 'Nombres de los pods',
    noNames: 'No hay ningún Service headless, así que ningún pod tiene nombre propio.',
    notReadyHint: 'no está listo, por eso se ha retirado',
    same: 'responde con la dirección del pod',
    differs: 'Una caché aún responde con la dirección anterior; el pod tiene otra.',
    old: 'antigua, en caché',
  },
};
