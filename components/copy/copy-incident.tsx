'use client';

import { useLiveContext } from '#lib/client/hooks/use-live.ts';
import type { ReplicaDetail, ServiceDetail } from '#lib/model/contract/detail.ts';
import type { Replica, ServicePicture } from '#lib/model/contract/picture.ts';
import { toReplicaHref, toServiceHref } from '#lib/view/links/to-href.ts';
import { toReplicaName } from '#lib/view/replica/names.ts';
import * as words from '#words/pages/copy.ts';
import { CopyButton } from './copy-button.tsx';

interface CopyServiceProps {
  service: ServicePicture;
  slots?: ServiceDetail['slots'] | null;
}

/** Copies how a service is, with the evidence, as Markdown. */
export function CopyService({ service, slots = null }: CopyServiceProps) {
  const { clock } = useLiveContext();
  const toText = async () => {
    const { formatServiceIncident } = await import('#lib/view/copy/format-incident.ts');
    const permalink = new URL(toServiceHref(service.name), location.href).href;
    return formatServiceIncident(service, slots, { nowMs: clock.nowMs(), permalink });
  };
  return <CopyButton label={words.copyAsMarkdown} what={service.name} toText={toText} />;
}

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
  return (
    <CopyButton label={words.copyAsMarkdown} what={`${name}, ${toReplicaName(replica)}`} toText={toText} />
  );
}
