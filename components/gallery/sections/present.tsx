import { KeyList } from '../../board/present/KeyList';
import { KeyShown } from '../../board/present/KeyShown';
import type { Section } from '../scene';

const nothing = () => undefined;

export const present: Section = {
  name: 'present',
  scenes: [
    { name: 'key-shown', isPage: true, draw: () => <KeyShown pressed="+" text="Scale web up" /> },
    { name: 'key-list', isPage: true, draw: () => <KeyList onClose={nothing} /> },
  ],
};
