'use client';

import { Crashed } from '../components/ui/Crashed';

export default function ErrorPage({ error, reset }: { error: Error; reset(): void }) {
  return <Crashed message={error.message} onAgain={reset} />;
}
