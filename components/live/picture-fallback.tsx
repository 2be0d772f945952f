'use client';
import { type ReactNode, useLayoutEffect, useState } from 'react';
import { SWRConfig } from 'swr';
import { useLiveContext } from '#lib/client/hooks/use-live-context.ts';
import { toEntries } from '#lib/client/live/to-entries.ts';
import { parsePictureSeed } from '#lib/wire/parse-picture-seed.ts';

/** Begins the cache with the picture that the server rendered, as `formatPictureSeed` wrote it. */
export function PictureFallback({ seed, children }: { seed: string; children: ReactNode }) {
  const { offerPicture } = useLiveContext();
  const [{ picture, fallback }] = useState(() => {
    const parsed = parsePictureSeed(seed);
    return { picture: parsed, fallback: Object.fromEntries(toEntries(parsed)) };
  });
  useLayoutEffect(() => offerPicture(picture), [offerPicture, picture]);
  return (
    <SWRConfig value={(parent) => ({ ...parent, fallback: { ...parent?.fallback, ...fallback } })}>
      {children}
    </SWRConfig>
  );
}
