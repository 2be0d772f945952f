import { CopyReplica } from '#components/copy/copy-incident.tsx';
import { RootLine } from '#components/findings/root-line.tsx';
import { STATUS_LOOKS } from '#components/status/looks.ts';
import { DetailHead } from '#components/ui/detail-head.tsx';
import { Output } from '#components/ui/output.tsx';
import type { ReplicaDetail } from '#lib/model/contract/detail.ts';
import type { Replica, ServiceHead } from '#lib/model/contract/picture.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import { toServiceHref } from '#lib/view/links/to-href.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { toReplicaName } from '#lib/view/replica/names.ts';
import { onNode } from '#words/pages/pieces.ts';
import * as words from '#words/pages/replica.ts';

/** A replica's name, status and the sentence that says why. */
export function ReplicaHeader({
  service,
  replica,
  detail,
}: {
  service: ServiceHead;
  replica: Replica;
  detail: ReplicaDetail;
}) {
  const place =
    replica.slot === null ? ` ${onNode(replica.hostname ?? replica.key.slice(0, 12))}` : `.${replica.slot}`;
  return (
    <DetailHead
      trail={[
        { text: words.services, href: toPath('/') },
        { text: service.name, href: toServiceHref(service.name) },
        { text: toReplicaName(replica) },
      ]}
      title={`${service.name}${place}`}
      status={STATUS_LOOKS[replica.status]}
      about={replica.slot !== null && replica.hostname !== null ? onNode(replica.hostname) : null}
      sinceMs={replica.sinceMs}
      sentence={replica.sentence !== null && <p>{keepTogether(replica.sentence)}</p>}
      hint={replica.hint}
      actions={<CopyReplica replica={replica} detail={detail} />}
    >
      <RootLine findings={replica.findings} />
      {replica.evidence !== null && replica.health === null && (
        <Output boxed text={replica.evidence.text} lead={replica.evidence.label} />
      )}
      {replica.stuck && <p className="s-unhealthy text-tone font-semibold">{words.stuck}</p>}
    </DetailHead>
  );
}
