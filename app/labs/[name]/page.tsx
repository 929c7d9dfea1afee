import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { TopBar } from '../../../components/board/TopBar';
import { LabGuide } from '../../../components/lab/LabGuide';
import { findLab, labs } from '../../../labs';

interface LabPageProps {
  params: Promise<{ name: string }>;
}

export function generateStaticParams() {
  return labs.map(({ name }) => ({ name }));
}

export async function generateMetadata({ params }: LabPageProps): Promise<Metadata> {
  const lab = findLab((await params).name);
  return lab ? { title: lab.title.en } : {};
}

export default async function LabPage({ params }: LabPageProps) {
  const lab = findLab((await params).name);
  if (!lab) notFound();
  return (
    <>
      <TopBar />
      <LabGuide lab={lab} />
    </>
  );
}
