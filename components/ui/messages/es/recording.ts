import type { Messages } from '../en';

export const recording: Pick<Messages, 'recording'> = {
  recording: {
    title: 'Abrir una grabación',
    text: 'Un archivo guardado desde una línea de tiempo. Se abre solo en esta página: no se envía nada, y no hace falta ningún clúster. Elígelo o suéltalo aquí.',
    choose: 'Elegir un archivo',
    save: 'Guardar como grabación',
    open: 'Abrir una grabación',
    another: 'Abrir otra',
    banner: 'Una grabación de {namespace}, guardada el {date} a las {time}. Nada de esto es en vivo.',
    problem: {
      notRecording: 'Este archivo no es una grabación.',
      newer: 'Esta grabación la guardó un Ordinal más nuevo. Ábrela con ese.',
      damaged: 'Esta grabación está dañada y no se puede abrir. Guárdala otra vez, si lo que muestra sigue ahí.',
      tooLarge: 'Este archivo es demasiado grande para ser una grabación.',
    },
  },
};
