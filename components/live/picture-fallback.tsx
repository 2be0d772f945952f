'use client';
import { type ReactNode, useState } from 'react';
import { SWRConfig } from 'swr';
import { toEntries } from '#lib/client/to-entries.ts';
import type { SwarmPicture } from '#lib/model/picture.ts';

/** Begins the cache with the picture that the server rendered. */
export function PictureFallback({ picture, children }: { picture: SwarmPicture; children: ReactNode }) {
  const [fallback] = useState(() => Object.fromEntries(toEntries(picture)));
  return (
    <SWRConfig value={(parent) => ({ ...parent, fallback: { ...parent?.fallback, ...fallback } })}>
      {children}
    </SWRConfig>
  );
}
