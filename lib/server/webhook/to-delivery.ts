import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { UpdatePicture } from '#lib/model/contract/update.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import type { NodeLoss } from '#lib/model/findings/find-node-losses.ts';
import { isOk } from '#lib/model/status/severity.ts';
import { toNodeHref, toServiceHref } from '#lib/view/links/to-href.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { toWorstReplica } from '#lib/view/overview/overview-problems.ts';
import { describeNodeLoss, describeNodeWell } from '#words/node-losses.ts';
import type { VerdictChange } from './create-held-verdicts.ts';
import { listSwarmCauses } from './create-swarm-verdict.ts';

/** What is sent, as JSON. */
export interface Delivery {
  version: 1;
  kind: 'service' | 'node' | 'swarm';
  swarm: string;
  demo: boolean;
  service: string | null;
  stack: string | null;
  /** The hostname, where it is about a node. */
  node: string | null;
  /** The services that suffer from what is wrong with a node, as far as it explains what is wrong with them; at most 100. */
  services: string[];
  /** Of the swarm as a whole, what it has itself: two messages in a row may differ in this alone. Not there: of a service or node. */
  causes?: string[];
  from: string | null;
  to: string | null;
  /** Nothing needs attention any more. */
  ok: boolean;
  sentence: string;
  /** What became of the service's last update: one that was rolled back is a failed deploy of a service that is well. */
  update: Pick<UpdatePicture, 'outcome' | 'startedAtMs' | 'sentence'> | null;
  /** Of the replica that is worst off; untrusted text. */
  evidence: { label: string; text: string } | null;
  /** When the verdict came to be. */
  sinceMs: number;
  atMs: number;
  /** The page that shows it; `null` without VITALS_PUBLIC_URL. */
  url: string | null;
  /** Of several servers, this one told it by itself: nobody was known to lead. Another one may have told it, too. */
  alone?: true;
  /** A silence that covers it no longer, while it is still so: it may have been told before that. */
  afterSilence?: string;
}

export function toDelivery(
  { service, node, from, to, sinceMs, afterSilence }: VerdictChange,
  picture: SwarmPicture,
  { publicUrl, nowMs }: { publicUrl: string | null; nowMs: number },
): Delivery {
  const isRemoved = to === null;
  const page = node === null ? toPath('/') : toNodeHref(node.nodeId);
  const path = service === null || isRemoved ? page : toServiceHref(service.name);
  return {
    version: 1,
    kind: service !== null ? 'service' : node !== null ? 'node' : 'swarm',
    swarm: picture.name,
    demo: picture.demo,
    service: service?.name ?? null,
    stack: service?.stack ?? null,
    node: node?.hostname ?? null,
    services: isOk(to) ? [] : (node?.services ?? []).slice(0, MAX_SERVICES).map(({ name }) => name),
    ...(service === null && node === null ? { causes: listSwarmCauses(picture.findings) } : {}),
    from,
    to,
    ok: isOk(to),
    sentence: isRemoved
      ? 'The service was removed.'
      : node !== null
        ? describeNode(node, to)
        : (service ?? picture).sentence,
    update: service === null || isRemoved ? null : toUpdate(service.update),
    evidence: service === null || isRemoved ? null : (toWorstReplica(service.replicas)?.evidence ?? null),
    sinceMs: service === null || isRemoved ? sinceMs : service.sinceMs,
    atMs: nowMs,
    url: publicUrl === null ? null : publicUrl + path,
    ...(afterSilence === undefined ? {} : { afterSilence }),
  };
}

const MAX_SERVICES = 100;

function describeNode(node: NodeLoss, to: Verdict): string {
  return isOk(to) ? describeNodeWell(node.hostname) : describeNodeLoss(node).sentence;
}

function toUpdate(update: UpdatePicture | null): Delivery['update'] {
  if (update === null) return null;
  const { outcome, startedAtMs, sentence } = update;
  return { outcome, startedAtMs, sentence };
}
