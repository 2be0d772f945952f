import { CopyReplica } from '#components/copy/copy-incident.tsx';
import { RootLine } from '#components/findings/root-line.tsx';
import { Age } from '#components/live/times.tsx';
import { STATUS_LOOKS } from '#components/status/looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import { Hint } from '#components/ui/hint.tsx';
import { Output } from '#components/ui/output.tsx';
import type { ReplicaDetail } from '#lib/model/contract/detail.ts';
import type { Replica, ServiceHead } from '#lib/model/contract/picture.ts';
import { toServiceHref } from '#lib/view/links/to-href.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { toReplicaName } from '#lib/view/replica/names.ts';
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
    replica.slot === null ? ` on ${replica.hostname ?? replica.key.slice(0, 12)}` : `.${replica.slot}`;
  return (
    <header className="detail-head">
      <div className="min-w-0">
        <nav className="text-muted" aria-label="Breadcrumb">
          <a href={toPath('/')}>Services</a> / <a href={toServiceHref(service.name)}>{service.name}</a> /{' '}
          {toReplicaName(replica)}
        </nav>
        <h1>
          {service.name}
          {place}
        </h1>
      </div>
      <div className="min-w-0 pb-0.5">
        <p className="text-[16px]">
          <StatusWord look={STATUS_LOOKS[replica.status]} />{' '}
          <span className="text-[14px] text-muted">
            for <Age atMs={replica.sinceMs} form="span" />
            {replica.slot !== null && replica.hostname !== null && ` on ${replica.hostname}`}
          </span>{' '}
          <CopyReplica replica={replica} detail={detail} />
        </p>
        {replica.sentence !== null && <p>{replica.sentence}</p>}
        <RootLine findings={replica.findings} />
        <Hint text={replica.hint} />
        {replica.evidence !== null && replica.health === null && (
          <div className="mt-2">
            <Output boxed text={replica.evidence.text} lead={replica.evidence.label} />
          </div>
        )}
        {replica.stuck && <p className="s-unhealthy text-tone font-semibold">{words.stuck}</p>}
      </div>
    </header>
  );
}
