'use client';
import { useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import { useLiveStatus } from '#lib/client/hooks/use-live.ts';
import { usePart } from '#lib/client/hooks/use-part.ts';
import { useTruth } from '#lib/client/hooks/use-truth.ts';
import { useZone } from '#lib/client/hooks/use-zone.ts';
import { formatClock } from '#lib/view/format/times.ts';
import { parseAt } from '#lib/view/moment/parse-at.ts';
import { describeTab, type TabWords, toPlainTitle } from '#lib/view/shell/describe-tab.ts';
import { TAB_ICONS } from '#lib/view/shell/icons.ts';

/** Keeps the tab saying this, whatever page is open. */
export function useTab({ prefix, icon }: TabWords): void {
  useEffect(() => {
    show({ prefix, icon });
    // Another page brings a title of its own.
    const observer = new MutationObserver(() => show({ prefix, icon }));
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [prefix, icon]);
}

function show({ prefix, icon }: TabWords): void {
  const title = prefix + toPlainTitle(document.title);
  if (document.title !== title) document.title = title;
  if (icon === 'plain') return;
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel~="icon"]')) {
    if (link.href === TAB_ICONS[icon]) continue;
    link.type = 'image/svg+xml';
    link.href = TAB_ICONS[icon];
  }
}

/** Keeps the tab's title and icon showing how the swarm is, whatever page is open; of a page of another moment, which one. */
export function TabVerdict() {
  const head = usePart('swarm');
  const { wasLive } = useLiveStatus();
  const truth = useTruth();
  const at = useSearchParams().get('at');
  const zone = useZone();
  const asked = parseAt(at, Number.MAX_SAFE_INTEGER, 0);
  const tab = describeTab({
    moment: asked && (asked.kind === 'moment' ? formatClock(asked.atMs, zone) : ''),
    truth: truth.kind,
    wasLive,
    ready: head.ready,
    verdict: head.verdict,
    problems: head.problems,
  });
  useTab(tab);
  return null;
}
