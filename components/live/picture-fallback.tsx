'use client';
import { type ReactNode, useState } from 'react';
import { SWRConfig } from 'swr';
import { toEntries } from '#lib/client/to-entries.ts';
import { parsePictureSeed } from '#lib/view/parse-picture-seed.ts';

/** Begins the cache with the picture that the server rendered, as `formatPictureSeed` wrote it. */
export function PictureFallback({ seed, children }: { seed: string; children: ReactNode }) {
  const [fallback] = useState(() => Object.fromEntries(toEntries(parsePictureSeed(seed))));
  return (
    <SWRConfig value={(parent) => ({ ...parent, fallback: { ...parent?.fallback, ...fallback } })}>
      {children}
    </SWRConfig>
  );
}
