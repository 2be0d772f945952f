import { VERDICT_LOOKS } from '#components/status/looks.ts';
import { ReplicaCells } from '#components/status/replica-cells.tsx';
import { StatusGlyph } from '#components/status/status-word.tsx';
import { useService } from '#lib/client/hooks/use-part.ts';
import type { LossOfService } from '#lib/model/findings/find-node-losses.ts';
import { formatRatio } from '#lib/view/format/numbers.ts';
import { toServiceHref } from '#lib/view/links/to-href.ts';

/** A service that lost replicas with a node: how it is now, and which ones. */
export function LostService({ loss }: { loss: LossOfService }) {
  const service = useService(loss.id);
  if (service === undefined) return null;
  const look = VERDICT_LOOKS[service.verdict];
  const lost = service.replicas.filter(({ key }) => loss.keys.includes(key));
  return (
    <li title={service.sentence}>
      <StatusGlyph look={look} />
      <a href={toServiceHref(service.name)} className="font-semibold min-w-0 truncate">
        {service.name}
      </a>
      <span className="text-muted whitespace-nowrap">
        {look.word.toLowerCase()}, {formatRatio(service)}
      </span>
      <ReplicaCells repeated serviceName={service.name} replicas={lost} />
    </li>
  );
}
