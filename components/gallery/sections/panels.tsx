import { EventsPanel } from '../../board/EventsPanel';
import { aBoard, everyStateBoard, lessonBoard } from '../../board/fixtures';
import { OtherPods } from '../../board/OtherPods';
import { StoragePanel } from '../../board/storage/StoragePanel';
import type { Section } from '../scene';

export const panels: Section = {
  name: 'panels',
  scenes: [
    { name: 'storage', draw: () => <StoragePanel board={everyStateBoard()} /> },
    { name: 'storage-empty', draw: () => <StoragePanel board={aBoard([])} /> },
    { name: 'events', draw: () => <EventsPanel events={lessonBoard().events} /> },
    { name: 'events-empty', draw: () => <EventsPanel events={[]} /> },
    { name: 'other-pods', draw: () => <OtherPods pods={everyStateBoard().otherPods} /> },
  ],
};
