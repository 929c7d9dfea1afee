export const recording = {
  recording: {
    title: 'Open a recording',
    text: 'A file that was saved from a timeline. It is opened on this page alone: nothing is sent, and no cluster is needed. Choose it, or drop it here.',
    choose: 'Choose a file',
    save: 'Save as a recording',
    open: 'Open a recording',
    another: 'Open another',
    banner: 'A recording of {namespace}, saved {date} {time}. Nothing here is live.',
    problem: {
      notRecording: 'This file is not a recording.',
      newer: 'This recording was saved by a newer Ordinal. Open it with that one.',
      damaged: 'This recording is damaged and cannot be opened. Save it again, if what it shows is still there.',
      tooLarge: 'This file is too large to be a recording.',
    },
  },
};
