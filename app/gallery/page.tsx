import type { Metadata } from 'next';
import { labs } from '../../labs';
import { Gallery } from '../../components/gallery/Gallery';

export const metadata: Metadata = { title: 'Gallery' };

/** Every state that a board can show, from made-up boards: for looking at, never for a class. */
export default function GalleryPage() {
  return <Gallery labs={labs} />;
}
