import { aBoard, lessonBoard } from '../../board/fixtures';
import { TopBar } from '../../board/TopBar';
import { LabCard } from '../../lab/LabCard';
import { LabGuide } from '../../lab/LabGuide';
import { LabList } from '../../lab/LabList';
import { LabStrip } from '../../lab/LabStrip';
import type { Section } from '../scene';

export const labs: Section = {
  name: 'labs',
  scenes: [
    {
      name: 'cards',
      draw: (all) => all.map((lab) => <LabCard key={lab.name} board={aBoard([])} lab={lab} />),
    },
    { name: 'strip', draw: (all) => <LabStrip board={lessonBoard()} labs={all} /> },
    {
      name: 'list',
      isPage: true,
      draw: (all) => (
        <>
          <TopBar />
          <LabList labs={all} />
        </>
      ),
    },
    {
      name: 'guide',
      isPage: true,
      draw: ([first]) =>
        first && (
          <>
            <TopBar />
            <LabGuide lab={first} />
          </>
        ),
    },
  ],
};
