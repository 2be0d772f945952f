'use client';
import { useLiveContext } from '#lib/client/hooks/use-live.ts';
import { toMomentHref } from '#lib/view/moment/parse-at.ts';
import * as words from '#words/pages/moment.ts';
import { CopyButton } from './copy-button.tsx';

/** Copies the address of this page as it is at this moment: whoever opens it later sees it as it was. */
export function CopyMoment() {
  const { clock } = useLiveContext();
  const toText = () => {
    const atMs = Math.floor(clock.nowMs() / 1_000) * 1_000;
    return new URL(toMomentHref(location.pathname, location.search, atMs), location.href).href;
  };
  return <CopyButton label={words.copyLabel} what={words.copyWhat} toText={toText} />;
}
