import type { Metadata } from 'next';
import { TopBar } from '../../components/board/TopBar';
import { LabList } from '../../components/lab/LabList';
import { labs } from '../../labs';

export const metadata: Metadata = { title: 'Labs' };

export default function LabsPage() {
  return (
    <>
      <TopBar />
      <LabList labs={labs} />
    </>
  );
}
