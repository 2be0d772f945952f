'use client';

import { useMemo, useRef } from 'react';
import { ByHand } from '#components/copy/by-hand.tsx';
import { Gone } from '#components/gone/gone.tsx';
import { Age } from '#components/live/times.tsx';
import { EngineWords, QuorumLine } from '#components/nodes/node-words.tsx';
import { SilenceButton } from '#components/silences/silence-button.tsx';
import { SilenceMark } from '#components/silences/silence-mark.tsx';
import { toSeenNodeLook } from '#components/status/looks.ts';
import { DetailHead } from '#components/ui/detail-head.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { useMore } from '#components/ui/more.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { useSeen } from '#components/ui/seen.tsx';
import { NodeResources } from '#components/usage/node-resources.tsx';
import { useAskAgain } from '#lib/client/hooks/use-ask-again.ts';
import { useDetail } from '#lib/client/hooks/use-detail.ts';
import { useHeldOrder } from '#lib/client/hooks/use-held-order.ts';
import { usePicture } from '#lib/client/hooks/use-live.ts';
import { usePart } from '#lib/client/hooks/use-part.ts';
import { useUsage } from '#lib/client/hooks/use-usage.ts';
import { keys } from '#lib/client/live/keys.ts';
import { findWorst } from '#lib/model/contract/finding.ts';
import type {
  NodeDescription,
  NodeDetail,
  NodeReplica,
  NodeSituation,
} from '#lib/model/contract/node-detail.ts';
import type { NodePicture } from '#lib/model/contract/picture.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import type { NodeUsage, ReplicaUsage } from '#lib/model/contract/usage.ts';
import { deriveNodeSituation } from '#lib/model/derive/derive-node-situation.ts';
import { STATUS_FACTS } from '#lib/model/status/severity.ts';
import { toNodeCommand, toNodeTasksCommand, toPluginsCommand } from '#lib/view/copy/to-docker-commands.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { describeNode, describePlatform, describeRole, describeSkew } from '#lib/view/node/nodes.ts';
import { areNodesOld } from '#lib/view/overview/are-nodes-old.ts';
import { toNodeSubjects } from '#lib/view/silences/silence-subjects.ts';
import { countReplicas } from '#words/counts.ts';
import { allNodes } from '#words/pages/gone.ts';
import * as words from '#words/pages/nodes.ts';
import * as pieces from '#words/pages/pieces.ts';
import * as usageWords from '#words/pages/usage.ts';
import { LossPanel } from './loss-panel.tsx';
import { NodeEvents } from './node-events.tsx';
import { NodeReplicaRow } from './node-replica-row.tsx';
import { NodeSigns } from './node-signs.tsx';
import { PlainPanel } from './plain-panel.tsx';
import { NodeResourcesPanel } from './resources-panel.tsx';

const NO_EVENTS: readonly SwarmEvent[] = [];
const POLL_MS = 15_000;

/** What managers know of a node changes seldom, and is not streamed. */
const toDueAtMs = ({ atMs }: NodeDetail): number => atMs + POLL_MS;

/** What the stream says of this node now; `null` when it is in the swarm no more. */
function useNode(initial: NodeDetail): NodeSituation | null {
  const picture = usePicture();
  return useMemo(() => {
    if (picture === null || !picture.ready) return initial;
    const node = picture.nodes.find(({ id }) => id === initial.id);
    return node === undefined ? null : deriveNodeSituation(picture, node);
  }, [picture, initial]);
}

/** One node: how it is, what is on it, and what goes with it. */
export function NodeView({
  initial,
  events = NO_EVENTS,
  usage = false,
  mayBeSilenced = false,
}: {
  initial: NodeDetail;
  /** The newest of this node. */
  events?: readonly SwarmEvent[];
  /** Whether what runs there is asked what it uses. */
  usage?: boolean;
  /** Whether whoever looks may silence it. */
  mayBeSilenced?: boolean;
}) {
  const node = useNode(initial);
  const detail = useDetail(keys.nodeDetail(initial.id), initial);
  useAskAgain(detail, node?.status, toDueAtMs);
  const { swarm } = useSeen();
  const isOld = areNodesOld(usePart('swarm')?.findings ?? []);
  const used = useUsage<NodeUsage>(usage ? keys.nodeUsage(initial.id) : null, USE_EVERY_MS);
  if (node === null) {
    return (
      <Gone
        title={pieces.isGone(initial.hostname)}
        text={words.removed}
        href={toPath('/nodes')}
        link={allNodes}
      />
    );
  }
  return (
    <div
      className="page detail-page"
      data-node={node.hostname}
      data-node-id={node.id}
      data-state={node.engine.state}
      data-node-status={node.status}
    >
      <DetailHead
        trail={[{ text: words.nodes, href: toPath('/nodes') }, { text: node.hostname }]}
        title={node.hostname}
        status={toSeenNodeLook(node, isOld)}
        about={swarm ? describeRole(node) : undefined}
        sentence={<p>{describeNode(node, isOld)}</p>}
        hint={findWorst(node.findings)?.hint ?? null}
        actions={mayBeSilenced && <SilenceButton subjects={toNodeSubjects(node)} />}
      >
        <SilenceMark silenced={node.silenced} />
      </DetailHead>
      <NodeSigns node={node} />
      <div className="grid min-w-0 content-start gap-5">
        {swarm && (
          <NodeResourcesPanel
            hostname={node.hostname}
            description={detail.data}
            takesNone={node.status === 'down' || node.availability !== 'active'}
          />
        )}
        <NodeReplicas
          hostname={node.hostname}
          replicas={node.replicas}
          used={usage ? (used?.replicas ?? []) : null}
        />
        {swarm && <PlainPanel hostname={node.hostname} plain={detail.data} />}
        <NodeEvents node={node} initial={events} />
      </div>
      <div className="grid min-w-0 content-start gap-5">
        {usage && <NodeResources usage={used} />}
        <LossPanel node={node} />
        {swarm && (
          <>
            <Panel title={words.managers}>
              <div className="px-[18px] py-3.5 text-[13px]">
                <QuorumLine quorum={node.quorum} />
              </div>
            </Panel>
            <EnginePanel node={node} description={detail.data} />
            <PluginsPanel hostname={node.hostname} plugins={detail.data.plugins} />
          </>
        )}
      </div>
    </div>
  );
}

const mono = (text: string) => <span className="font-mono text-[12.5px] select-all">{text}</span>;

/** The node's engine: how it is read, what it is, and its clock. */
function EnginePanel({ node, description }: { node: NodePicture; description: NodeDescription }) {
  const { engine } = node;
  return (
    <Panel title={words.signsTitle}>
      <Facts
        items={[
          [words.engine, <EngineWords key="engine" engine={engine} />],
          [words.error, engine.error],
          [words.endpoint, engine.endpoint === null ? words.none : mono(engine.endpoint)],
          [words.docker, node.engineVersion ?? words.notKnown],
          [words.api, engine.apiVersion ?? words.notKnown],
          [
            words.clock,
            engine.skewMs === 0 || engine.state !== 'live'
              ? describeSkew(engine)
              : words.skew(describeSkew(engine)),
          ],
          [words.address, node.address === null ? words.none : mono(node.address)],
          [words.raft, description.raftAddress === null ? null : mono(description.raftAddress)],
          [words.reachable, node.reachability],
          [words.platform, describePlatform(description.platform)],
          [words.labels, <Labels key="labels" labels={description.labels} />],
          [
            words.engineLabels,
            description.engineLabels.length === 0 ? null : description.engineLabels.join(' '),
          ],
          [
            words.joined,
            description.joinedAtMs === null ? null : <Age key="joined" atMs={description.joinedAtMs} />,
          ],
          [
            words.managerSays,
            node.statusMessage === null || node.statusMessage === '' ? null : node.statusMessage,
          ],
          [words.id, mono(node.id)],
        ]}
      />
      <ByHand {...toNodeCommand(node.hostname)} />
    </Panel>
  );
}

/** `key=value` each, as constraints name them. */
function Labels({ labels }: { labels: NodeDescription['labels'] }) {
  const { shown, more } = useMore(Object.entries(labels), MAX_LABELS);
  if (shown.length === 0) return 'none';
  return (
    <>
      {shown.map(([name, value]) => (
        <code key={name} className="block font-mono text-[12.5px]">
          {value === '' ? name : `${name}=${value}`}
        </code>
      ))}
      {more}
    </>
  );
}

const MAX_LABELS = 12;

/** What a node's engine can do beyond Docker's own. */
function PluginsPanel({ hostname, plugins }: { hostname: string; plugins: NodeDescription['plugins'] }) {
  if (plugins === null) return null;
  return (
    <Panel title={words.plugins}>
      <Facts items={Object.entries(plugins).map(([type, names]) => [type, names.join(' ')])} />
      <ByHand {...toPluginsCommand(hostname)} />
    </Panel>
  );
}

const MAX_ROWS = 200;
const USE_EVERY_MS = 5_000;

/** The replicas on a node, problems first. */
function NodeReplicas({
  hostname,
  replicas,
  used,
}: {
  hostname: string;
  replicas: NodeReplica[];
  /** `null`: it is not read. */
  used: readonly ReplicaUsage[] | null;
}) {
  const uses = new Map(used?.map((one) => [`${one.serviceName}.${one.key}`, one.usage]));
  const box = useRef<HTMLTableSectionElement>(null);
  const byId = new Map(replicas.map((one) => [`${one.serviceId}.${one.replica.key}`, one]));
  const { ids, fresh, isOld, sort } = useHeldOrder([...byId.keys()], box);
  const rows = [...ids, ...fresh].map((id) => byId.get(id)).filter((one) => one !== undefined);
  const { shown, more } = useMore(rows, MAX_ROWS);
  const bad = replicas.filter(({ replica }) => STATUS_FACTS[replica.status].severity !== 'ok').length;
  return (
    <Panel
      title={words.replicasHereLabel}
      note={
        replicas.length > 0 && (
          <>
            {isOld && (
              <button type="button" className="sort-again" onClick={sort}>
                {words.worstFirst}
              </button>
            )}
            {words.replicasHere(countReplicas(replicas.length), bad)}
          </>
        )
      }
    >
      {replicas.length === 0 ? (
        <p className="px-[18px] py-4 text-muted">{words.noReplicas}</p>
      ) : (
        <table className={used === null ? 'grid-table' : 'grid-table with-use'} aria-label={words.replicas}>
          <thead>
            <tr className="node-replicas-head">
              <th scope="col">{words.replica}</th>
              <th scope="col">{words.status}</th>
              <th scope="col">{words.streak}</th>
              {used !== null && <th scope="col">{usageWords.useColumn}</th>}
              <th scope="col">{words.lastProbe}</th>
              <th scope="col">{words.since}</th>
            </tr>
          </thead>
          <tbody ref={box}>
            {shown.map(({ serviceId, serviceName, replica }) => (
              <NodeReplicaRow
                key={`${serviceId}.${replica.key}`}
                serviceName={serviceName}
                replica={replica}
                use={used === null ? undefined : (uses.get(`${serviceName}.${replica.key}`) ?? null)}
              />
            ))}
          </tbody>
        </table>
      )}
      {more}
      <ByHand {...toNodeTasksCommand(hostname)} />
    </Panel>
  );
}
