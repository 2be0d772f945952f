'use client';
import { type ReactNode, useEffect, useState } from 'react';
import { useLiveContext } from '#lib/client/hooks/use-live.ts';
import { parsePictureSeed } from '#lib/wire/parse-picture-seed.ts';

interface PictureSeedProps {
  /** Of the server that rendered it. */
  epoch: string;
  /** As `formatPictureSeed` wrote it. */
  seed: string;
  children: ReactNode;
}

/** Begins the page's picture with the one that the server rendered. */
export function PictureSeed({ epoch, seed, children }: PictureSeedProps) {
  const { store, catchUp } = useLiveContext();
  const [missing] = useState(() => store.begin(epoch, parsePictureSeed(seed)));
  useEffect(() => catchUp(missing), [catchUp, missing]);
  return children;
}
