import { memo } from 'react';
import { Age } from '#components/live/times.tsx';
import { VERDICT_LOOKS } from '#components/status/looks.ts';
import { ReplicaCells } from '#components/status/replica-cells.tsx';
import { SlowHint } from '#components/status/slow-hint.tsx';
import { StatusGlyph } from '#components/status/status-word.tsx';
import { useService } from '#lib/client/hooks/use-part.ts';
import type { ServicePicture } from '#lib/model/contract/picture.ts';
import { isJob } from '#lib/model/docker/service.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import { formatRatio } from '#lib/view/format/numbers.ts';
import { toServiceHref } from '#lib/view/links/to-href.ts';
import { findSlowest } from '#lib/view/overview/find-slowest.ts';
import { describeCounts, tallyReplicas } from '#lib/view/overview/summary.ts';
import { toShortName } from '#lib/view/replica/names.ts';
import { formatRhythm } from '#lib/view/service/rhythm.ts';
import * as words from '#words/pages/overview.ts';

function toModePill(service: ServicePicture): string | null {
  if (isJob(service)) return 'job';
  return service.mode.kind === 'global' ? 'global' : null;
}

/** One service in a table; drawn anew only when it changes itself. */
export const ServiceRow = memo(function ServiceRow({ serviceId }: { serviceId: string }) {
  const service = useService(serviceId);
  if (service === undefined) return null;
  const look = VERDICT_LOOKS[service.verdict];
  const { restarts1h } = tallyReplicas(service);
  const pill = toModePill(service);
  const slow = findSlowest(service);
  return (
    <tr className="services-row" data-service={service.name} data-verdict={service.verdict}>
      <td className="services-name">
        <StatusGlyph look={look} />
        <span className="min-w-0">
          <a href={toServiceHref(service.name)} className="long-name font-semibold" title={service.sentence}>
            {toShortName(service)}
          </a>
          {pill !== null && <span className="pill ml-2">{pill}</span>}
          {service.verdict === 'updating' && <span className="pill ml-2">{words.updating}</span>}
          <span className="services-image">{service.image}</span>
        </span>
      </td>
      <td>
        <ReplicaCells serviceName={service.name} replicas={service.replicas} />
      </td>
      <td className="whitespace-nowrap" title={describeCounts(service)}>
        {formatRatio(service)}
      </td>
      <td className="services-check text-muted">
        {service.healthCheck === null ? words.noCheck : keepTogether(formatRhythm(service.healthCheck))}
        {slow !== null && <SlowHint slow={slow} />}
      </td>
      <td className={`services-restarts ${restarts1h > 0 ? '' : 'text-faint'}`}>{restarts1h}</td>
      <td className="services-since whitespace-nowrap text-muted">
        <Age atMs={service.sinceMs} form="short" />
      </td>
    </tr>
  );
});
