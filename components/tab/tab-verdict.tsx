'use client';
import { useEffect } from 'react';
import { useLiveStatus } from '#lib/client/hooks/use-live.ts';
import { usePart } from '#lib/client/hooks/use-part.ts';
import { describeTab, type TabWords, toPlainTitle } from '#lib/view/shell/describe-tab.ts';
import { TAB_ICONS } from '#lib/view/shell/icons.ts';

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

/** Keeps the tab's title and icon showing how the swarm is, whatever page is open. */
export function TabVerdict() {
  const head = usePart('swarm');
  const { liveness, wasLive } = useLiveStatus();
  const { prefix, icon } = describeTab({
    live: liveness === 'live',
    wasLive,
    ready: head.ready,
    verdict: head.verdict,
    problems: head.problems,
  });
  useEffect(() => {
    show({ prefix, icon });
    // Another page brings a title of its own.
    const observer = new MutationObserver(() => show({ prefix, icon }));
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [prefix, icon]);
  return null;
}
