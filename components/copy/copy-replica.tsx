'use client';
import { useLiveContext } from '#lib/client/hooks/use-live-context.ts';
import type { ReplicaDetail } from '#lib/model/contract/detail.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import { toReplicaHref } from '#lib/view/links/to-href.ts';
import { toReplicaName } from '#lib/view/replica/names.ts';
import { CopyButton } from './copy-button.tsx';

/** Copies how a replica is, with the evidence, as Markdown. */
export function CopyReplica({ replica, detail }: { replica: Replica; detail: ReplicaDetail }) {
  const { clock } = useLiveContext();
  const { name } = detail.service;
  const toText = async () => {
    const { formatReplicaIncident } = await import('#lib/view/copy/format-incident.ts');
    const permalink = new URL(toReplicaHref(name, replica.key), location.href).href;
    const tasks = { probes: detail.probes, earlier: detail.earlierTasks };
    return formatReplicaIncident(name, replica, tasks, { nowMs: clock.nowMs(), permalink });
  };
  return <CopyButton label="Copy as Markdown" what={`${name}, ${toReplicaName(replica)}`} toText={toText} />;
}
