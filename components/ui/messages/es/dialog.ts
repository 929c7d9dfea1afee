import type { Messages } from '../en';

/** What would come of each action stands with the others, in `action.ts`. */
export const dialog: Pick<Messages, 'update'> = {
  update: {
    what: 'Qué cambiar',
    image: 'La imagen',
    strategy: 'Cómo se actualiza',
    restart: 'Nada: reiniciar',
    container: 'Contenedor',
    imageOf: 'Imagen de {container}',
    reach: 'A quién le llega',
    all: 'A todos, uno a uno',
    from: 'Desde el ordinal {first}',
    whoIsDeleted: 'A quien se borre',
    canary: 'Solo a {name} (canario)',
    how: 'Cuándo se reemplazan los pods de una revisión antigua',
    rolling: 'Por turno (RollingUpdate)',
    onDelete: 'Al borrarlos (OnDelete)',
    partition: 'Partición: cuántos de los primeros ordinales se quedan como están',
  },
};
