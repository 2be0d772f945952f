import { NODE_LOOKS, toNodeLook, VERDICT_LOOKS } from '#components/status/looks.ts';
import type { NodePicture, ServicePicture } from '#lib/model/contract/picture.ts';
import { formatCount, formatRatio } from '#lib/view/format/numbers.ts';
import { describeRest } from '#lib/view/wall/describe-rest.ts';
import { fitTile } from '#lib/view/wall/fit-tile.ts';
import type { RestPlan } from '#lib/view/wall/wall-plan.ts';
import * as words from '#words/pages/wall.ts';
import { RestTile } from './rest-tile.tsx';
import { toKey } from './wall-text.tsx';

interface RestAreaProps {
  plan: RestPlan;
  services: ReadonlyMap<string, ServicePicture>;
  nodes: ReadonlyMap<string, NodePicture>;
  unitPx: number;
}

const NO_REPLICAS: never[] = [];

/** What is well, in the room that problems leave. */
export function RestArea({ plan, services, nodes, unitPx }: RestAreaProps) {
  if (plan.kind === 'none') return null;
  if (plan.kind === 'tiles') {
    const shared = { size: plan.size, unitPx };
    return plan.tiles.map(({ id, box }) => {
      const service = services.get(id);
      if (service !== undefined) {
        const { name, verdict, replicas } = service;
        const look = VERDICT_LOOKS[verdict];
        const note = formatRatio(service);
        const own = { name, note, look, replicas, verdict, box };
        return <RestTile key={toKey(id, box)} kind="service" {...shared} {...own} />;
      }
      const node = nodes.get(id);
      if (node === undefined) return null;
      const look = toNodeLook(node);
      const note = look === NODE_LOOKS.ready ? (node.leader ? 'leader' : node.role) : look.word;
      const own = { name: node.hostname, note, look, replicas: NO_REPLICAS, box };
      return <RestTile key={toKey(id, box)} kind="node" {...shared} {...own} />;
    });
  }
  const { chips, others, size } = plan;
  const [first] = chips;
  if (first !== undefined && nodes.has(first.serviceIds[0] ?? '')) {
    const look = { word: words.ready, className: 's-healthy' };
    const note = words.othersWell(first.serviceIds.length);
    const own = { name: words.nodes, note, look, replicas: NO_REPLICAS, box: first.box };
    return <RestTile kind="node" size={size} unitPx={unitPx} {...own} />;
  }
  return (
    <>
      {chips.map(({ stack, serviceIds, box }) => (
        <StackChip
          key={toKey(stack ?? '', box)}
          names={[stack ?? words.noStack]}
          {...{ serviceIds, services, box, size, unitPx }}
        />
      ))}
      {others !== null && (
        <StackChip
          names={[
            words.stacksMore(formatCount(others.stacks), others.stacks === 1),
            words.stacksOf(formatCount(others.stacks), others.stacks === 1),
            `+${others.stacks}`,
          ]}
          {...{ serviceIds: others.serviceIds, services, box: others.box, size, unitPx }}
        />
      )}
    </>
  );
}

interface StackChipProps {
  /** The longest first. */
  names: readonly string[];
  serviceIds: readonly string[];
  services: ReadonlyMap<string, ServicePicture>;
  box: Parameters<typeof RestTile>[0]['box'];
  size: Parameters<typeof RestTile>[0]['size'];
  unitPx: number;
}

function StackChip({ names, serviceIds, services, box, size, unitPx }: StackChipProps) {
  const members = serviceIds.map((id) => services.get(id)).filter((service) => service !== undefined);
  const { verdict, notes } = describeRest(members);
  const { name, note } = fitTile({ names, notes }, box, size, unitPx);
  const look = VERDICT_LOOKS[verdict];
  return <RestTile kind="stack" replicas={NO_REPLICAS} {...{ name, note, look, box, size, unitPx }} />;
}
