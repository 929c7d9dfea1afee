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
      pageOffline: 'Este navegador no tiene red. La página sigue por sí sola cuando la haya.',
      serverGone:
        'Esta página no tiene conexión con el servidor del tablero: no está en marcha. La página lo intenta de nuevo por sí sola.',
      serverSilent:
        'El servidor del tablero ha enmudecido: está colgado, o lo está la red hasta él. La página lo intenta de nuevo por sí sola.',
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
    details: 'Cómo de reciente es esto',
    detailTitle: 'Cómo se sigue cada tipo',
    detailLive: 'Cada watch está abierto, y lo que calla se ha comparado con una lista.',
    detailHow:
      'Los cambios llegan por un watch. Un tipo que lleva 4 s callado se compara con una lista, para encontrar un watch colgado.',
    noneYet: 'aún nada',
    column: { kind: 'Tipo', event: 'Último cambio', listed: 'Lista entera', checked: 'Comparado' },
    short: {
      live: 'en vivo',
      connecting: 'conectando',
      pageOffline: 'sin red',
      serverGone: 'sin servidor',
      serverSilent: 'servidor mudo',
      clusterGone: 'sin clúster',
      clusterSilent: 'clúster mudo',
      watchCut: 'cortado',
      watchRefused: 'rechazado (403)',
      watchUnknown: 'rechazado (401)',
      watchSilent: 'colgado en silencio',
    },
  },
};
