import type { Messages } from '../en';

export const timeline: Pick<Messages, 'timeline'> = {
  timeline: {
    title: 'Línea de tiempo',
    note: 'Cada barra es una vida de un pod. Arrastra para mirar atrás.',
    loading: 'Trayendo el pasado de este tablero…',
    play: 'Reproducir desde aquí',
    pause: 'Detener',
    speed: 'Velocidad',
    playAt: 'Reproducir a {speed}',
    live: 'En vivo',
    toLive: 'Volver a en vivo',
    length: 'Cuánto se muestra',
    minutes: '{n} min',
    showLanes: 'Mostrar los carriles',
    hideLanes: 'Ocultar los carriles',
    slider: 'Momento en la pantalla',
    atLive: 'En vivo, {time}',
    at: '{time}, hace {age}, {number} de {all, plural, one {# cambio} other {# cambios}}',
    lane: '{name}: {lives, plural, =0 {sin pod} one {# vida} other {# vidas}}{warnings, plural, =0 {} one {, # aviso} other {, # avisos}}; último {state}',
    bar: '{name}, vida {life}: {state} desde {from} durante {duration}',
    noPod: '{name}, sin pod: {state} desde {from} durante {duration}',
    gap: 'Falta: nadie miraba',
    before: 'Falta: antes no miraba nadie',
    cut: 'Falta: más antiguo que lo guardado',
  },
};
