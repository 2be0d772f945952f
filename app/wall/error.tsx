'use client';
import { WallBroken } from '#components/wall/wall-broken.tsx';

/** A wall that could not be drawn: says so unmistakably, and tries again by itself. */
export default function WallErrorPage({ error }: { error: Error & { digest?: string } }) {
  return <WallBroken reason={error.message} />;
}
