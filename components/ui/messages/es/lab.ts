import type { Messages } from '../en';

export const lab: Pick<Messages, 'lab'> = {
  lab: {
    eyebrow: 'Laboratorio',
    listTitle: 'Laboratorios',
    listText: 'Cada laboratorio es una guía junto al tablero: qué hacer, las órdenes y en qué fijarse.',
    steps: '{count, plural, one {# paso} other {# pasos}}',
    minutes: '{count} min',
    open: 'Abrir la guía',
    toBoard: 'Al tablero',
    create: 'Crear',
    asDeployment: 'La misma app como Deployment…',
    cleanUp: 'Limpiar…',
    cleanUpLabel: 'Limpiar el laboratorio {lab}',
    showManifest: 'Mostrar el manifiesto {file}',
    step: 'Paso {number}',
    look: 'Fíjate',
    copy: 'Copiar la orden',
    copyManifest: 'Copiar el manifiesto',
    inPod: 'se escribe en el indicador dentro del pod',
    none: 'No hay ningún laboratorio con este nombre.',
  },
};
