import type { Messages } from '../en';

export const freshness: Pick<Messages, 'freshness'> = {
  freshness: {
    live: 'En vivo',
    stale: 'Anticuado',
    offline: 'Sin conexión',
    watching: '{count, plural, one {# mirando} other {# mirando}}',
    latency: '{ms} ms',
    age: 'de hace {age}',
    lastEvent: 'Último cambio hace {age}',
    lastSync: 'todo listado hace {age}',
    never: 'Aún no ha llegado nada',
    banner: 'Lo que ves es antiguo.',
    cause: {
      connecting: 'Conectando…',
      serverGone: 'Esta página no tiene conexión con el servidor del tablero. Lo intenta de nuevo por sí sola.',
      clusterGone:
        'La API del clúster no está: nadie responde en su dirección. El tablero lo intenta de nuevo por sí solo.',
      clusterSilent:
        'La API del clúster no responde a tiempo: está colgada, o lo está la red hasta ella. El tablero lo intenta de nuevo por sí solo.',
      watchCut: 'El watch de {kinds} se ha cortado, aunque el clúster responde. Se está abriendo de nuevo.',
      watchRefused:
        'El clúster no permite al tablero observar {kinds} (403). El tablero vuelve a preguntar cada pocos segundos.',
      watchUnknown: 'El clúster no sabe quién es el tablero (401). El tablero vuelve a preguntar cada pocos segundos.',
      watchSilent:
        'El watch de {kinds} está colgado en silencio: el clúster responde, pero sus cambios no llegan. El tablero lista de nuevo y abre otro watch.',
      unknown: 'Nadie sabe si esto sigue siendo cierto.',
    },
    allKinds: 'todos los objetos',
  },
};
