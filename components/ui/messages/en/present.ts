export const present = {
  present: {
    title: 'Keys while presenting',
    note: 'They work while the board is shown large and nothing is being typed. What deletes still asks first.',
    noSlot: 'There is no such slot',
    notNow: 'Not possible now: {what}',
    arrow: { ArrowLeft: 'Left arrow', ArrowRight: 'Right arrow' },
    keys: {
      digit: 'Choose the slot of that ordinal',
      previousSlot: 'Choose the slot before',
      nextSlot: 'Choose the next slot',
      scaleUp: 'Scale up by one',
      scaleDown: 'Scale down by one',
      deletePod: 'Delete the pod of the chosen slot',
      writeFile: 'Write or read a file in the chosen slot',
      why: 'Say why the chosen slot waits',
      language: 'Change the language',
      theme: 'Light, dark, or as the system has it',
      list: 'Show this list',
      leave: 'Back to normal size',
    },
  },
};
