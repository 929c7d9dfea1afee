import type { Messages } from '../en';

export const present: Pick<Messages, 'present'> = {
  present: {
    title: 'Teclas al presentar',
    note: 'Funcionan mientras el tablero se muestra en grande y no se escribe nada. Lo que borra sigue preguntando antes.',
    noSlot: 'No hay tal puesto',
    notNow: 'Ahora no es posible: {what}',
    arrow: { ArrowLeft: 'Flecha izquierda', ArrowRight: 'Flecha derecha' },
    keys: {
      digit: 'Elegir el puesto de ese ordinal',
      previousSlot: 'Elegir el puesto anterior',
      nextSlot: 'Elegir el puesto siguiente',
      scaleUp: 'Ampliar en uno',
      scaleDown: 'Reducir en uno',
      deletePod: 'Borrar el pod del puesto elegido',
      writeFile: 'Escribir o leer un archivo en el puesto elegido',
      why: 'Decir por qué espera el puesto elegido',
      timeline: 'Mostrar u ocultar los carriles de la línea de tiempo',
      pause: 'Detenerse o seguir',
      live: 'Volver al ahora',
      language: 'Cambiar el idioma',
      theme: 'Claro, oscuro o como lo tenga el sistema',
      list: 'Mostrar esta lista',
      leave: 'Volver al tamaño normal',
    },
  },
};
