'use client';
import { useMemo } from 'react';
import { useTab } from '#components/tab/tab-verdict.tsx';
import { useFleet } from '#lib/client/fleet/fleet-context.ts';
import { useLiveStatus } from '#lib/client/hooks/use-live.ts';
import { describeFleetTab } from '#lib/view/fleet/describe-fleet-tab.ts';
import { toFleetView } from '#lib/view/fleet/to-fleet-view.ts';

/** Keeps the tab's title and icon showing how all swarms are. */
export function FleetTab() {
  const fleet = useFleet();
  const { liveness, wasLive } = useLiveStatus();
  const view = useMemo(() => toFleetView(fleet), [fleet]);
  useTab(describeFleetTab(view, { live: liveness === 'live', wasLive }));
  return null;
}
