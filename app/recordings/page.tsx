import type { Metadata } from 'next';
import { Recordings } from '../../components/board/timeline/Recordings';

export const metadata: Metadata = { title: 'Recordings' };

export default function RecordingsPage() {
  return <Recordings />;
}
