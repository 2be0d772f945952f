'use client';
import { useEffect } from 'react';
import { useCached } from '#lib/client/hooks/use-cached.ts';
import { useLiveStatus } from '#lib/client/hooks/use-live-status.ts';
import { keys } from '#lib/client/live/keys.ts';
import type { SwarmHead } from '#lib/model/contract/picture.ts';
import type { Attention } from '#lib/view/overview/to-attention.ts';
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

/** Keeps the tab's title and icon telling how the swarm is, whatever page is open. */
export function TabVerdict() {
  const head = useCached<SwarmHead>(keys.swarm);
  const attention = useCached<Attention>(keys.attention);
  const { liveness, wasLive } = useLiveStatus();
  const { prefix, icon } = describeTab({
    live: liveness === 'live',
    wasLive,
    ready: head?.ready ?? false,
    verdict: head?.verdict ?? 'unknown',
    troubles: (attention?.losses.length ?? 0) + (attention?.alarming.length ?? 0),
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
