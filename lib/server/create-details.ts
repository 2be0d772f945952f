import type { Answer, Ask, QuestionKind } from '#lib/history/question.ts';
import type { Live } from '#lib/live/create-live.ts';
import type { ReplicaDetail, ServiceDetail } from '#lib/model/contract/detail.ts';
import type { NodeDetail } from '#lib/model/contract/node-detail.ts';
import { addKeptProbes } from '#lib/model/derive/add-kept-probes.ts';
import { deriveNodeSituation } from '#lib/model/derive/derive-node-situation.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import type { PlainReader } from './create-plain-reader.ts';

/** Of each task of a replica's page. */
const KEPT_PROBES = 60;
const KEPT_WITHIN_MS = 300;

/** What a page of one service or replica shows, with the probes of what a person looks at read now. */
export interface Details {
  service(name: string): Promise<ServiceDetail | null>;
  replica(name: string, key: string): Promise<ReplicaDetail | null>;
  /** `null`: it is gone. */
  node(nodeId: string): Promise<NodeDetail | null>;
}

export function createDetails(parts: {
  live: Pick<Live, 'picture' | 'serviceDetail' | 'replicaDetail' | 'nodeDescription'>;
  /** Reads a container's probes where its engine has newer ones than we. */
  refresh(nodeId: string, containerId: string): Promise<void>;
  ask<K extends QuestionKind>(question: Ask<K>, withinMs: number): Promise<Answer<K> | null>;
  /** What runs on a node besides Swarm's. */
  plain: PlainReader;
  /** Of tasks since then all probes were seen. */
  startedAtMs: number;
}): Details {
  const { live, refresh, ask, plain, startedAtMs } = parts;

  async function refreshAll(
    replicas: readonly { nodeId: string | null; containerId: string | null }[],
  ): Promise<void> {
    await Promise.all(
      replicas.map(async ({ nodeId, containerId }) => {
        if (nodeId !== null && containerId !== null) await refresh(nodeId, containerId);
      }),
    );
  }

  /** Probes from before this process; a disk that is slow keeps no page waiting. */
  async function readKeptProbes({ task, earlierTasks }: ReplicaDetail): Promise<Record<string, Probe[]>> {
    const taskIds = [task, ...earlierTasks]
      .filter((one) => one !== null && (one.createdAtMs ?? 0) < startedAtMs)
      .map((one) => one?.id ?? '');
    if (taskIds.length === 0) return {};
    const kept = await ask({ kind: 'probes', taskIds, limit: KEPT_PROBES }, KEPT_WITHIN_MS);
    return kept ?? {};
  }

  return {
    async service(name) {
      const detail = live.serviceDetail(name);
      if (!detail) return null;
      await refreshAll(detail.replicas);
      return live.serviceDetail(name);
    },
    async replica(name, key) {
      const detail = live.replicaDetail(name, key);
      if (!detail) return null;
      const [kept] = await Promise.all([readKeptProbes(detail), refreshAll([detail.replica])]);
      const fresh = live.replicaDetail(name, key);
      return fresh && addKeptProbes(fresh, kept);
    },
    async node(nodeId) {
      const containers = await plain.read(nodeId);
      const picture = live.picture();
      const node = picture.nodes.find(({ id }) => id === nodeId);
      const description = live.nodeDescription(nodeId);
      if (node === undefined || description === null) return null;
      return { ...deriveNodeSituation(picture, node), ...description, ...containers };
    },
  };
}
