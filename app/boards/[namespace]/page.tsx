import type { Metadata } from 'next';
import { LiveBoard } from '../../../components/board/LiveBoard';
import { labs } from '../../../labs';

interface BoardPageProps {
  params: Promise<{ namespace: string }>;
}

/** Made when first asked for and kept: what is in it depends on the name alone, as all data comes by the stream. */
export const dynamic = 'force-static';
export function generateStaticParams() {
  return [{ namespace: 'default' }];
}

export async function generateMetadata({ params }: BoardPageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).namespace) };
}

export default async function BoardPage({ params }: BoardPageProps) {
  const namespace = decodeURIComponent((await params).namespace);
  return <LiveBoard key={namespace} namespace={namespace} labs={labs} />;
}
